/** Checks before the first scenario that the command starts, calls the given address, and ends. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { UsageError } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import { SCENARIO_FILES } from '../kit/case-files.js';
import type { Values } from '../kit/pointer.js';
import { foundIn, sentenceOf, type Trouble } from '../kit/reach.js';
import { ExchangeError } from '../kit/wire.js';
import { bilingual, couldNotStart, overdue } from '../sent/words.js';
import type { Ended } from './run-command.js';
import { openScenarioApp, type Ran, runScenario, type ScenarioRunOptions } from './run-scenario.js';

export interface CommandToReach extends ScenarioRunOptions {
  readonly operation: Operation;
  /** Redacts the output of the command. */
  readonly redact: (text: string) => string;
  readonly onApp: (values: Values) => void;
}

/** Runs the command for one plain call. Throws a UsageError if it makes no call or does not end. */
export async function reachCommand(reached: CommandToReach): Promise<void> {
  const { operation, mock, onApp } = reached;
  const scenario = SCENARIO_FILES.find((file) => file.operation === operation)?.scenarios[0];
  if (scenario === undefined) throw new TypeError(`${operation} has no scenario`);
  try {
    const scenarioApp = await openScenarioApp(mock.control, operation, scenario);
    onApp(scenarioApp.values);
    const ran = await runScenario({ operation, scenario, scenarioApp, job: 1 }, reached);
    await scenarioApp.control.remove();
    const trouble = troubleOf(ran, reached);
    if (trouble !== undefined) throw new UsageError(sentenceOf({ must: MUST, ...trouble }));
  } catch (error) {
    throw error instanceof ExchangeError ? new UsageError(foundIn(error)) : error;
  }
}

const MUST = 'the command after "--" must start, call CMPASSPORT_BASE_URL once and end';
const EMPTY = bilingual(
  'The command is empty: check that its variable is set.',
  '命令是空的：请检查其中的变量有没有设置。',
);
const NOT_FOUND = bilingual(
  'Check its path, or install it. The command has no shell: for a shell command, write -- bash -c "…".',
  '请检查路径，没有安装时请先安装；命令不经过 shell，shell 命令请写成 -- bash -c "…"。',
);
const NOT_RUN = bilingual(
  'Check its path and permissions. For a shell command, write -- bash -c "…".',
  '请检查路径和执行权限；shell 命令请写成 -- bash -c "…"。',
);
const END_IT = bilingual(
  'The command must end after its call. To allow more time, set --timeout.',
  '请让它调用后就结束，或用 --timeout 延长时限。',
);

function troubleOf(
  { ended, sent, limitMs }: Ran,
  { command, operation, redact }: CommandToReach,
): Omit<Trouble, 'must'> | undefined {
  if (ended.kind === 'not started')
    return {
      found: couldNotStart(command[0], ended.why),
      remedy: remedyFor(command[0], ended.why),
    };
  if (ended.kind === 'overdue') {
    const { en, zh } = overdue(limitMs);
    return { found: { en, zh: `命令在 ${zh}` }, remedy: END_IT };
  }
  return sent.length > 0
    ? undefined
    : { found: noCallText(ended, redact), remedy: readVariables(operation) };
}

function remedyFor(program: string, why: string): Bilingual {
  if (program === '') return EMPTY;
  if (why !== 'ENOENT') return NOT_RUN;
  // The whole command is one word.
  return /\s/.test(program)
    ? bilingual(
        `The command has no shell: write -- ${program}, or -- bash -c ${JSON.stringify(program)}.`,
        `命令不经过 shell，请写成 -- ${program}，或 -- bash -c ${JSON.stringify(program)}。`,
      )
    : NOT_FOUND;
}

const QUOTED_OUTPUT_LENGTH_MAX = 300;

function noCallText(ended: Ended, redact: (text: string) => string): Bilingual {
  const end =
    ended.kind === 'exited' ? ended.status : ended.kind === 'killed' ? ended.signal : ended.kind;
  const zhEnd = ended.kind === 'exited' ? `退出码 ${end}` : end;
  const wrote = redact(ended.output).slice(-QUOTED_OUTPUT_LENGTH_MAX);
  return bilingual(
    `no request before it ended (${end})${wrote === '' ? '' : `; its output: ${wrote}`}`,
    `命令没有向 CMPASSPORT_BASE_URL 发请求就结束了（${zhEnd}）${wrote === '' ? '' : `，输出：${wrote}`}`,
  );
}

function readVariables(operation: Operation): Bilingual {
  return bilingual(
    `It must read CMPASSPORT_BASE_URL, CMPASSPORT_OPERATION (here ${operation}), CMPASSPORT_TOKEN and the credentials: see docs/contract.md#a-consumer. If the client has only one operation, set --operation; if its https address is fixed, set --intercept.`,
    `它需要读取 CMPASSPORT_BASE_URL、CMPASSPORT_OPERATION（此处为 ${operation}）、CMPASSPORT_TOKEN 和凭据，见 docs/contract.zh-CN.md。只实现了一个接口时请加 --operation；https 地址写死时请加 --intercept。`,
  );
}
