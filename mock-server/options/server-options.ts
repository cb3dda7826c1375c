/** The options of createMockServer: their checks and defaults. An error is one sentence that names the option. */

import { optionError } from './messages.js';
import { checkOptionNames, type OptionRow, whole } from './option-kinds.js';
import {
  checkOption,
  checkTogether,
  IN_PROCESS_ROWS,
  OPTION_DEFAULTS,
  PROPERTY_NAMES,
  type ServerOptions,
} from './options.js';
import type { ConfigurationInput } from './settings.js';

/** The options of a server. All are optional. */
export interface MockServerOptions {
  /** The content of a configuration file. */
  readonly configuration?: ConfigurationInput;
  /** The address to listen on; by default 127.0.0.1. */
  readonly host?: string;
  /** The HTTP port; by default a free one. */
  readonly port?: number;
  /** Also serves HTTPS on this port; 0 selects a free port. */
  readonly httpsPort?: number;
  /** Starts an HTTP proxy that connects the carrier's host names to this server. It also starts HTTPS; 0 selects a free port. */
  readonly proxyPort?: number;
  /** The folder of the local CA, created on first use; by default `.cmpassport-mock/tls` in the home directory. */
  readonly tlsDir?: string;
  /** Names for the certificate, in addition to the carrier's and those of this machine. */
  readonly tlsNames?: readonly string[];
  /** Stores state in a Redis or Valkey at this address, which several servers can share; by default in memory. Not with a seed. */
  readonly store?: string;
  /** Generates ids, tokens and credentials from this text, the same each time. */
  readonly seed?: string;
  /** Proxies whose X-Forwarded-For is trusted: addresses, CIDR blocks or `loopback`. */
  readonly trustProxy?: readonly string[];
  /** The token that callers of the control API must send. */
  readonly controlToken?: string;
  /** The address of the control API and the console for users, behind a proxy or a mapped port. */
  readonly publicUrl?: string;
  /** Serves the control API on this port and not on the carrier's. The carrier's calls work on both; 0 selects a free port. */
  readonly controlPort?: number;
  /** The address of the control port; by default 127.0.0.1. */
  readonly controlHost?: string;
  /** Host names that the control API accepts in addition to addresses and local names; `*.` stands for one label. */
  readonly allowHosts?: readonly string[];
  /** Connections to a port at a time; by default 10 000. Further ones are closed at once. */
  readonly maxConnections?: number;
  /** The time in milliseconds within which a request must arrive completely; by default 10 000. */
  readonly requestTimeoutMs?: number;
}

type ServerPlan = ServerOptions &
  Pick<MockServerOptions, 'requestTimeoutMs'> & { readonly configuration: ConfigurationInput };

/** Checks the options and fills in the defaults. An undefined option counts as omitted. Throws a UsageError. */
export function serverPlanOf(options: MockServerOptions): ServerPlan {
  if (typeof options !== 'object' || options === null) {
    throw optionError('options.not-an-object', { found: options });
  }
  checkOptionNames(options, ['configuration', ...Object.keys(ROWS)]);
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of present) {
    const row = ROWS[name];
    if (row !== undefined) checkOption(name, row, value);
  }
  checkTogether(options, PROPERTY_NAMES);
  // The proxy leads to HTTPS, so it starts HTTPS on a free port if no port is set.
  const httpsForProxy = options.proxyPort !== undefined && { httpsPort: 0 };
  const defaults = { ...OPTION_DEFAULTS, port: 0, configuration: {} };
  return { ...defaults, ...httpsForProxy, ...Object.fromEntries(present) } as ServerPlan;
}

// The limit of setTimeout. The minimum is 1, because 0 means no limit to node:http.
const REQUEST_TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** Without `configuration`, which its schema checks. */
const ROWS: Readonly<Record<string, Pick<OptionRow, 'kind' | 'secret'>>> = {
  ...Object.fromEntries(IN_PROCESS_ROWS),
  requestTimeoutMs: { kind: whole({ min: 1, max: REQUEST_TIMEOUT_MS_MAX }) },
};
