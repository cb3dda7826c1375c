/** The flags of a command line, as rows, and their parser. A mistake is a sentence in both languages, not one of Node's. */
import { parseArgs } from 'node:util';
import type { Bilingual, Words } from './bilingual.js';
import { type ArgumentsOf, textsOf } from './catalogue.js';
import { nearName } from './edit-distance.js';
import { FLAG_MESSAGES } from './flag-messages.js';

export interface Flag {
  readonly flag: string;
  /** The name of the value in the help; a switch has none. */
  readonly value?: string | undefined;
  /** It has no flag: other users of the machine can see arguments, but not variables. */
  readonly variableOnly?: true;
}

/** Reads the text of a value; undefined if it is invalid. */
export interface FlagKind<T = unknown> {
  readonly read: (text: string) => T | undefined;
}

export interface SwitchRow {
  readonly flag: string;
  readonly value?: undefined;
  readonly kind?: undefined;
  readonly help: Bilingual;
}

export interface ValueRow<Kind extends FlagKind = FlagKind> extends Flag {
  readonly value: string;
  /** Without it, any text is valid. */
  readonly kind?: Kind;
  readonly default?: unknown;
  readonly help: Bilingual;
}

/** Everything about a flag, by the name of its value in the code. */
export type FlagRow<Kind extends FlagKind = FlagKind> = SwitchRow | ValueRow<Kind>;
export type FlagTable<Kind extends FlagKind = FlagKind> = Readonly<Record<string, FlagRow<Kind>>>;

type Read<Row> = Row extends { readonly kind: FlagKind<infer Value> } ? Value : string;
type Omitted<Row> = Row extends { readonly default: unknown } ? never : undefined;
type ValueOf<Row> = Row extends { readonly value: string } ? Read<Row> | Omitted<Row> : boolean;
/** The values of a table. One without a default is undefined if it is omitted. */
export type ValuesOf<Rows> = { readonly [Name in keyof Rows]: ValueOf<Rows[Name]> };

export function variableOf(flag: string): string {
  return `CMPASSPORT_${flag.toUpperCase().replaceAll('-', '_')}`;
}

export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

export interface ParsedFlags {
  readonly values: FlagValues;
  readonly positionals: readonly string[];
}

/** A flag as it is written. */
interface Given {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
  /** The complete argument: `--port=1`, or `-port`. */
  readonly arg: string;
  readonly row: Flag | undefined;
}

/** The text of a mistake with its id. */
export interface FlagMistake extends Bilingual {
  readonly id: string;
}

const textOf = textsOf(FLAG_MESSAGES);

function mistake<Id extends keyof typeof FLAG_MESSAGES>(
  id: Id,
  ...parameters: ArgumentsOf<(typeof FLAG_MESSAGES)[Id]>
): FlagMistake {
  return { id, ...textOf(id, ...parameters) };
}

/** In the order in which a flag is checked. */
const MISTAKES: readonly {
  readonly isMade: (given: Given) => boolean;
  readonly of: (given: Given, flags: readonly Flag[]) => FlagMistake;
}[] = [
  {
    isMade: ({ row }) => row === undefined,
    of: ({ arg }, flags) => {
      const [flag = ''] = arg.split('=');
      const names = flags.map((known) => known.flag);
      return mistake('flag.unknown', { flag, hint: nearFlag(flag.replace(/^-+/, ''), names) });
    },
  },
  {
    isMade: ({ row }) => row?.variableOnly === true,
    of: ({ rawName, name }) =>
      mistake('flag.only-a-variable', { flag: rawName, variable: variableOf(name) }),
  },
  {
    isMade: ({ row, value }) => row?.value === undefined && value !== undefined,
    of: ({ rawName, value }) => mistake('flag.no-value', { flag: rawName, found: value }),
  },
  {
    isMade: ({ row, value }) => row?.value !== undefined && value === undefined,
    of: ({ rawName, row }) => mistake('flag.value-missing', withValue(rawName, row)),
  },
  {
    isMade: ({ value }) => value === '',
    of: ({ rawName, row }) => mistake('flag.value-empty', withValue(rawName, row)),
  },
  {
    // A lone "-" is standard input.
    isMade: ({ value = '', inlineValue }) => inlineValue === false && /^-./.test(value),
    of: ({ rawName, value: found = '', row }) =>
      mistake('flag.value-like-a-flag', { ...withValue(rawName, row), found }),
  },
];

function nearFlag(name: string, names: readonly string[]): Words {
  const near = nearName(name, names);
  if (near === undefined) return '';
  return { en: `, did you mean --${near}?`, zh: `，是不是 --${near}？` };
}

function withValue(flag: string, row: Flag | undefined) {
  return { flag, value: row?.value ?? '' };
}

/** Returns the first mistake instead, without a reference to the help. `-h` is `--help`. */
export function parseFlags(
  args: readonly string[],
  rows: readonly Flag[],
): ParsedFlags | FlagMistake {
  const flags: readonly Flag[] = [...rows, { flag: 'help' }];
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: { ...optionsOf(flags), help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const row = flags.find(({ flag }) => flag === token.name);
    const given = { ...token, arg: args[token.index] ?? '', row };
    const made = MISTAKES.find(({ isMade }) => isMade(given));
    if (made !== undefined) return made.of(given, flags);
  }
  return { values, positionals };
}

function optionsOf(flags: readonly Flag[]) {
  return Object.fromEntries(
    flags.map(({ flag, value }) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [flag, { type }];
    }),
  );
}

/** The values of a table's flags. `invalid` makes the error for a text that the kind of its row cannot read. */
export function valuesOf<Kind extends FlagKind, Rows extends FlagTable<Kind>>(
  rows: Rows,
  given: FlagValues,
  invalid: (row: Flag & { readonly kind: Kind }, text: string) => Error,
): ValuesOf<Rows> {
  const values = Object.entries(rows).map(([name, row]) => {
    const found = given[row.flag];
    if (row.value === undefined) return [name, found === true];
    if (found === undefined) return [name, row.default];
    const text = String(found);
    const { kind } = row;
    const value = kind === undefined ? text : kind.read(text);
    if (kind !== undefined && value === undefined) throw invalid({ ...row, kind }, text);
    return [name, value];
  });
  return Object.fromEntries(values) as ValuesOf<Rows>;
}
