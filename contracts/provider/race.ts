/** Simultaneous calls: with one token exactly one succeeds, and with a quota as many as it allows. The document, 2. */

import { parsedJson } from '../../src/text/shown-json.js';
import { type Case, codesOf, type Simultaneous } from '../kit/case.js';
import { resultCodeIn } from '../kit/operations.js';
import { callCount, clauseOf, type Difference, RACE, weaker } from '../kit/result.js';
import { type MadeCall, type Progress, prepareCall, type Running } from '../kit/send-case.js';
import { answerDifferences } from './check-answer.js';

/** A case, whose expectations are known. */
export interface Judging extends Running {
  readonly testCase: Case;
}

export interface Raced {
  /** The call that the report shows. */
  readonly call: MadeCall;
  readonly differences: readonly Difference[];
}

export async function runRace(race: Judging, simultaneous: Simultaneous, before: Progress): Promise<Raced> {
  const { operation, testCase, provider } = race;
  const prepared: Omit<MadeCall, 'answer'>[] = [];
  for (let count = 0; count < simultaneous.calls; count += 1) {
    const issued = simultaneous.token === 'new' && count > 0 ? await race.caseApp.newToken() : before.issued;
    prepared.push(await prepareCall(race, testCase.when ?? {}, { ...before, issued }));
  }
  const subject = provider.subject(operation);
  const calls = await Promise.all(
    prepared.map(async (call) => ({ ...call, answer: await subject.send(call.request.wire) })),
  );
  const { succeed } = simultaneous;
  const isSuccess = ({ answer }: MadeCall) => resultCodeIn(operation, parsedJson(answer.body)) === succeed.resultCode;
  const successes = calls.filter(isSuccess);
  const surplus = successes[succeed.calls];
  return {
    call: surplus ?? calls.find((call) => !isSuccess(call)) ?? (calls[0] as MadeCall),
    differences: [
      ...countDifference(testCase, simultaneous, successes.length),
      ...calls.flatMap((call) => callDifferences(race, simultaneous, call)),
    ],
  };
}

/** The document forbids a second success. It does not require that a call succeeds if another uses the same token. */
function countDifference(testCase: Case, { succeed }: Simultaneous, count: number): readonly Difference[] {
  if (count === succeed.calls) return [];
  return [
    {
      about: RACE,
      name: { en: `simultaneous calls with ${succeed.resultCode}`, zh: `同时调用中得到 ${succeed.resultCode} 的` },
      expected: callCount(succeed.calls),
      received: callCount(count),
      ...(count < succeed.calls && { clause: unstated(testCase) }),
    },
  ];
}

function callDifferences(race: Judging, { succeed }: Simultaneous, call: MadeCall): readonly Difference[] {
  const { operation, testCase } = race;
  const then = { resultCode: [...codesOf(testCase.then), succeed.resultCode] };
  const differences = answerDifferences({
    ...call,
    operation,
    testCase: { ...testCase, then },
    sent: call.request.sent,
    answerBefore: undefined,
    firstOnly: false,
  });
  // A carrier may have another refusal for calls that are in each other's way.
  return differences.map((difference) => ({ clause: unstated(testCase), ...difference }));
}

function unstated(testCase: Case) {
  return weaker(testCase, clauseOf('assumed', testCase.source));
}
