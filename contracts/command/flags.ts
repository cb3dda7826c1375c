/** The flags of the kit's commands: those that several commands have, and the reader. */

import { LANGUAGES } from '../../src/text/bilingual.js';
import {
  type Flag,
  type FlagTable,
  parseFlags,
  type SwitchRow,
  type ValueRow,
  type ValuesOf,
  valuesOf,
} from '../../src/text/flags.js';
import { controlOver } from '../kit/control.js';
import { httpSubject } from '../kit/http.js';
import { OPERATIONS } from '../kit/operations.js';
import type { SuiteReading } from '../kit/result.js';
import { usage } from '../kit/usage.js';
import type { ControlCall } from '../kit/wire.js';
import { reachMock } from '../provider/preflight.js';
import {
  ADDRESS,
  count,
  FAIL_ON,
  type Kind,
  LEVELS,
  LIST,
  oneOf,
  oneOfList,
} from './flag-kinds.js';
import type { Kit } from './kit.js';

export type KitRow = (SwitchRow | ValueRow<Kind>) & {
  /** Whether the command that repeats a case has it: it affects the result. The others select cases or reports. */
  readonly isRepeated?: true;
};
export type KitRows = Readonly<Record<string, KitRow>>;

export const LANG_ROW = {
  flag: 'lang',
  value: 'en|zh',
  kind: oneOf(LANGUAGES),
  isRepeated: true,
  help: {
    en: 'the language of reports and this help; by default CMPASSPORT_LANG, then the locale',
    zh: '报告和本帮助的语言，默认看 CMPASSPORT_LANG，没有设置就看系统语言',
  },
} as const satisfies KitRow;

/** The flags of all suites. */
export const COMMON_ROWS = {
  operations: {
    flag: 'operation',
    value: 'name',
    kind: oneOfList(OPERATIONS),
    help: {
      en: `${OPERATIONS.join(', ')}, separated by commas; by default all, for the consumer suite those of the document`,
      zh: `${OPERATIONS.join('、')}，用逗号分隔；默认全部，consumer 默认只测文档里的接口`,
    },
  },
  only: {
    flag: 'only',
    value: 'ids',
    kind: LIST,
    help: {
      en: 'only these cases, separated by commas: an id, the start of ids, a part of them, or a glob such as "*/103101/*"',
      zh: '只测这些用例，用逗号分隔：完整 id、id 的开头、id 的一部分，或通配符，如 "*/103101/*"',
    },
  },
  skip: {
    flag: 'skip',
    value: 'ids',
    kind: LIST,
    help: {
      en: 'not these cases, in the same forms as --only',
      zh: '不测这些用例，写法与 --only 相同',
    },
  },
  levels: {
    flag: 'level',
    value: 'levels',
    kind: oneOfList(LEVELS),
    help: {
      en: 'MUST, SHOULD, MAY, separated by commas; by default all, for the provider suite MUST and SHOULD',
      zh: 'MUST、SHOULD、MAY，用逗号分隔；默认全部，provider 默认 MUST 和 SHOULD',
    },
  },
  list: {
    flag: 'list',
    help: {
      en: 'print the ids, levels and descriptions of the selected cases; run nothing',
      zh: '只列出所选用例的 id、级别和说明，不执行',
    },
  },
  allowNoCase: {
    flag: 'allow-no-case',
    help: {
      en: 'succeed although no case ran',
      zh: '没有执行任何用例时也算成功',
    },
  },
  failOn: {
    flag: 'fail-on',
    value: 'level',
    kind: FAIL_ON,
    isRepeated: true,
    help: {
      en: 'MUST (by default) or SHOULD: with should, a SHOULD that is not met fails too',
      zh: 'MUST（默认）或 SHOULD：写 should 时，不满足 SHOULD 也算失败',
    },
  },
  maxFailures: {
    flag: 'max-failures',
    value: 'n',
    kind: count({ min: 1 }),
    help: {
      en: 'stop after this number of failures',
      zh: '失败达到这个数量就停止',
    },
  },
  verbose: {
    flag: 'verbose',
    help: {
      en: 'print every failure completely; by default long lists are cut',
      zh: '完整输出所有失败；默认只输出长列表的一部分',
    },
  },
  deviations: {
    flag: 'deviations',
    value: 'file',
    help: {
      en: 'the list of known deviations (JSON)',
      zh: '已知偏差的清单（JSON）',
    },
  },
  junit: {
    flag: 'junit',
    value: 'file',
    help: {
      en: 'write a JUnit report (XML)',
      zh: '写出 JUnit 报告（XML）',
    },
  },
  json: {
    flag: 'json',
    value: 'file',
    help: {
      en: 'write the results as JSON',
      zh: '用 JSON 写出结果',
    },
  },
  github: {
    flag: 'github',
    help: {
      en: 'print annotations for GitHub and write the step summary; on by default if GITHUB_ACTIONS is set',
      zh: '输出 GitHub 注解，写步骤摘要；设置了 GITHUB_ACTIONS 时默认开启',
    },
  },
  lang: LANG_ROW,
} as const satisfies KitRows;
export type CommonValues = ValuesOf<typeof COMMON_ROWS>;

