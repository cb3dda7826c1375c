/** The options of the table as values: their types and names, and the checks of each and of several together. */
import type { Language } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
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
  const { en, zh } = { en: `${name} must ${kind.must.en}`, zh: `${name} 应${kind.must.zh}` };
  if (secret === true) return new UsageError({ en, zh });
  return new UsageError({
    en: `${en}, found ${quote(found)}`,
    zh: `${zh}，实际为 ${quote(found)}`,
  });
}

/** Throws a UsageError for options that exclude each other, or that need another option. */
export function checkTogether(
  given: Readonly<Partial<Record<OptionName, unknown>>>,
  names: OptionNames,
): void {
  if (given.seed !== undefined && given.store !== undefined) {
    throw new UsageError({
      en: `${names.seed} and ${names.store} exclude each other: the seed generates the same ids after each start, and the store still has those of the last start. Omit one of the two`,
      zh: `${names.seed} 与 ${names.store} 不能同时使用：种子让每次启动生成相同的 id，而 Redis 里还有上次启动的数据。请去掉其中一个`,
    });
  }
  if (given.controlHost !== undefined && given.controlPort === undefined) {
    throw noEffect(names.controlHost, [names.controlPort]);
  }
}

/** For an option without another one that it needs. */
export function noEffect(option: string, needed: readonly string[]): UsageError {
  return new UsageError({
    en: `${option} has no effect without ${needed.join(' or ')}: set it, or omit ${option}`,
    zh: `${option} 要与 ${needed.join(' 或 ')} 一起用：请加上${needed.length === 1 ? '它' : '其中一个'}，或去掉 ${option}`,
  });
}
