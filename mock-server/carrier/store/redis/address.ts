/** The address of a Redis or Valkey: parses `--store` into the driver's options. */
import type { Bilingual } from '../../../../src/text/bilingual.js';

export interface RedisAddress {
  /** One server, or a node of a cluster, which reports the other nodes. */
  readonly kind: 'server' | 'cluster';
  readonly host: string;
  readonly port: number;
  readonly options: {
    readonly db?: number;
    readonly username?: string;
    readonly password?: string;
    readonly tls?: { readonly servername: string };
  };
  /** Without the password. */
  readonly shown: string;
}

const SCHEMES = [
  { scheme: 'redis:', kind: 'server', tls: false },
  { scheme: 'rediss:', kind: 'server', tls: true },
  { scheme: 'redis-cluster:', kind: 'cluster', tls: false },
  { scheme: 'rediss-cluster:', kind: 'cluster', tls: true },
] as const;

const DEFAULT_PORT = 6379;
const PORT_MAX = 65_535;
/** User and password end at the last @. */
const PARTS = /^(?<scheme>[A-Za-z][\w+.-]*):\/\/(?:(?<user>.*)@)?(?<place>.*)$/s;
/** An IPv6 address is in brackets. */
const PLACE = /^(?<host>\[[^\]/?#]*\]?|[^:/?#]*)(?::(?<port>[^/?#]*))?/;
const DATABASE = /^\/(\d{0,4})$/;
const EXAMPLE = 'redis://127.0.0.1:6379';

/** Characters that must be encoded in a user or password. */
const RESERVED = [
  { found: /#/, called: { en: '"#"', zh: ' "#"' }, written: '%23' },
  { found: /\//, called: { en: '"/"', zh: ' "/"' }, written: '%2F' },
  { found: /\?/, called: { en: '"?"', zh: ' "?"' }, written: '%3F' },
  { found: /@/, called: { en: '"@"', zh: ' "@"' }, written: '%40' },
  {
    found: /%(?![\dA-Fa-f]{2})/,
    called: { en: 'a "%" that does not begin an escape', zh: '不是转义开头的 "%"' },
    written: '%25',
  },
  { found: / /, called: { en: 'a space', zh: '空格' }, written: '%20' },
  {
    found: /[\s\p{Cc}]/u,
    called: { en: 'a line break or another control character', zh: '换行或其他控制字符' },
    written: { en: 'an escape such as %0A', zh: ' %0A 这样的转义' },
  },
] as const;

type Scheme = (typeof SCHEMES)[number];

const NOT_A_URL: Bilingual = {
  en: `is not a URL: write an address such as ${EXAMPLE}, or "memory"`,
  zh: `不是 URL：请写成 ${EXAMPLE} 这样的地址，或 "memory"`,
};
const UNKNOWN_SCHEME: Bilingual = {
  en: `has an unknown scheme: write ${SCHEMES.map(({ scheme }) => `${scheme}//`).join(', ')}, or "memory"`,
  zh: `的协议未知：请用 ${SCHEMES.map(({ scheme }) => `${scheme}//`).join('、')}，或写 "memory"`,
};
const INVALID_HOST: Bilingual = {
  en: `has an invalid host: write it as in ${EXAMPLE}`,
  zh: `的主机名不正确：请照 ${EXAMPLE} 的格式写`,
};
const TOO_MUCH: Bilingual = {
  en: `must have nothing after the database: write it as in ${EXAMPLE}/0`,
  zh: `的数据库编号之后不能再有内容：请照 ${EXAMPLE}/0 的格式写`,
};
const INVALID_DATABASE: Bilingual = {
  en: `has a database that is not a number from 0 to 9999: write it as in ${EXAMPLE}/0, or omit it`,
  zh: `的数据库编号应为 0 至 9999 的数字：请照 ${EXAMPLE}/0 的格式写，或去掉它`,
};
const CLUSTER_DATABASE: Bilingual = {
  en: 'must not have a database: a cluster has only database 0',
  zh: '不能带数据库编号：集群只有数据库 0，请去掉它',
};
const NOT_UTF8: Bilingual = {
  en: 'has escapes in its user or password that are not UTF-8: encode the UTF-8 bytes, as encodeURIComponent does',
  zh: '的用户名或密码里的转义不是 UTF-8：请像 encodeURIComponent 那样按 UTF-8 编码',
};
const NO_HOST: Bilingual = { en: `must have a host, as in ${EXAMPLE}`, zh: `缺少主机名：请照 ${EXAMPLE} 的格式写` };
const INVALID_PORT: Bilingual = {
  en: `has a port that is not a number from 1 to ${PORT_MAX}: write it as in ${EXAMPLE}`,
  zh: `的端口应为 1 至 ${PORT_MAX} 的数字：请照 ${EXAMPLE} 的格式写`,
};

/** Returns the address, or its mistake. The sentence does not quote the text, which may have a password. */
export function readAddress(given: string): RedisAddress | Bilingual {
  const text = given.trim();
  const { scheme, user = '', place } = PARTS.exec(text)?.groups ?? {};
  if (scheme === undefined || place === undefined) return NOT_A_URL;
  const row = SCHEMES.find((known) => known.scheme === `${scheme.toLowerCase()}:`);
  if (row === undefined) return UNKNOWN_SCHEME;
  return problemOfUser(user) ?? problemOfPlace(place) ?? readUrl(text, row);
}

function readUrl(text: string, row: Scheme): RedisAddress | Bilingual {
  if (!URL.canParse(text)) return INVALID_HOST;
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') return TOO_MUCH;
  const database = DATABASE.exec(url.pathname || '/')?.[1];
  if (database === undefined) return INVALID_DATABASE;
  if (row.kind === 'cluster' && Number(database) !== 0) return CLUSTER_DATABASE;
  return addressOf(url, row, Number(database));
}

function problemOfUser(user: string): Bilingual | undefined {
  const row = RESERVED.find(({ found }) => found.test(user));
  if (row === undefined) return isDecodable(user) ? undefined : NOT_UTF8;
  const { called, written } = row;
  const { en, zh } = typeof written === 'string' ? { en: written, zh: ` ${written}` } : written;
  return {
    en: `has ${called.en} in its user or password: write it as ${en}`,
    zh: `的用户名或密码里有${called.zh}：请写成${zh}`,
  };
}

function problemOfPlace(place: string): Bilingual | undefined {
  const { host = '', port = '' } = PLACE.exec(place)?.groups ?? {};
  if (host === '') return NO_HOST;
  const isPort = port === '' || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= PORT_MAX);
  return isPort ? undefined : INVALID_PORT;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function addressOf(url: URL, { kind, tls }: Scheme, db: number): RedisAddress {
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  // The brackets around an IPv6 address are not part of it.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    kind,
    host,
    port,
    options: {
      ...(kind === 'server' && { db }),
      ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
      ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
      ...(tls && { tls: { servername: host } }),
    },
    shown: `${url.protocol}//${url.hostname}:${port}${kind === 'server' ? `/${db}` : ''}`,
  };
}
