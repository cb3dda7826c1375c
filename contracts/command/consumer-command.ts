/** `contract consumer`: tests the user's client: the requests that it sends, and how it handles responses. */

import type { FlagValues } from '../../src/text/flags.js';
import { CARRIER_HOST, interceptionWith } from '../consumer/intercept.js';
import { reachCommand } from '../consumer/preflight.js';
import { CONSUMER_ROWS, runConsumer } from '../consumer/run-consumer.js';
import { makeFolder, type Saving } from '../consumer/save.js';
import { OF_THE_DOCUMENT } from '../kit/operations.js';
import { type Hidden, redactor, usedValues } from '../kit/redact.js';
import { usage } from '../kit/usage.js';
import {
  COMMON_FLAGS,
  countOf,
  type FlagRow,
  isKeepSet,
  jobsOf,
  langOf,
  MOCK_FLAGS,
  mockAt,
  mockOf,
  readFlagsAndFiles,
  textOf,
} from './flags.js';
import type { Kit } from './kit.js';
import { selectionOf } from './listing.js';
import { prepareReports } from './reports.js';

export const CONSUMER_FLAGS: readonly FlagRow[] = [
  [
    'timeout <s>',
    'the time limit for one run of the command; by default 60',
    '命令每次最多运行多少秒，默认 60',
  ],
  [
    'handled-status <n>',
    'the exit status of a handled refusal; any other status is a crash',
    '调用方妥善处理失败后的退出码；0 和这个以外的退出码都算崩溃',
  ],
  [
    'save <folder>',
    'write the exchanges of each failed scenario and the output of the command to files (redacted)',
    '把失败场景的请求、响应和命令的输出写成文件（已脱敏）',
  ],
  ['save-all', 'with --save: also for passed scenarios', '与 --save 一起用：通过的场景也写成文件'],
  [
    'intercept',
    'for a client with a fixed https address: the recorder is its HTTPS proxy (HTTPS_PROXY), with the CA in CMPASSPORT_CA_FILE',
    '用于写死 https 地址的调用方：录制代理充当它的 HTTPS 代理（HTTPS_PROXY），CA 证书见 CMPASSPORT_CA_FILE',
  ],
  [
    'mock <url>',
    'a running mock; by default the suite starts one',
    '运行中的模拟服务，默认自己启动一个',
  ],
  ...MOCK_FLAGS,
  ...COMMON_FLAGS,
];

const RUN_TIMEOUT_S = 60;

/** Returns the exit status. */
export async function consume(args: readonly string[], kit: Kit): Promise<number> {
  const at = args.indexOf('--');
  const [program, ...rest] = at < 0 ? [] : args.slice(at + 1);
  const { values, positionals } = readFlagsAndFiles('contract consumer', {
    rows: CONSUMER_FLAGS,
    args: at < 0 ? args : args.slice(0, at),
  });
  const [found] = positionals;
  if (found !== undefined) throw usage('consumer.command-without-dashes', { found });
  const selection = selectionOf(CONSUMER_ROWS, values, kit, OF_THE_DOCUMENT);
  if (selection === undefined) return 0;
  const { choice, rows } = selection;
  if (program === undefined) throw usage('consumer.no-command');
  const used = usedValues();
  const options = consumerOptions(values, kit, used.hidden);
  const command = [program, ...rest] as const;
  const subject = command.join(' ');
  const reports = prepareReports(values, kit, {
    ...{ suite: 'consumer', subject, count: rows.length, command },
    hidden: used.hidden,
  });
  const given = mockOf(values, kit);
  const started = given === undefined ? await kit.startMock() : undefined;
  const isIntercepting = values['intercept'] === true;
  const interception = isIntercepting
    ? interceptionWith(await kit.certificateFor(CARRIER_HOST))
    : undefined;
  try {
    const mock = given ?? mockAt(started?.url ?? '');
    used.note({ controlToken: mock.controlToken ?? '' });
    await mock.reach();
    const { keep, ...times } = options;
    const { env, sources } = kit;
    const runOptions = {
      ...choice,
      ...times,
      command,
      mock,
      env,
      sources,
      interception,
      onApp: used.note,
    };
    const { operation } = rows[0] as (typeof rows)[number];
    await reachCommand({
      ...runOptions,
      operation,
      redact: (text) => redactor(used.hidden())(text),
    });
    const { onResult, shouldStop } = reports;
    reports.begin();
    const kept = keep && { keptAppsUrl: mock.controlUrl };
    return reports.finish(await runConsumer({ ...runOptions, ...kept, onResult, shouldStop }));
  } finally {
    interception?.end();
    await started?.close();
  }
}

function savingOf(values: FlagValues, hidden: () => Hidden): Saving | undefined {
  const folder = textOf(values, 'save');
  const all = values['save-all'] === true;
  if (folder !== undefined) {
    makeFolder(folder);
    return { folder, all, redact: () => redactor(hidden()) };
  }
  if (!all) return undefined;
  throw usage('consumer.save-all');
}

function consumerOptions(values: FlagValues, kit: Kit, hidden: () => Hidden) {
  const handledStatus = countOf(values, 'handled-status', { min: 1 });
  const saving = savingOf(values, hidden);
  return {
    jobs: jobsOf(values, kit),
    ...(saving !== undefined && { saving }),
    lang: langOf(values, kit),
    keep: isKeepSet(values),
    timeoutMs: (countOf(values, 'timeout', { min: 1 }) ?? RUN_TIMEOUT_S) * 1000,
    ...(handledStatus !== undefined && { handledStatus }),
  };
}
