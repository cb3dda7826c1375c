/** The options of createMockServer: checked, and with their defaults. A mistake is one sentence that names the option. */
import type { ConfigurationInput } from '../cli/config.js';
import { whole } from '../cli/option-kinds.js';
import { checkOptionNames } from '../cli/option-names.js';
import {
  checkOption,
  checkTogether,
  IN_PROCESS_ROWS,
  OPTION_DEFAULTS,
  type OptionRow,
  PROPERTY_NAMES,
} from '../cli/option-rows.js';
import { UsageError } from '../cli/usage-error.js';
import type { ServerInputs } from '../http/start-server.js';
import { quote } from '../schemas/schema-problem.js';

/** How a server is set up; all of it has a default. */
export interface MockServerOptions {
  /** What a configuration file could say. */
  readonly configuration?: ConfigurationInput;
  /** The address to listen on; by default 127.0.0.1. */
  readonly host?: string;
  /** By default a free one. */
  readonly port?: number;
  /** HTTPS as well, where given; 0 picks a free port. */
  readonly httpsPort?: number;
  /** A proxy that leads the carrier's names here, where given, and HTTPS with it; 0 picks a free port. */
  readonly proxyPort?: number;
  /** The folder of the local CA, created on first use; by default `.cmpassport-mock/tls` in the home directory. */
  readonly tlsDir?: string;
  /** Names for the certificate, in addition to the carrier's and those of this machine. */
  readonly tlsNames?: readonly string[];
  /** Where state is kept: the address of a Redis or Valkey, which any number of servers can share; by default in memory. Not with a seed. */
  readonly store?: string;
  /** Draws ids, tokens and credentials from this text: the same each time. */
  readonly seed?: string;
  /** Proxies whose X-Forwarded-For is believed: addresses, CIDR blocks or `loopback`. */
  readonly trustProxy?: readonly string[];
  /** What callers of the control API have to present. */
  readonly controlToken?: string;
  /** The control API on a port of its own, and not on the carrier's; it answers the carrier's calls as well. 0 picks a free one. */
  readonly controlPort?: number;
  /** The address of that port; by default 127.0.0.1. */
  readonly controlHost?: string;
  /** Names that the control API may be called by, in addition to addresses and local names; `*.` stands for one label. */
  readonly allowHosts?: readonly string[];
  /** Connections to a port at a time; by default 10 000. More are closed at once. */
  readonly maxConnections?: number;
  /** How long a request may take to arrive in full, in milliseconds; by default 10 000. */
  readonly requestTimeoutMs?: number;
}

type ServerPlan = ServerInputs['options'] &
  Pick<MockServerOptions, 'requestTimeoutMs'> & { readonly configuration: ConfigurationInput };

/** Throws a UsageError for a mistake. An option that is undefined was omitted. */
export function serverPlanOf(options: MockServerOptions): ServerPlan {
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(`options must be an object, found ${quote(options)}`);
  }
  checkOptionNames(options, ['configuration', ...Object.keys(ROWS)]);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const row = ROWS[name];
    if (row !== undefined) checkOption(name, row, value);
  }
  checkTogether(options, PROPERTY_NAMES);
  // A proxy to the carrier's names leads to HTTPS: on a free port where none is asked for.
  const behindProxy = options.proxyPort !== undefined && { httpsPort: 0 };
  const defaults = { ...OPTION_DEFAULTS, port: 0, configuration: {} };
  return { ...defaults, ...behindProxy, ...Object.fromEntries(given) } as unknown as ServerPlan;
}

// setTimeout counts no further, and node:http takes 0 for no limit.
const REQUEST_TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** The configuration is checked by its schema. */
const ROWS: Readonly<Record<string, Pick<OptionRow, 'kind' | 'secret'>>> = {
  ...Object.fromEntries(IN_PROCESS_ROWS),
  requestTimeoutMs: { kind: whole({ min: 1, max: REQUEST_TIMEOUT_MS_MAX }) },
};
