/** What createMockServer is told, checked and made ready. A mistake is one sentence that names the option. */
import type { ConfigurationInput } from './config.js';
import { checkOptionNames } from './option-names.js';
import { CONTROL_TOKEN, DEFAULT_HOST, DEFAULT_MAX_CONNECTIONS, MAX_CONNECTIONS_MAX, PORT_MAX } from './options.js';
import { quote } from './schema-problem.js';
import type { ServerInputs, SettingNames } from './start-server.js';
import { UsageError } from './usage-error.js';

/** How a server is set up; all of it has a default. */
export interface MockServerOptions {
  /** What a configuration file could say. */
  readonly configuration?: ConfigurationInput;
  /** The address to listen on; 127.0.0.1 unless said. */
  readonly host?: string;
  /** A free one unless said. */
  readonly port?: number;
  /** HTTPS as well, where given; 0 picks a free port. */
  readonly httpsPort?: number;
  /** A proxy that leads the carrier's names here, where given, and HTTPS with it; 0 picks a free port. */
  readonly proxyPort?: number;
  /** Where the local CA is kept, and made on first use; `.cmpassport-mock/tls` at home unless said. */
  readonly tlsDir?: string;
  /** Names for the certificate, beside the carrier's own and those of this machine. */
  readonly tlsNames?: readonly string[];
  /** Where state is kept: the address of a Redis or Valkey, which any number of servers can share; in memory unless said. Not with a seed. */
  readonly store?: string;
  /** Draws ids, tokens and credentials from this text: the same each time. */
  readonly seed?: string;
  /** Proxies whose X-Forwarded-For is believed: addresses, CIDR blocks or `loopback`. */
  readonly trustProxy?: readonly string[];
  /** What callers of the control API have to present. */
  readonly controlToken?: string;
  /** The control API on a port of its own, and not on the carrier's; it answers the carrier's calls as well. 0 picks a free one. */
  readonly controlPort?: number;
  /** The address of that port; 127.0.0.1 unless said. */
  readonly controlHost?: string;
  /** Names that the control API may be called by, beside addresses and local names; `*.` stands for one label. */
  readonly allowHosts?: readonly string[];
  /** Connections to a port at a time; 10 000 unless said. More are closed at once. */
  readonly maxConnections?: number;
  /** How long a request may take to arrive in full, in milliseconds; 10 000 unless said. */
  readonly requestTimeoutMs?: number;
}

/** What the mistakes that show when it starts are called by. */
export const SERVER_OPTION_NAMES: SettingNames = {
  host: 'host',
  port: 'port',
  httpsPort: 'httpsPort',
  proxyPort: 'proxyPort',
  trustProxy: 'trustProxy',
  tlsNames: 'tlsNames',
  store: 'store',
  controlToken: 'controlToken',
  controlHost: 'controlHost',
  controlPort: 'controlPort',
  allowHosts: 'allowHosts',
  maxConnections: 'maxConnections',
};

type ServerPlan = ServerInputs['options'] &
  Pick<MockServerOptions, 'requestTimeoutMs'> & { readonly configuration: ConfigurationInput };

const NO_OPTIONS: ServerInputs['options'] = {
  host: DEFAULT_HOST,
  port: 0,
  httpsPort: undefined,
  proxyPort: undefined,
  store: undefined,
  storePassword: undefined,
  seed: undefined,
  trustProxy: [],
  controlToken: undefined,
  controlPort: undefined,
  controlHost: undefined,
  allowHosts: [],
  maxConnections: DEFAULT_MAX_CONNECTIONS,
  tlsDir: undefined,
  tlsNames: [],
  tlsCert: undefined,
  tlsKey: undefined,
};

/** Throws a UsageError for a mistake. An option that is undefined was left out. */
export function serverPlanOf(options: MockServerOptions): ServerPlan {
  if (!isObject(options)) throw new UsageError(`options must be an object, found ${quote(options)}`);
  checkOptionNames(options, OPTION_NAMES);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) checkValue(name, value);
  if (options.seed !== undefined && options.store !== undefined) {
    throw new UsageError(
      'seed draws the same ids after each start, and in store those of the last one are there: leave one out',
    );
  }
  if (options.controlHost !== undefined && options.controlPort === undefined) {
    throw new UsageError('controlHost does nothing without controlPort');
  }
  // A proxy to the carrier's names leads to HTTPS: on a free port where none is asked for.
  const behindProxy = options.proxyPort !== undefined && { httpsPort: 0 };
  return { ...NO_OPTIONS, ...behindProxy, configuration: {}, ...Object.fromEntries(given) };
}

const OPTION_NAMES = [
  'configuration',
  'host',
  'port',
  'httpsPort',
  'proxyPort',
  'tlsDir',
  'tlsNames',
  'store',
  'seed',
  'trustProxy',
  'controlToken',
  'controlPort',
  'controlHost',
  'allowHosts',
  'maxConnections',
  'requestTimeoutMs',
] as const satisfies readonly (keyof MockServerOptions)[];

interface ValueRow {
  readonly name: (typeof OPTION_NAMES)[number];
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
}

// setTimeout counts no further, and node:http takes 0 for no limit.
const REQUEST_TIMEOUT_MS_MAX = 2 ** 31 - 1;
const ADDRESS = 'be an address or a name, without a zone';
const PORT = `be a port from 0 to ${PORT_MAX}`;

/** The configuration is checked by its schema. */
const VALUES: readonly ValueRow[] = [
  { name: 'host', must: ADDRESS, holds: isAddress },
  { name: 'port', must: PORT, holds: (value) => isWhole(value, { min: 0, max: PORT_MAX }) },
  { name: 'httpsPort', must: PORT, holds: (value) => isWhole(value, { min: 0, max: PORT_MAX }) },
  { name: 'proxyPort', must: PORT, holds: (value) => isWhole(value, { min: 0, max: PORT_MAX }) },
  { name: 'tlsDir', must: 'be the path of a folder', holds: isText },
  { name: 'tlsNames', must: 'be a list of names', holds: isTexts },
  { name: 'store', must: 'be the address of a Redis, such as redis://127.0.0.1:6379', holds: isText },
  { name: 'seed', must: 'be a text', holds: (value) => typeof value === 'string' },
  { name: 'trustProxy', must: 'be a list of addresses', holds: isTexts },
  {
    name: 'controlToken',
    must: 'be made of letters, digits and . _ ~ + / = -',
    holds: (value) => isText(value) && CONTROL_TOKEN.test(value),
  },
  { name: 'controlPort', must: PORT, holds: (value) => isWhole(value, { min: 0, max: PORT_MAX }) },
  { name: 'controlHost', must: ADDRESS, holds: isAddress },
  { name: 'allowHosts', must: 'be a list of names', holds: isTexts },
  {
    name: 'maxConnections',
    must: `be a whole number from 1 to ${MAX_CONNECTIONS_MAX}`,
    holds: (value) => isWhole(value, { min: 1, max: MAX_CONNECTIONS_MAX }),
  },
  {
    name: 'requestTimeoutMs',
    must: `be a whole number from 1 to ${REQUEST_TIMEOUT_MS_MAX}`,
    holds: (value) => isWhole(value, { min: 1, max: REQUEST_TIMEOUT_MS_MAX }),
  },
];

function checkValue(name: string, value: unknown): void {
  const row = VALUES.find((known) => known.name === name);
  if (row === undefined || row.holds(value)) return;
  throw new UsageError(`${name} must ${row.must}, found ${quote(value)}`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** A URL has no room for the zone of an address of IPv6. */
function isAddress(value: unknown): boolean {
  return isText(value) && !value.includes('%');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isWhole(value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}
