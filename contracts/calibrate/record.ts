/** Records what the carrier answers to each case of the provider suite: with a token that was never issued, then with live tokens. */
import type { Operation } from '../index.js';
import type { Case } from '../kit/case.js';
import { liveCalls } from '../kit/provider.js';
import { keyOf } from '../kit/reading-cases.js';
import { runCase } from '../provider/run-case.js';
import type { RecordedAnswer } from './calibration.js';
import { freeCase } from './cases.js';
import type { Trust } from './judge.js';
import { type CalibrationOptions, recordable } from './plan.js';
import type { RequestSender } from './send-request.js';
import type { LiveControls } from './session.js';

export interface RecordOptions extends CalibrationOptions {
  readonly sender: RequestSender;
  readonly controls: LiveControls;
  /** Of the operations that are reliable. */
  readonly trusts: readonly Trust[];
  readonly rsaEncoding: 'hex' | undefined;
}

type Answers = Readonly<Record<string, RecordedAnswer>>;

interface Row {
  readonly operation: Operation;
  readonly testCase: Case;
}

/** By the id of the case. */
export async function recordAnswers(options: RecordOptions): Promise<Answers> {
  const { answers, hidden } = await recordFree(options);
  for (const { operation, code, differences } of options.controls.all())
    if (code !== undefined && differences !== undefined)
      answers[`${operation}/good`] = { code, differences };
  for (const operation of new Set(hidden.map((row) => row.operation))) {
    const own = hidden.filter((row) => row.operation === operation);
    Object.assign(answers, await recordLive(options, operation, own));
  }
  return answers;
}

/** `hidden`: an unknown token gets its own code, so what the carrier does behind its check is not known. */
async function recordFree(options: RecordOptions) {
  const answers: Record<string, RecordedAnswer> = {};
  const hidden: Row[] = [];
  for (const { operation, goodCode } of options.trusts) {
    for (const testCase of recordable(operation, options)) {
      const isFree = liveCalls(testCase) === 0;
      const unknownToken = isFree ? {} : freeCase({ case: testCase.id }, goodCode);
      const sent = { ...testCase, ...unknownToken };
      const answer = await answerTo(options, { operation, testCase: sent, live: false });
      if (!isFree && answer?.code === goodCode) hidden.push({ operation, testCase });
      else if (answer !== undefined) answers[testCase.id] = answer;
    }
  }
  return { answers, hidden };
}

/**
 * As long as calls are left, first the cases that the document decides. The answers count only if a good call succeeds before
 * and after them: tokens can expire, and an app can use up its calls.
 */
async function recordLive(
  options: RecordOptions,
  operation: Operation,
  hidden: readonly Row[],
): Promise<Answers> {
  const { spending, controls } = options;
  const isGood = async () => controls.isSuccess(await controls.of(operation));
  if (!controls.isKnown(operation) || !(await isGood())) return {};
  const answers: Record<string, RecordedAnswer> = {};
  const byWorth = hidden.toSorted((one, other) => worthOf(one.testCase) - worthOf(other.testCase));
  for (const { testCase } of byWorth) {
    const kept = spending.answered<RecordedAnswer>(testCase.id);
    const isAffordable = spending.spent() + liveCalls(testCase) + 1 <= spending.limit;
    if (kept === undefined && !isAffordable) continue;
    const answer = kept ?? (await answerTo(options, { operation, testCase, live: true }));
    if (answer === undefined) continue;
    answers[testCase.id] = answer;
    if (kept === undefined) spending.keep(testCase.id, answer);
  }
  if (Object.keys(answers).length === 0) return {};
  return controls.isSuccess(await controls.again(operation)) ? answers : {};
}

const WORTH: readonly Case['level'][] = ['MUST', 'SHOULD', 'MAY'];

function worthOf({ level }: Case): number {
  return WORTH.indexOf(level);
}

/** undefined without a usable answer. */
async function answerTo(
  options: RecordOptions,
  { operation, testCase, live }: Row & { readonly live: boolean },
): Promise<RecordedAnswer | undefined> {
  const { sender, sources, gapMs, rsaEncoding, onSent } = options;
  if (gapMs > 0) await sources.wait(gapMs);
  const provider = sender.watched({ id: testCase.id, live });
  const { code, differences } = await runCase(operation, testCase, {
    provider,
    sources,
    rsaEncoding,
  });
  onSent?.();
  if (code === undefined) return undefined;
  return { code, differences: [...new Set(differences.map(keyOf))] };
}
