/** The options of createMockServer: their checks and defaults. An error is one sentence that names the option. */

import { optionError } from './messages.js';
import { type CheckedRow, checkOptionNames, type Kind } from './option-kinds.js';
import { IN_PROCESS_ONLY } from './option-rows.js';
import {
  checkOption,
  checkTogether,
  IN_PROCESS_ROWS,
  type InProcessRows,
  OPTION_DEFAULTS,
  PROPERTY_NAMES,
  type ServerOptions,
} from './options.js';
import type { ConfigurationInput } from './settings.js';

type OptionalValues<Rows> = {
  readonly [Name in keyof Rows]?: Rows[Name] extends { readonly kind: Kind<infer Value> }
    ? Value
    : boolean;
};
type Flat<Fields> = { [Name in keyof Fields]: Fields[Name] };

/**
 * The options of a server. All are optional.
 *
 * @interface
 */
export type MockServerOptions = Flat<
  {
    /** The content of a configuration file. */
    readonly configuration?: ConfigurationInput;
  } & OptionalValues<InProcessRows & typeof IN_PROCESS_ONLY>
>;

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

/** Without `configuration`, which its schema checks. */
const ROWS: Readonly<Record<string, CheckedRow>> = {
  ...IN_PROCESS_ROWS,
  ...IN_PROCESS_ONLY,
};
