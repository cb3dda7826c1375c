/** Where a Redis or Valkey is: `--store` read into what the driver takes. */

export interface RedisAddress {
  /** One server; or a node of a cluster, which tells of the others. */
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
/** The last @ ends user and password, whatever they contain. */
const PARTS = /^(?<scheme>[A-Za-z][\w+.-]*):\/\/(?:(?<user>.*)@)?(?<place>.*)$/s;
/** An IPv6 address is in brackets. */
const PLACE = /^(?<host>\[[^\]/?#]*\]?|[^:/?#]*)(?::(?<port>[^/?#]*))?/;
const DATABASE = /^\/(\d{0,4})$/;
const EXAMPLE = 'redis://127.0.0.1:6379';

/** What may not stand in a user or a password as it is: there it would end them, or is taken for something else. */
const RESERVED = [
  { found: /#/, called: '"#"', written: '%23' },
  { found: /\//, called: '"/"', written: '%2F' },
  { found: /\?/, called: '"?"', written: '%3F' },
  { found: /@/, called: '"@"', written: '%40' },
  { found: /%(?![\dA-Fa-f]{2})/, called: 'a "%" that begins no code', written: '%25' },
  { found: / /, called: 'a space', written: '%20' },
  { found: /[\s\p{Cc}]/u, called: 'a line break or another control character', written: '%0A and the like' },
] as const;

type Scheme = (typeof SCHEMES)[number];

/** Or one sentence that says what is wrong with the text. It is not quoted: it may have a password. */
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
  if (!URL.canParse(text)) return `has a host that is neither a name nor an address: write it as in ${EXAMPLE}`;
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') return `must have nothing after the database: write it as in ${EXAMPLE}/0`;
  const database = DATABASE.exec(url.pathname || '/')?.[1];
  if (database === undefined) {
    return `has a database that is no number from 0 to 9999: write it as in ${EXAMPLE}/0, or leave it out`;
  }
  if (row.kind === 'cluster' && Number(database) !== 0) return 'must not name a database: a cluster has only 0';
  return addressOf(url, row, Number(database));
}

function problemOfUser(user: string): string | undefined {
  const row = RESERVED.find(({ found }) => found.test(user));
  if (row !== undefined) return `has ${row.called} in its user or password: write it as ${row.written}`;
  return isDecodable(user)
    ? undefined
    : 'has codes in its user or password that are not UTF-8: encode each of its bytes in UTF-8, as encodeURIComponent does';
}

function problemOfPlace(place: string): string | undefined {
  const { host = '', port = '' } = PLACE.exec(place)?.groups ?? {};
  if (host === '') return `must name a host, as in ${EXAMPLE}`;
  const isPort = port === '' || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= PORT_MAX);
  return isPort ? undefined : `has a port that is no number from 1 to ${PORT_MAX}: write it as in ${EXAMPLE}`;
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
  // An IPv6 address stands in brackets, which are not part of it.
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
