/** The flags of the kit's commands, read with a sentence for each mistake. */
import { parseArgs } from 'node:util';
import type { Operation } from '../index.js';
import type { Level } from '../provider/case.js';
import { LANGUAGES, type Language } from '../report/words.js';
import { nobodysName } from '../results/named.js';
import type { Kit } from './kit.js';
import { UsageProblem } from './usage-problem.js';

export interface FlagRow {
  readonly flag: string;
  /** A switch has none. */
  readonly value?: string;
  readonly help: Readonly<Record<Language, string>>;
}

export const LANG_FLAG = {
  flag: 'lang',
  value: 'en|zh',
  help: {
    en: 'the language of reports and this text; by default CMPASSPORT_LANG, then the locale',
    zh: '报告和本帮助的语言，默认由 CMPASSPORT_LANG、再由系统语言决定',
  },
} as const satisfies FlagRow;

/** Of both suites. */
export const COMMON_FLAGS = [
  {
    flag: 'operation',
    value: 'name',
    help: {
      en: 'loginTokenValidate or tokenValidate; by default both',
      zh: 'loginTokenValidate 或 tokenValidate，默认两个都测',
    },
  },
  {
    flag: 'only',
    value: 'ids',
    help: {
      en: 'these cases, or those below these beginnings, separated by commas',
      zh: '只测这些用例，或 id 以此开头的用例，用逗号分隔',
    },
  },
  {
    flag: 'level',
    value: 'levels',
    help: {
      en: 'MUST, SHOULD, MAY, separated by commas; by default all',
      zh: 'MUST、SHOULD、MAY，用逗号分隔，默认全部',
    },
  },
  {
    flag: 'deviations',
    value: 'file',
    help: { en: 'the ledger of known deviations (JSON)', zh: '已知偏差的清单（JSON）' },
  },
  { flag: 'junit', value: 'file', help: { en: 'write a JUnit report (XML)', zh: '写出 JUnit 报告（XML）' } },
  { flag: 'ctrf', value: 'file', help: { en: 'write a CTRF report (JSON)', zh: '写出 CTRF 报告（JSON）' } },
  {
    flag: 'github',
    help: {
      en: 'print annotations for GitHub and write the step summary; on by default if GITHUB_ACTIONS is set',
      zh: '输出 GitHub 注解并写入步骤摘要，设置了 GITHUB_ACTIONS 时默认开启',
    },
  },
  LANG_FLAG,
] as const satisfies readonly FlagRow[];

export const CONTROL_URL_FLAG = {
  flag: 'control-url',
  value: 'url',
  help: {
    en: 'where the control API of that mock is, if it was given --control-port',
    zh: '该模拟服务的控制接口地址（用 --control-port 单独指定过端口时）',
  },
} as const satisfies FlagRow;

export const JOBS_FLAG = {
  flag: 'jobs',
  value: 'n',
  help: {
    en: 'how many cases run at a time; by default as many as there are cores',
    zh: '同时执行多少个用例，默认等于 CPU 核数',
  },
} as const satisfies FlagRow;

export type FlagValues = Readonly<Record<string, string | boolean | undefined>>;

const OPERATIONS: readonly Operation[] = ['loginTokenValidate', 'tokenValidate'];
const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** Throws a UsageProblem that names the flag. */
export function readFlags(command: string, rows: readonly FlagRow[], args: readonly string[]): FlagValues {
  return parsedArgs(command, rows, { args, allowPositionals: false }).values;
}

export interface FlagsAndFiles {
  readonly values: FlagValues;
  readonly files: readonly string[];
}

/** The same for a command that takes files. */
export function readFlagsAndFiles(command: string, rows: readonly FlagRow[], args: readonly string[]): FlagsAndFiles {
  const { values, positionals } = parsedArgs(command, rows, { args, allowPositionals: true });
  return { values, files: positionals };
}

function parsedArgs(
  command: string,
  rows: readonly FlagRow[],
  { args, allowPositionals }: { readonly args: readonly string[]; readonly allowPositionals: boolean },
) {
  const options = Object.fromEntries(
    rows.map(({ flag, value }) => [flag, { type: value === undefined ? ('boolean' as const) : ('string' as const) }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals });
    const empty = Object.entries(values).find(([, value]) => value === '');
    if (empty !== undefined) throw new UsageProblem(`--${empty[0]} needs a value, found ""`);
    return { values: values as FlagValues, positionals };
  } catch (error) {
    if (error instanceof UsageProblem) throw error;
    const [why] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageProblem(`${why}; ${command} takes --${rows.map(({ flag }) => flag).join(', --')} (see --help)`);
  }
}

export function helpOf(rows: readonly FlagRow[], language: Language): string {
  const shown = rows.map(
    ({ flag, value, help }) => [`--${flag}${value === undefined ? '' : ` <${value}>`}`, help[language]] as const,
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

export function langOf(values: FlagValues, { language }: Pick<Kit, 'language'>): Language {
  const text = textOf(values, 'lang');
  if (text === undefined) return language;
  const known = LANGUAGES.find((one) => one === text);
  if (known === undefined)
    throw new UsageProblem(`--lang is one of ${LANGUAGES.join(', ')}, found ${JSON.stringify(text)}`);
  return known;
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

export function jobsOf(values: FlagValues, { cores }: Pick<Kit, 'cores'>): number {
  return countOf(values, 'jobs', { min: 1 }) ?? cores;
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
