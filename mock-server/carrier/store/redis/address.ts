/** The address of a Redis or Valkey: parses `--store` into the driver's options. */

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
  { found: /#/, called: '"#"', written: '%23' },
  { found: /\//, called: '"/"', written: '%2F' },
  { found: /\?/, called: '"?"', written: '%3F' },
  { found: /@/, called: '"@"', written: '%40' },
  { found: /%(?![\dA-Fa-f]{2})/, called: 'a "%" that does not begin an escape', written: '%25' },
  { found: / /, called: 'a space', written: '%20' },
  { found: /[\s\p{Cc}]/u, called: 'a line break or another control character', written: 'an escape such as %0A' },
] as const;

type Scheme = (typeof SCHEMES)[number];

/** Returns the address, or an error sentence. The sentence does not quote the text, which may have a password. */
export function readAddress(given: string): RedisAddress | string {
  const text = given.trim();
  const { scheme, user = '', place } = PARTS.exec(text)?.groups ?? {};
  if (scheme === undefined || place === undefined)
    return `is not a URL: write an address such as ${EXAMPLE}, or "memory"`;
  const row = SCHEMES.find((known) => known.scheme === `${scheme.toLowerCase()}:`);
  if (row === undefined) {
    return `has an unknown scheme: write ${SCHEMES.map((known) => `${known.scheme}//`).join(', ')}, or "memory"`;
  }
  return problemOfUser(user) ?? problemOfPlace(place) ?? readUrl(text, row);
}

function readUrl(text: string, row: Scheme): RedisAddress | string {
  if (!URL.canParse(text)) return `has an invalid host: write it as in ${EXAMPLE}`;
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') return `must have nothing after the database: write it as in ${EXAMPLE}/0`;
  const database = DATABASE.exec(url.pathname || '/')?.[1];
  if (database === undefined) {
    return `has a database that is not a number from 0 to 9999: write it as in ${EXAMPLE}/0, or omit it`;
  }
  if (row.kind === 'cluster' && Number(database) !== 0)
    return 'must not have a database: a cluster has only database 0';
  return addressOf(url, row, Number(database));
}

function problemOfUser(user: string): string | undefined {
  const row = RESERVED.find(({ found }) => found.test(user));
  if (row !== undefined) return `has ${row.called} in its user or password: write it as ${row.written}`;
  return isDecodable(user)
    ? undefined
    : 'has escapes in its user or password that are not UTF-8: encode the UTF-8 bytes, as encodeURIComponent does';
}

function problemOfPlace(place: string): string | undefined {
  const { host = '', port = '' } = PLACE.exec(place)?.groups ?? {};
  if (host === '') return `must have a host, as in ${EXAMPLE}`;
  const isPort = port === '' || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= PORT_MAX);
  return isPort ? undefined : `has a port that is not a number from 1 to ${PORT_MAX}: write it as in ${EXAMPLE}`;
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
