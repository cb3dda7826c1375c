/** A duty is not only a label of cases: a carrier or client that neglects it fails at one of them. */
import { expect, test } from 'vitest';
import loginDuties from '../../../contracts/duties/login-token-validate.json' with { type: 'json' };
import verifyDuties from '../../../contracts/duties/token-validate.json' with { type: 'json' };
import { SCENARIO_FILES } from '../../../contracts/kit/case-files.js';
import type { Provider } from '../../../contracts/kit/provider.js';
import { runCase } from '../../../contracts/provider/run-case.js';
import { sentCheckOf } from '../../../contracts/sent/checks.js';
import { SOURCES, startEngine } from '../provider/engine-subject.js';
import { CASES } from '../wrong-carriers/run.js';
import { NEGLECTED_DUTIES } from './carrier-mistakes.js';
import { NEGLECTFUL_CLIENTS } from './client-mistakes.js';

function redeemingAlways(provider: Provider): Provider {
  return {
    ...provider,
    open: async (...args) => {
      const { control, ...caseApp } = await provider.open(...args);
      return {
        ...caseApp,
        ...(control && { control: { ...control, redeem: async () => 'granted' } }),
      };
    },
  };
}

test.each(NEGLECTED_DUTIES)(
  'a carrier that neglects $duty fails at a case of the duty',
  async (row) => {
    const { duty, wrong, redeemsAlways } = row;
    const { provider: own } = await startEngine(wrong);
    const { findingOf: _, ...provider } = redeemsAlways === true ? redeemingAlways(own) : own;
    const cases = CASES.filter(({ testCase }) => testCase.duties?.includes(duty) === true);
    let isNoticed = false;
    for (const { operation, testCase } of cases) {
      const { differences } = await runCase(operation, testCase, { provider, sources: SOURCES });
      isNoticed = differences.length > 0;
      if (isNoticed) break;
    }
    expect(
      isNoticed,
      `none of the ${cases.length} cases with the duty ${duty} notices that it is neglected`,
    ).toBe(true);
  },
);

const SENT_ROWS = SCENARIO_FILES.flatMap(({ sent, captured }) => [
  ...[...sent, ...captured].map((row) => ({ ...row, check: sentCheckOf(row.id) })),
]);

test.each(NEGLECTFUL_CLIENTS)(
  'a client that neglects $duty fails at a check of the duty',
  ({ duty, sent }) => {
    const rows = SENT_ROWS.filter(({ duties = [] }) => duties.includes(duty));
    const verdicts = rows.map(({ id, check }) => ({ id, verdict: check.judge(sent, []) }));
    const failed = verdicts.filter(({ verdict }) => !('why' in verdict) && verdict.length > 0);
    expect(
      failed.map(({ id }) => id),
      `none of the ${rows.length} checks with the duty ${duty} notices that it is neglected`,
    ).not.toEqual([]);
  },
);

test('every duty of the client and the carrier is neglected once', () => {
  const duties = [...loginDuties.duties, ...verifyDuties.duties].filter(
    ({ whose }) => whose !== 'portal',
  );
  const neglected = [...NEGLECTED_DUTIES, ...NEGLECTFUL_CLIENTS].map(({ duty }) => duty);
  expect(neglected.toSorted()).toEqual(duties.map(({ id }) => id).toSorted());
});