/** The flags of the suites that use a mock. */
export const MOCK_ROWS = {
  controlToken: {
    flag: 'control-token',
    value: 'text',
    help: {
      en: 'the control token of the mock (CMPASSPORT_CONTROL_TOKEN)',
      zh: '模拟服务的控制令牌（CMPASSPORT_CONTROL_TOKEN）',
    },
  },
  controlUrl: {
    flag: 'control-url',
    value: 'url',
    kind: ADDRESS,
    isRepeated: true,
    help: {
      en: 'the address of the control API, if that mock uses --control-port',
      zh: '控制接口的地址（模拟服务用了 --control-port 时）',
    },
  },
  jobs: {
    flag: 'jobs',
    value: 'n',
    kind: count({ min: 1 }),
    help: {
      en: 'the number of parallel cases; by default the number of cores',
      zh: '同时执行多少个用例，默认等于 CPU 核数',
    },
  },
  keep: {
    flag: 'keep',
    help: {
      en: 'with --mock: keep the apps, tokens and journals of failed cases in the mock, and print requests that can be sent unchanged',
      zh: '与 --mock 一起用：失败用例的应用、token 和请求记录留在模拟服务里，输出的请求可以直接发送',
    },
  },
} as const satisfies KitRows;

interface MockValues extends ValuesOf<typeof MOCK_ROWS> {
  /** Each suite has its own words for the flag. */
  readonly mock: string | undefined;
}

interface Arguments<Rows> {
  readonly rows: Rows;
  readonly args: readonly string[];
}

/** For a command without files. Throws a UsageError with the wrong flag. */
export function readFlags<Rows extends FlagTable<Kind>>(
  command: string,
  given: Arguments<Rows>,
): ValuesOf<Rows> {
  const { values, positionals } = readFlagsAndFiles(command, given);
  const [first] = positionals;
  if (first === undefined) return values;
  throw usage('contract.only-flags', { command, found: first });
}

/** Throws a UsageError with the wrong flag. */
export function readFlagsAndFiles<Rows extends FlagTable<Kind>>(
  command: string,
  { rows, args }: Arguments<Rows>,
) {
  const parsed = parseFlags(args, Object.values(rows));
  if ('en' in parsed) throw usage('contract.flag', { command, mistake: parsed });
  const { values, positionals } = parsed;
  return { values: valuesOf(rows, values, invalidFlag), positionals };
}

function invalidFlag({ flag, kind }: Flag & { readonly kind: Kind }, found: string) {
  return kind.mistake(flag, found);
}

/** Whether `--keep` is set. Throws a UsageError without `--mock`, because the kit's own mock ends with the run. */
export function isKeepSet({ keep, mock }: Pick<MockValues, 'keep' | 'mock'>): boolean {
  if (!keep || mock !== undefined) return keep;
  throw usage('contract.keep-without-mock');
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

export function mockOf(
  { mock: url, controlUrl, controlToken }: Pick<MockValues, 'mock' | 'controlUrl' | 'controlToken'>,
  { env }: Pick<Kit, 'env'>,
): GivenMock | undefined {
  if (url === undefined) return undefined;
  return mockAt(url, controlUrl ?? url, controlToken ?? env['CMPASSPORT_CONTROL_TOKEN']);
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
