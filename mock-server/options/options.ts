/** The options of the table as values: their types and names, and the checks of each and of several together. */
import type { Language } from '../../src/text/bilingual.js';
import { type FlagValues, type ValuesOf, valuesOf } from '../../src/text/flags.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { optionError } from './messages.js';
import { type CheckedRow, type OptionRow, SWITCH } from './option-kinds.js';
import { OPTION_ROWS, type Shell } from './option-rows.js';

type Rows = typeof OPTION_ROWS;
export type OptionName = keyof Rows;
export type OptionValues = ValuesOf<Rows>;
export type LogLevel = OptionValues['log'];

type NamesWith<Properties> = {
  [Name in OptionName]: Rows[Name] extends Properties ? Name : never;
}[OptionName];
/** The rows of the options that createMockServer accepts. */
export type InProcessRows = Pick<Rows, NamesWith<{ readonly inProcess: true }>>;

/** The options of every server: of the command, and of createMockServer. */
export type ServerOptions = Pick<
  OptionValues,
  keyof InProcessRows | NamesWith<{ readonly ofServer: true }>
>;

/** The options of the command `serve`, after the choice of defaults that depend on the machine. */
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

export const IN_PROCESS_ROWS: Readonly<Record<string, CheckedRow>> = Object.fromEntries(
  ROWS.flatMap(([option, row]) =>
    'inProcess' in row ? [[option, { ...row, kind: row.kind ?? SWITCH }]] : [],
  ),
);

/** The values if no flag is given. */
export const OPTION_DEFAULTS: OptionValues = optionsOfFlags({});

/** Turns values by flag name into options. Throws a UsageError that names the flag. */
export function optionsOfFlags(given: FlagValues): OptionValues {
  return valuesOf(OPTION_ROWS, given, invalidFlag);
}

/** The error for the value of a flag. */
export function invalidFlag(row: CheckedRow & { readonly flag: string }, found: unknown) {
  return invalid(`--${row.flag}`, row, found);
}

/** Throws a UsageError for an invalid value of createMockServer. */
export function checkOption(option: string, row: CheckedRow, value: unknown): void {
  if (!row.kind.holds(value)) throw invalid(option, row, value);
}

function invalid(name: string, { kind, secret }: CheckedRow, found: unknown): UsageError {
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
