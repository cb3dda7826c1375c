/** The flags of the kit's commands, and their errors. */

import { LANGUAGES, type Language, listed } from '../../src/text/bilingual.js';
import { type Flag, type FlagValues, type ParsedFlags, parseFlags } from '../../src/text/flags.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { controlOver } from '../kit/control.js';
import { httpSubject } from '../kit/http.js';
import { OPERATIONS } from '../kit/operations.js';
import type { SuiteReading } from '../kit/result.js';
import { usage } from '../kit/usage.js';
import type { ControlCall } from '../kit/wire.js';
import { reachMock } from '../provider/preflight.js';
import type { Kit } from './kit.js';

/** As in the help: `save <folder>`, and its sentence. */
export type FlagRow = readonly [usage: string, en: string, zh: string];

export function flagOf([usage]: FlagRow): Flag {
  const [, flag = '', value] = /^(\S+)(?: <(.+)>)?$/.exec(usage) ?? [];
  return { flag, ...(value !== undefined && { value }) };
}

export const LANG_FLAG: FlagRow = [
  'lang <en|zh>',
  'the language of reports and this help; by default CMPASSPORT_LANG, then the locale',
  '报告和本帮助的语言，默认看 CMPASSPORT_LANG，没有设置就看系统语言',
];

/** The flags of all suites. */
export const COMMON_FLAGS: readonly FlagRow[] = [
  [
    'operation <name>',
    `${OPERATIONS.join(', ')}, separated by commas; by default all, for the consumer suite those of the document`,
    `${OPERATIONS.join('、')}，用逗号分隔；默认全部，consumer 默认只测文档里的接口`,
  ],
  [
    'only <ids>',
    'only these cases, separated by commas: an id, the start of ids, a part of them, or a glob such as "*/103101/*"',
    '只测这些用例，用逗号分隔：完整 id、id 的开头、id 的一部分，或通配符，如 "*/103101/*"',
  ],
  [
    'skip <ids>',
    'not these cases, in the same forms as --only',
    '不测这些用例，写法与 --only 相同',
  ],
  [
    'level <levels>',
    'MUST, SHOULD, MAY, separated by commas; by default all',
    'MUST、SHOULD、MAY，用逗号分隔，默认全部',
  ],
  [
    'list',
    'print the ids, levels and descriptions of the selected cases; run nothing',
    '只列出所选用例的 id、级别和说明，不执行',
  ],
  ['allow-no-case', 'succeed although no case ran', '没有执行任何用例时也算成功'],
  ['max-failures <n>', 'stop after this number of failures', '失败达到这个数量就停止'],
  [
    'verbose',
    'print every failure completely; by default long lists are cut',
    '完整输出所有失败；默认只输出长列表的一部分',
  ],
  ['deviations <file>', 'the list of known deviations (JSON)', '已知偏差的清单（JSON）'],
  ['junit <file>', 'write a JUnit report (XML)', '写出 JUnit 报告（XML）'],
  ['json <file>', 'write the results as JSON', '用 JSON 写出结果'],
  [
    'github',
    'print annotations for GitHub and write the step summary; on by default if GITHUB_ACTIONS is set',
    '输出 GitHub 注解，写步骤摘要；设置了 GITHUB_ACTIONS 时默认开启',
  ],
  LANG_FLAG,
];

/** The flags of the suites that use a mock. */
export const MOCK_FLAGS: readonly FlagRow[] = [
  [
    'control-token <text>',
    'the control token of the mock (CMPASSPORT_CONTROL_TOKEN)',
    '模拟服务的控制令牌（CMPASSPORT_CONTROL_TOKEN）',
  ],
  [
    'control-url <url>',
    'the address of the control API, if that mock uses --control-port',
    '控制接口的地址（模拟服务用了 --control-port 时）',
  ],
  [
    'jobs <n>',
    'the number of parallel cases; by default the number of cores',
    '同时执行多少个用例，默认等于 CPU 核数',
  ],
  [
    'keep',
    'with --mock: keep the apps, tokens and journals of failed cases in the mock, and print requests that can be sent unchanged',
    '与 --mock 一起用：失败用例的应用、token 和请求记录留在模拟服务里，输出的请求可以直接发送',
  ],
];

