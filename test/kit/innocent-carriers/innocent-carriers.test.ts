/** A carrier that breaks no sentence of the document fails at no case: a failure is a MUST, and a MUST is documented. */
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { needsOf, type Provider } from '../../../contracts/kit/provider.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import type { Subject, WireAnswer, WireRequest } from '../../../contracts/kit/wire.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { targetOf } from '../calibrate/target.js';
import { SOURCES, startEngine } from '../provider/engine-subject.js';
import { CASES, type CaseRow, changesApp } from '../wrong-carriers/run.js';
import { INNOCENT_CARRIERS, type InnocentCarrier } from './innocent-carriers.js';

/** What a carrier shows without a control API, and all cases with an accessToken. */
const SHOWN = CASES.filter(
  ({ operation, testCase }) =>
    !needsOf(operation, testCase).includes('control') ||
    testCase.then.present?.includes('/body/accessToken') === true,
);

const SAMPLE_STEP = 4;

type Exchange = readonly [answer: WireAnswer, request: WireRequest];
type Send = (request: WireRequest) => Promise<WireAnswer>;

/** What our own carrier answers in each case: a carrier that changes none of it shows nothing there. */
const exchanges = new Map<CaseRow, readonly Exchange[]>();

beforeAll(async () => {
  const seen: Exchange[] = [];
  await resultsAt(
    SHOWN,
    (send) => async (request) => {
      const answer = await send(request);
      seen.push([answer, request]);
      return answer;
    },
    (row) => exchanges.set(row, seen.splice(0)),
  );
});

// Not test.each, which cuts long names.
for (const [turn, { does, change }] of INNOCENT_CARRIERS.entries()) {
  test(`a carrier that ${does} fails at no case`, () => expectNoFailure(change, turn));
}

/** All documented cases, and in turn a part of the others: only a sentence of the document can accuse. */
async function expectNoFailure(change: InnocentCarrier['change'], turn: number): Promise<void> {
  const isChanged = ([answer, request]: Exchange) =>
    !isDeepStrictEqual(change(answer, request), answer);
  const cases = SHOWN.filter(
    ({ testCase: { basis } }, at) => basis === 'documented' || (at + turn) % SAMPLE_STEP === 0,
  ).filter((row) => exchanges.get(row)?.some(isChanged));
  expect(cases).not.toEqual([]);
  const results = await resultsAt(
    cases,
    (send) => async (request) => change(await send(request), request),
  );
  const accused = results.filter(({ status }) => status === 'fail' || status === 'error');
  expect(accused.map(({ id, differences }) => `${id}: ${differences.map(({ at }) => at)}`)).toEqual(
    [],
  );
}

/** The results of the cases at our carrier, with other answers. */
async function resultsAt(
  cases: readonly CaseRow[],
  answering: (send: Send) => Send,
  onEnd: (row: CaseRow) => void = () => {},
): Promise<readonly CaseResult[]> {
  const subject = (own: Subject): Subject => ({ send: answering(own.send) });
  const [shared, own] = [await targetOf({ subject }), await withControl(subject)];
  const results: CaseResult[] = [];
  for (const row of cases) {
    const provider = changesApp(row) ? own : shared;
    results.push(await runCase(row.operation, row.testCase, { provider, sources: SOURCES }));
    onEnd(row);
  }
  return results;
}

async function withControl(subject: (own: Subject) => Subject): Promise<Provider> {
  const { findingOf: _, ...own } = (await startEngine()).provider;
  // Any carrier: where a case accepts several codes, each is correct.
  return { ...own, isMock: false, subject: (operation) => subject(own.subject(operation)) };
}
