/** The options of the table as values: their types and names, and the checks of each and of several together. */
import type { Language } from '../../src/text/bilingual.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { optionError } from './messages.js';
import type { Kind, OptionRow } from './option-kinds.js';
import { OPTION_ROWS, type Shell } from './option-rows.js';

export type OptionName = keyof typeof OPTION_ROWS;
type Rows = typeof OPTION_ROWS;
type Value<Row> = Row extends { readonly kind: Kind<infer T> }
  ? T | (Row extends { readonly default: unknown } ? never : undefined)
  : never;
/** The values of all options. One without a default is undefined if it is omitted. */
export type OptionValues = { readonly [Name in OptionName]: Value<Rows[Name]> };
type InProcessName = {
  [Name in OptionName]: Rows[Name] extends { readonly inProcess: true } ? Name : never;
}[OptionName];
export type LogLevel = OptionValues['log'];

/** The options of every server: of the command, and of createMockServer. */
export type ServerOptions = Pick<
  OptionValues,
  InProcessName | 'storePassword' | 'tlsCert' | 'tlsKey'
>;

/** The options of the command `serve`. */
export interface Options
  extends Omit<OptionValues, 'lang' | 'shell' | 'storePasswordFile' | 'controlTokenFile'> {
  /** The language of the log and the banner. */
  readonly lang: Language;
  /** The shell of the banner's commands. */
  readonly shell: Shell;
}

/** The name of each option in error messages. */
export type OptionNames = Readonly<Record<OptionName, string>>;

const ROWS = Object.entries(OPTION_ROWS) as readonly (readonly [OptionName, OptionRow])[];

export const FLAG_NAMES = namesBy(({ flag }) => `--${flag}`);
export const PROPERTY_NAMES = namesBy((_, option) => option);

function namesBy(name: (row: OptionRow, option: OptionName) => string): OptionNames {
  return Object.fromEntries(
    ROWS.map(([option, row]) => [option, name(row, option)]),
  ) as OptionNames;
}

export const IN_PROCESS_ROWS = ROWS.filter(([, row]) => row.inProcess === true);

export const OPTION_DEFAULTS = Object.fromEntries(
  ROWS.map(([option, row]) => [option, row.default]),
);

/** Turns values by flag name into options. Throws a UsageError that names the flag. */
export function optionsOfFlags(
  values: Readonly<Record<string, string | boolean | undefined>>,
): OptionValues {
  const read = ROWS.map(([option, row]) => {
    const text = values[row.flag];
    const value = text === undefined ? row.default : row.kind.read(String(text));
    if (text !== undefined && value === undefined) throw invalid(`--${row.flag}`, row, text);
    return [option, value];
  });
  return Object.fromEntries(read) as OptionValues;
}

/** Throws a UsageError for an invalid value of createMockServer. */
export function checkOption(
  option: string,
  row: Pick<OptionRow, 'kind' | 'secret'>,
  value: unknown,
): void {
  if (!row.kind.holds(value)) throw invalid(option, row, value);
}

export function invalid(
  name: string,
  { kind, secret }: Pick<OptionRow, 'kind' | 'secret'>,
  found: unknown,
): UsageError {
  const { must } = kind;
  if (secret === true) return optionError('option.invalid-secret', { name, must });
  return optionError('option.invalid', { name, must, found });
}

/** Throws a UsageError for options that exclude each other, or that need another option. */
export function checkTogether(
  given: Readonly<Partial<Record<OptionName, unknown>>>,
  names: OptionNames,
): void {
  if (given.seed !== undefined && given.store !== undefined) {
    throw optionError('option.seed-and-store', { seed: names.seed, store: names.store });
  }
  if (given.controlHost !== undefined && given.controlPort === undefined) {
    throw optionError('option.no-effect', {
      option: names.controlHost,
      needed: names.controlPort,
    });
  }
}