export interface Arguments {
  readonly rows: readonly FlagRow[];
  readonly args: readonly string[];
}

/** For a command without files. Throws a UsageError with the wrong flag. */
export function readFlags(command: string, given: Arguments): FlagValues {
  const { values, positionals } = readFlagsAndFiles(command, given);
  const [first] = positionals;
  if (first === undefined) return values;
  throw usage('contract.only-flags', { command, found: first });
}

/** Throws a UsageError with the wrong flag. */
export function readFlagsAndFiles(command: string, { rows, args }: Arguments): ParsedFlags {
  const parsed = parseFlags(args, rows.map(flagOf));
  if ('values' in parsed) return parsed;
  throw usage('contract.flag', { command, mistake: parsed });
}

export function helpOf(rows: readonly FlagRow[], language: Language): string {
  const width = Math.max(...rows.map(([usage]) => usage.length));
  return rows
    .map(([usage, en, zh]) => `  --${usage.padEnd(width)}  ${{ en, zh }[language]}\n`)
    .join('');
}

export function textOf(values: FlagValues, flag: string): string | undefined {
  const value = values[flag];
  return typeof value === 'string' ? value : undefined;
}

export function langOf(values: FlagValues, { language }: Pick<Kit, 'language'>): Language {
  const text = textOf(values, 'lang');
  if (text === undefined) return language;
  const known = LANGUAGES.find((one) => one === text);
  if (known === undefined) throw notOneOf('lang', LANGUAGES, text);
  return known;
}

export function notOneOf(flag: string, all: readonly string[], found: string): UsageError {
  return usage('contract.not-listed', { flag, values: listed(all), found });
}

/** Whether `--keep` is set. Throws a UsageError without `--mock`, because the kit's own mock ends with the run. */
export function isKeepSet(values: FlagValues): boolean {
  if (values['keep'] !== true) return false;
  if (textOf(values, 'mock') !== undefined) return true;
  throw usage('contract.keep-without-mock');
}

export function countOf(values: FlagValues, flag: string, { min = 0 } = {}): number | undefined {
  const text = textOf(values, flag);
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < min)
    throw usage('contract.number', { flag, min, found: text });
  return count;
}

export function jobsOf(values: FlagValues, { cores }: Pick<Kit, 'cores'>): number {
  return countOf(values, 'jobs', { min: 1 }) ?? cores;
}

/** The address of a server, without a trailing slash. */
function urlOf(values: FlagValues, flag: string): string | undefined {
  const text = textOf(values, flag);
  if (text === undefined) return undefined;
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''))
    throw usage('contract.address', { flag, found: text });
  return text.replace(/\/+$/, '').replace(/\/_mock$/, '');
}

/** A running mock with its control API. */
export interface GivenMock {
  readonly url: string;
  readonly controlUrl: string;
  readonly controlToken: string | undefined;
  readonly control: ControlCall;
  /** Throws a UsageError if there is no mock. Returns its readings that differ from those that the cases assume. */
  reach(): Promise<readonly SuiteReading[]>;
}

const CONTROL_TIMEOUT_MS = 10_000;

export function mockOf(values: FlagValues, { env }: Pick<Kit, 'env'>): GivenMock | undefined {
  const url = urlOf(values, 'mock');
  if (url === undefined) return undefined;
  const controlToken = textOf(values, 'control-token') ?? env['CMPASSPORT_CONTROL_TOKEN'];
  return mockAt(url, urlOf(values, 'control-url') ?? url, controlToken);
}

export function mockAt(url: string, controlUrl = url, controlToken?: string): GivenMock {
  const subject = httpSubject({
    baseUrl: controlUrl,
    timeoutMs: CONTROL_TIMEOUT_MS,
    keepAlive: true,
  });
  const control = controlOver(subject, { url: controlUrl, controlToken });
  const at = controlUrl === url ? '--mock' : '--control-url';
  return {
    url,
    controlUrl,
    controlToken,
    control,
    reach: () => reachMock({ at, url: controlUrl, control }),
  };
}
