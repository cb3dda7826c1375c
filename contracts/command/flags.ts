/** The flags of the kit's commands, read with a sentence for each mistake. */
import { parseArgs } from 'node:util';
import type { Operation } from '../index.js';
import type { Level } from '../provider/case.js';
import { nobodysName } from '../results/named.js';
import { UsageProblem } from './usage-problem.js';

export interface FlagRow {
  readonly flag: string;
  /** A switch has none. */
  readonly value?: string;
  readonly help: string;
}

/** Of both suites. */
export const COMMON_FLAGS = [
  { flag: 'operation', value: 'name', help: 'loginTokenValidate or tokenValidate; both unless said' },
  { flag: 'only', value: 'ids', help: 'these cases, or those below these beginnings, separated by commas' },
  { flag: 'level', value: 'levels', help: 'MUST, SHOULD, MAY, separated by commas; all unless said' },
  { flag: 'deviations', value: 'file', help: 'the ledger of known deviations (JSON)' },
  { flag: 'junit', value: 'file', help: 'write a JUnit report (XML)' },
  { flag: 'ctrf', value: 'file', help: 'write a CTRF report (JSON)' },
  {
    flag: 'github',
    help: 'print annotations for GitHub and write the step summary; on its own where GITHUB_ACTIONS is set',
  },
  { flag: 'lang', value: 'en|zh', help: 'the language of the report; en unless said' },
] as const satisfies readonly FlagRow[];

export const CONTROL_URL_FLAG = {
  flag: 'control-url',
  value: 'url',
  help: 'where the control API of that mock is, if it was given --control-port',
} as const satisfies FlagRow;

export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

const OPERATIONS: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];
const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];
const LANGUAGES = ['en', 'zh'] as const;

/** Throws a UsageProblem that names the flag. */
export function readFlags(command: string, rows: readonly FlagRow[], args: readonly string[]): FlagValues {
  const options = Object.fromEntries(
    rows.map(({ flag, value }) => [flag, { type: value === undefined ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    const empty = Object.entries(values).find(([, value]) => value === '');
    if (empty !== undefined) throw new UsageProblem(`--${empty[0]} needs a value, found ""`);
    return values as FlagValues;
  } catch (error) {
    if (error instanceof UsageProblem) throw error;
    const [why] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageProblem(`${why}; ${command} takes --${rows.map(({ flag }) => flag).join(', --')} (see --help)`);
  }
}

export function helpOf(rows: readonly FlagRow[]): string {
  const shown = rows.map(
    ({ flag, value, help }) => [`--${flag}${value === undefined ? '' : ` <${value}>`}`, help] as const,
  );
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown.map(([name, help]) => `  ${name.padEnd(width)}  ${help}\n`).join('');
}

/** A text flag, or undefined. */
export function textOf(values: FlagValues, flag: string): string | undefined {
  const value = values[flag];
  return typeof value === 'string' ? value : undefined;
}

export function listOf(values: FlagValues, flag: string): readonly string[] {
  return (textOf(values, flag) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Throws a UsageProblem for a name of `--only` that no id has or begins with. */
export function checkNames(only: readonly string[], ids: readonly string[]): void {
  const name = nobodysName(only, ids);
  if (name !== undefined) throw new UsageProblem(`--only: there is no case ${JSON.stringify(name)}, and none below it`);
}

/** Those that the flag names, or all. */
function chosen<T extends string>(values: FlagValues, flag: string, all: readonly T[]): readonly T[] {
  const named = listOf(values, flag);
  const unknown = named.find((name) => !(all as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageProblem(`--${flag} is one of ${all.join(', ')}, found ${JSON.stringify(unknown)}`);
  return named.length === 0 ? all : all.filter((one) => named.includes(one));
}

export function operationsOf(values: FlagValues): readonly Operation[] {
  return chosen(values, 'operation', OPERATIONS);
}

export function levelsOf(values: FlagValues): readonly Level[] {
  return chosen(values, 'level', LEVELS);
}

export function langOf(values: FlagValues): 'en' | 'zh' {
  return textOf(values, 'lang') === undefined ? 'en' : (chosen(values, 'lang', LANGUAGES)[0] ?? 'en');
}

/** A whole number, or undefined. */
export function countOf(values: FlagValues, flag: string, { min = 0 } = {}): number | undefined {
  const text = textOf(values, flag);
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < min) {
    throw new UsageProblem(`--${flag} is a whole number of ${min} or more, found ${JSON.stringify(text)}`);
  }
  return count;
}

/** The address of a server without a slash at its end. */
export function urlOf(values: FlagValues, flag: string): string | undefined {
  const text = textOf(values, flag);
  if (text === undefined) return undefined;
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw new UsageProblem(`--${flag} is an address such as http://127.0.0.1:10086, found ${JSON.stringify(text)}`);
  }
  return text.replace(/\/+$/, '').replace(/\/_mock$/, '');
}
