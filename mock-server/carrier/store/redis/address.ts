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

const NOT_AN_ADDRESS: Bilingual = {
  en: `must be ${SCHEMES.map(({ scheme }) => `${scheme}//`).join(', ')} with a host, such as redis://127.0.0.1:6379/0, or "memory"; only redis:// and rediss:// have a database, from 0 to 9999`,
  zh: `应为 ${SCHEMES.map(({ scheme }) => `${scheme}//`).join('、')} 加主机名，例如 redis://127.0.0.1:6379/0，或 "memory"；只有 redis:// 和 rediss:// 可以带数据库编号（0–9999）`,
};
const NOT_ENCODED: Bilingual = {
  en: 'has a character in its user or password that must be percent-encoded in UTF-8: write "#" as %23, for example',
  zh: '的用户名或密码里有须按 UTF-8 做百分号编码的字符：例如 "#" 写成 %23',
};

type Scheme = (typeof SCHEMES)[number];

/** Returns the address, or its mistake. The sentence does not quote the text, which may have a password. */
export function readAddress(given: string): RedisAddress | Bilingual {
  const text = given.trim();
  const { scheme = '', user = '' } = PARTS.exec(text)?.groups ?? {};
  const row = SCHEMES.find((known) => known.scheme === `${scheme.toLowerCase()}:`);
  if (row === undefined) return NOT_AN_ADDRESS;
  if (!isEncoded(user)) return NOT_ENCODED;
  if (!URL.canParse(text)) return NOT_AN_ADDRESS;
  const url = new URL(text);
  const database = databaseIn(url);
  if (url.hostname === '' || database === undefined) return NOT_AN_ADDRESS;
  if (row.kind === 'cluster' && database !== 0) return NOT_AN_ADDRESS;
  return addressOf(url, row, database);
}

function isEncoded(text: string): boolean {
  if (!ENCODED.test(text)) return false;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** 0 by default; undefined if the path is no database, or if something follows it. */
function databaseIn({ pathname, search, hash }: URL): number | undefined {
  if (search !== '' || hash !== '') return undefined;
  const digits = DATABASE.exec(pathname || '/')?.[1];
  return digits === undefined ? undefined : Number(digits);
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
