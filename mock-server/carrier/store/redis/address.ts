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
/** User and password end at the last @. */
const PARTS = /^(?<scheme>[A-Za-z][\w+.-]*):\/\/(?:(?<user>.*)@)?/s;
const ENCODED = /^(?:[^#/?@%\s\p{Cc}]|%[\dA-Fa-f]{2})*$/u;
const DATABASE = /^\/(\d{0,4})$/;
const EXAMPLE = 'redis://127.0.0.1:6379';

type Scheme = (typeof SCHEMES)[number];

const NOT_A_URL: Bilingual = {
  en: `is not a URL: write an address such as ${EXAMPLE}, or "memory"`,
  zh: `不是 URL：请写成 ${EXAMPLE} 这样的地址，或 "memory"`,
};
const UNKNOWN_SCHEME: Bilingual = {
  en: `has an unknown scheme: write ${SCHEMES.map(({ scheme }) => `${scheme}//`).join(', ')}, or "memory"`,
  zh: `的协议未知：请用 ${SCHEMES.map(({ scheme }) => `${scheme}//`).join('、')}，或写 "memory"`,
};
const NOT_ENCODED: Bilingual = {
  en: 'has a character in its user or password that must be percent-encoded in UTF-8: write "#" as %23, for example',
  zh: '的用户名或密码里有须按 UTF-8 做百分号编码的字符：例如 "#" 写成 %23',
};
const INVALID_HOST: Bilingual = {
  en: `has an invalid host or port: write it as in ${EXAMPLE}`,
  zh: `的主机名或端口不正确：请照 ${EXAMPLE} 的格式写`,
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

/** Returns the address, or its mistake. The sentence does not quote the text, which may have a password. */
export function readAddress(given: string): RedisAddress | Bilingual {
  const text = given.trim();
  const { scheme, user = '' } = PARTS.exec(text)?.groups ?? {};
  if (scheme === undefined) return NOT_A_URL;
  const row = SCHEMES.find((known) => known.scheme === `${scheme.toLowerCase()}:`);
  if (row === undefined) return UNKNOWN_SCHEME;
  if (!ENCODED.test(user) || !isDecodable(user)) return NOT_ENCODED;
  return URL.canParse(text) ? readUrl(new URL(text), row) : INVALID_HOST;
}

function readUrl(url: URL, row: Scheme): RedisAddress | Bilingual {
  if (url.hostname === '') return INVALID_HOST;
  if (url.search !== '' || url.hash !== '') return TOO_MUCH;
  const database = DATABASE.exec(url.pathname || '/')?.[1];
  if (database === undefined) return INVALID_DATABASE;
  if (row.kind === 'cluster' && Number(database) !== 0) return CLUSTER_DATABASE;
  return addressOf(url, row, Number(database));
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
