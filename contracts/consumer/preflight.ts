/** Checks before the first scenario that the command starts, calls the given address, and ends. */

import type { Words } from '../../src/text/bilingual.js';
import type { UsageError } from '../../src/text/usage-error.js';
import type { Operation } from '../index.js';
import { SCENARIO_FILES } from '../kit/case-files.js';
import type { Values } from '../kit/pointer.js';
import { foundIn } from '../kit/reach.js';
import { usage } from '../kit/usage.js';
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
    const mistake = mistakeIn(ran, reached);
    if (mistake !== undefined) throw mistake;
  } catch (error) {
    throw error instanceof ExchangeError
      ? usage('consumer.mock-failed', { reason: foundIn(error) })
      : error;
  }
}

function mistakeIn(
  { ended, sent, limitMs }: Ran,
  { command, operation, redact }: CommandToReach,
): UsageError | undefined {
  if (ended.kind === 'not started') return notStarted(command[0], ended.why);
  if (ended.kind === 'overdue') return usage('consumer.overdue', { failure: overdue(limitMs) });
  if (sent.length > 0) return undefined;
  const output = outputText(redact(ended.output));
  return usage('consumer.no-call', { end: endText(ended), output, operation });
}

function notStarted(program: string, why: string): UsageError {
  const failure = couldNotStart(program, why);
  if (program === '') return usage('consumer.empty-command', { failure });
  if (why !== 'ENOENT') return usage('consumer.command-not-run', { failure });
  // The whole command is one word. It is quoted completely, to be copied.
  if (/\s/.test(program))
    return usage('consumer.shell-command', { failure, program, quoted: JSON.stringify(program) });
  return usage('consumer.command-not-found', { failure });
}

function endText(ended: Exclude<Ended, { readonly kind: 'not started' | 'overdue' }>): Words {
  return ended.kind === 'exited'
    ? bilingual(String(ended.status), `退出码 ${ended.status}`)
    : ended.signal;
}

const QUOTED_OUTPUT_LENGTH_MAX = 300;

function outputText(output: string): Words {
  const end = output.slice(-QUOTED_OUTPUT_LENGTH_MAX);
  return end === '' ? '' : bilingual(`; its output: ${end}`, `，输出：${end}`);
}
