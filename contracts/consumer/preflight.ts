/** Before the first scenario: whether the command starts, calls the address that it is given, and ends. */
import { UsageProblem } from '../command/usage-problem.js';
import type { Operation } from '../index.js';
import { sentenceOf } from '../provider/reach.js';
import { ExchangeError } from '../provider/subject.js';
import { SCENARIO_FILES } from '../scenarios/scenario-files.js';
import type { Values } from '../sign/template.js';
import type { Ended } from './run-command.js';
import { runScenario, type ScenarioMeans } from './run-scenario.js';
import { type Bilingual, bilingual, couldNotStart, overdue } from './words.js';
import { openWorld } from './world.js';

export interface CommandToReach extends ScenarioMeans {
  readonly operation: Operation;
  /** Takes what must not be shown out of what the command wrote. */
  readonly redact: (text: string) => string;
  readonly onWorld: (values: Values) => void;
}

/** One plain call. Throws a UsageProblem for a command that makes none, or does not end. */
export async function reachCommand(reached: CommandToReach): Promise<void> {
  const { operation, mock, onWorld } = reached;
  const scenario = SCENARIO_FILES.find((file) => file.operation === operation)?.scenarios[0];
  if (scenario === undefined) throw new TypeError(`there is no scenario of ${operation}`);
  try {
    const world = await openWorld(mock.control, operation, scenario);
    onWorld(world.values);
    const { ended, sent, limitMs } = await runScenario({ operation, scenario, world, job: 1 }, reached);
    await world.control.remove();
    const trouble = troubleOf(ended, { reached, calls: sent.length, limitMs });
    if (trouble !== undefined) throw new UsageProblem(sentenceOf(MUST, ...trouble));
  } catch (error) {
    throw error instanceof ExchangeError ? new UsageProblem(error.message) : error;
  }
}

const MUST = bilingual(
  'the command behind "--" must start, call CMPASSPORT_BASE_URL once and end',
  '“--” 之后的命令应能启动，向 CMPASSPORT_BASE_URL 调用一次，然后结束',
);
const CHECK_COMMAND = bilingual(
  'Check the path and that it may be executed; a line of shell is given as -- bash -c "…".',
  '请检查路径和执行权限；一行 shell 命令请写成 -- bash -c "…"。',
);
const END_IT = bilingual(
  'Let it end after its call, or allow it more with --timeout.',
  '请让它调用后结束，或用 --timeout 放宽限制。',
);

interface Attempt {
  readonly reached: CommandToReach;
  readonly calls: number;
  readonly limitMs: number;
}

type Trouble = readonly [found: Bilingual, remedy: Bilingual];

function troubleOf(ended: Ended, { reached, calls, limitMs }: Attempt): Trouble | undefined {
  const { command, operation, redact } = reached;
  if (ended.kind === 'not started') return [couldNotStart(command[0], ended.why), CHECK_COMMAND];
  if (ended.kind === 'overdue') return [overdue(limitMs), END_IT];
  return calls > 0 ? undefined : [noCall(ended, redact), readVariables(operation)];
}

const OUTPUT_LENGTH_MAX = 300;

function noCall(ended: Ended, redact: (text: string) => string): Bilingual {
  const end = ended.kind === 'exited' ? ended.status : ended.kind === 'killed' ? ended.signal : ended.kind;
  const wrote = redact(ended.output).slice(-OUTPUT_LENGTH_MAX);
  return bilingual(
    `no request of it before it ended (${end})${wrote === '' ? '' : `; it wrote: ${wrote}`}`,
    `它没有发出请求就结束了（${end}）${wrote === '' ? '' : `，输出：${wrote}`}`,
  );
}

function readVariables(operation: Operation): Bilingual {
  return bilingual(
    `It has to read CMPASSPORT_BASE_URL, CMPASSPORT_OPERATION (here ${operation}), CMPASSPORT_TOKEN and the credentials: docs/contract.md#a-consumer. A client that has one operation is given --operation.`,
    `它需要读取 CMPASSPORT_BASE_URL、CMPASSPORT_OPERATION（此处为 ${operation}）、CMPASSPORT_TOKEN 和凭证，见 docs/contract.zh-CN.md。只实现一个接口的客户端请加 --operation。`,
  );
}
