/** `contract consumer`: tests the user's client: the requests that it sends, and how it handles responses. */

import type { ValuesOf } from '../../src/text/flags.js';
import { CARRIER_NAMES, type Interception, interceptionWith } from '../consumer/intercept.js';
import { reachCommand } from '../consumer/preflight.js';
import { runConsumer, CONSUMER_ROWS as SCENARIOS } from '../consumer/run-consumer.js';
import { makeFolder, type Saving } from '../consumer/save.js';
import { OF_THE_DOCUMENT } from '../kit/operations.js';
import { type Hidden, redactor, usedValues } from '../kit/redact.js';
import { usage } from '../kit/usage.js';
import { ADDRESS, count } from './flag-kinds.js';
import {
  COMMON_ROWS,
  type GivenMock,
  isKeepSet,
  type KitRows,
  MOCK_ROWS,
  mockAt,
  mockOf,
  readFlagsAndFiles,
} from './flags.js';
import type { Kit } from './kit.js';
import { selectionOf } from './listing.js';
import { prepareReports } from './reports.js';

export const CONSUMER_ROWS = {
  timeout: {
    flag: 'timeout',
    value: 's',
    kind: count({ min: 1 }),
    isRepeated: true,
    help: {
      en: 'the time limit for one run of the command; by default 60',
      zh: '命令每次最多运行多少秒，默认 60',
    },
  },
  handledStatus: {
    flag: 'handled-status',
    value: 'n',
    kind: count({ min: 1 }),
    isRepeated: true,
    help: {
      en: 'the exit status of a handled refusal; any other status is a crash',
      zh: '调用方妥善处理失败后的退出码；0 和这个以外的退出码都算崩溃',
    },
  },
  save: {
    flag: 'save',
    value: 'folder',
    help: {
      en: 'write the exchanges of each failed scenario and the output of the command to files (redacted)',
      zh: '把失败场景的请求、响应和命令的输出写成文件（已脱敏）',
    },
  },
  saveAll: {
    flag: 'save-all',
    help: {
      en: 'with --save: also for passed scenarios',
      zh: '与 --save 一起用：通过的场景也写成文件',
    },
  },
  intercept: {
    flag: 'intercept',
    isRepeated: true,
    help: {
      en: 'for a client with a fixed https address: the recorder is its HTTPS proxy (HTTPS_PROXY), with the CA in CMPASSPORT_CA_FILE',
      zh: '用于写死 https 地址的调用方：录制代理充当它的 HTTPS 代理（HTTPS_PROXY），CA 证书见 CMPASSPORT_CA_FILE',
    },
  },
  mock: {
    flag: 'mock',
    value: 'url',
    kind: ADDRESS,
    isRepeated: true,
    help: {
      en: 'a running mock; by default the suite starts one',
      zh: '运行中的模拟服务，默认自己启动一个',
    },
  },
  ...MOCK_ROWS,
  ...COMMON_ROWS,
} as const satisfies KitRows;

type ConsumerValues = ValuesOf<typeof CONSUMER_ROWS>;

const RUN_TIMEOUT_S = 60;

/** Returns the exit status. */
export async function consume(args: readonly string[], kit: Kit): Promise<number> {
  const { own, command } = splitAtDashes(args);
  const values = readOwnFlags(own);
  const selection = selectionOf(SCENARIOS, values, kit, { operations: OF_THE_DOCUMENT });
  if (selection === undefined) return 0;
  if (command === undefined) throw usage('consumer.no-command');
  const used = usedValues();
  const { keep, ...options } = consumerOptions(values, kit, used.hidden);
  const reports = prepareReports(values, kit, {
    suite: 'consumer',
    flags: CONSUMER_ROWS,
    subject: command.join(' '),
    count: selection.rows.length,
    command,
    hidden: used.hidden,
  });
  const { mock, close } = await openMock(values, kit);
  const interception = await interceptionOf(values, kit);
  try {
    used.note({ controlToken: mock.controlToken ?? '' });
    await mock.reach();
    const run = { ...selection.choice, ...options, command, mock, interception, onApp: used.note };
    const [{ operation }] = selection.rows;
    const redact = (text: string) => redactor(used.hidden())(text);
    await reachCommand({ ...run, operation, redact });
    reports.begin();
    const { onResult, shouldStop } = reports;
    const kept = keep && { keptAppsUrl: mock.controlUrl };
    return reports.finish(await runConsumer({ ...run, ...kept, onResult, shouldStop }));
  } finally {
    interception?.end();
    await close();
  }
}

interface SplitArguments {
  readonly own: readonly string[];
  /** What is after the dashes. */
  readonly command: readonly [program: string, ...args: string[]] | undefined;
}

function splitAtDashes(args: readonly string[]): SplitArguments {
  const at = args.indexOf('--');
  if (at === -1) return { own: args, command: undefined };
  const [program, ...rest] = args.slice(at + 1);
  return {
    own: args.slice(0, at),
    command: program === undefined ? undefined : [program, ...rest],
  };
}

function readOwnFlags(args: readonly string[]): ConsumerValues {
  const { values, positionals } = readFlagsAndFiles('contract consumer', {
    rows: CONSUMER_ROWS,
    args,
  });
  const [found] = positionals;
  if (found !== undefined) throw usage('consumer.command-without-dashes', { found });
  return values;
}

interface OpenMock {
  readonly mock: GivenMock;
  close(): Promise<void>;
}

/** The mock of `--mock`, or one that runs until the suite has ended. */
async function openMock(values: ConsumerValues, kit: Kit): Promise<OpenMock> {
  const given = mockOf(values, kit);
  if (given !== undefined) return { mock: given, close: async () => undefined };
  const started = await kit.startMock();
  return { mock: mockAt(started.url), close: () => started.close() };
}

async function interceptionOf(values: ConsumerValues, kit: Kit): Promise<Interception | undefined> {
  if (!values.intercept) return undefined;
  return interceptionWith(await kit.certificateFor(CARRIER_NAMES));
}

function savingOf(values: ConsumerValues, hidden: () => Hidden): Saving | undefined {
  const { save: folder, saveAll: all } = values;
  if (folder !== undefined) {
    makeFolder(folder);
    return { folder, all, redact: () => redactor(hidden()) };
  }
  if (!all) return undefined;
  throw usage('consumer.save-all');
}

function consumerOptions(values: ConsumerValues, kit: Kit, hidden: () => Hidden) {
  const { env, sources } = kit;
  const { handledStatus, jobs = kit.cores, lang = kit.language, timeout = RUN_TIMEOUT_S } = values;
  const saving = savingOf(values, hidden);
  return {
    env,
    sources,
    jobs,
    ...(saving !== undefined && { saving }),
    lang,
    keep: isKeepSet(values),
    timeoutMs: timeout * 1000,
    ...(handledStatus !== undefined && { handledStatus }),
  };
}
