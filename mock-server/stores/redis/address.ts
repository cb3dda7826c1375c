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
const DATABASE = /^\/(\d{0,4})$/;
const EXAMPLE = 'redis://127.0.0.1:6379';

/** Or one sentence that says what the text is not. The text is not quoted: it may have a password. */
export function readAddress(text: string): RedisAddress | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const row = SCHEMES.find(({ scheme }) => scheme === url?.protocol);
  if (url === undefined || row === undefined) {
    return `must be "memory" or an address such as ${EXAMPLE} (also ${SCHEMES.map(({ scheme }) => `${scheme}//`)
      .slice(1)
      .join(', ')})`;
  }
  if (url.hostname === '') return `must name a host, as in ${EXAMPLE}`;
  if (url.search !== '' || url.hash !== '') return `takes nothing behind the database, as in ${EXAMPLE}/0`;
  const database = DATABASE.exec(url.pathname || '/')?.[1];
  if (database === undefined) return `must end with the number of a database or nothing, as in ${EXAMPLE}/0`;
  if (row.kind === 'cluster' && Number(database) !== 0) return 'must not name a database: a cluster has only 0';
  return addressOf(url, row, Number(database));
}

function addressOf(url: URL, { kind, tls }: (typeof SCHEMES)[number], db: number): RedisAddress {
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
