/** The tables of a calibration match the kit's cases and the ambiguities. */
import { expect, test } from 'vitest';
import { controlsOf, rowOf } from '../../../contracts/calibrate/cases.js';
import { planOf } from '../../../contracts/calibrate/plan.js';
import { ACCEPTED, PROBES, TWO_MISTAKES, WINDOW } from '../../../contracts/calibrate/probes.js';
import { MISSING_FROM_PROFILE } from '../../../contracts/calibrate/reasons.js';
import { VISIBLE_READINGS } from '../../../contracts/calibrate/visible-readings.js';
import { AMBIGUITIES, RESULT_CODES } from '../../../contracts/index.js';
import { codesOf } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { liveCalls, needsOf } from '../../../contracts/kit/provider.js';
import { OPERATION_MODULES } from '../../../mock-server/carrier/engine/operations/operations.js';

const CASE_IDS = CASE_FILES.flatMap(({ cases }) => cases.map(({ id }) => id));

test('every ambiguity has probes, is visible in refusals, or has a sentence with its needs', () => {
  const known = [...PROBES, ...VISIBLE_READINGS].map(({ reading }) => reading);
  for (const { id } of AMBIGUITIES) expect([...known, ...Object.keys(MISSING_FROM_PROFILE)], id).toContain(id);
  for (const id of [...known, ...Object.keys(MISSING_FROM_PROFILE)])
    expect(AMBIGUITIES.map((row) => row.id)).toContain(id);
});

test.each(PROBES)('$reading: $case has the operation of the probe, documented codes and known options', (probe) => {
  expect(rowOf(probe.case).operation).toBe(probe.operation);
  const known = AMBIGUITIES.find(({ id }) => id === probe.reading)?.readings.map(({ option }) => option) ?? [];
  for (const [code, options] of Object.entries(probe.predicts)) {
    if (code !== ACCEPTED)
      expect(RESULT_CODES).toContainEqual(expect.objectContaining({ operation: probe.operation, resultCode: code }));
    for (const option of options) expect([...known, WINDOW]).toContain(option);
  }
});

test.each(PROBES.filter(({ liveOnly, needs }) => liveOnly !== true && needs !== 'longKey'))(
  '$reading: each code that $case predicts has a clearly bad request',
  ({ operation, predicts }) => {
    const bad = controlsOf(operation).bad.map(({ code }) => code);
    for (const code of Object.keys(predicts)) if (code !== ACCEPTED) expect(bad).toContain(code);
  },
);

test.each(TWO_MISTAKES)('$case violates $first and $second', ({ case: id, first, second }) => {
  const { operation, testCase } = rowOf(id);
  expect(testCase.then.decidedBy).toBe(first);
  const codes = [first, second].map(
    (name) => OPERATION_MODULES[operation].rules.find(({ requires }) => requires === name)?.otherwise,
  );
  expect(codesOf(testCase.then)).toEqual(codes);
});

test('the table has every precedence case that a profile can send without a live token', () => {
  const named = TWO_MISTAKES.map((row) => row.case);
  expect(named.toSorted()).toEqual(CASE_IDS.filter(isOfTwo).toSorted());
});

/** Whether the address of a request is a mistake depends on the caller; a used token needs a live one. */
const NOT_OF_TWO = ['loginTokenValidate/precedence/app-before-ip', 'loginTokenValidate/precedence/request-two-faults'];

function isOfTwo(id: string): boolean {
  const { testCase, operation } = rowOf(id);
  return (
    id.startsWith(`${operation}/precedence/`) &&
    codesOf(testCase.then).length === 2 &&
    testCase.ambiguity === undefined &&
    testCase.before === undefined &&
    !needsOf(operation, testCase).some((need) => need === 'control' || need === 'rsa') &&
    !NOT_OF_TWO.includes(id)
  );
}

test('the plan counts the calls of all its cases', () => {
  const has = new Set(['loginTokenValidate', 'tokenValidate', 'rsa', 'token'] as const);
  const { live, fallback, calls, free, notSettled } = planOf({ provider: { has }, longKey: false, disabled: [] });
  const base = PROBES.find(({ liveOnly }) => liveOnly === true);
  expect(live).toEqual([
    { reading: 'refused-call-uses-token', calls: liveCalls(rowOf(base?.case ?? '').testCase) + 3 },
  ]);
  expect(calls).toBe([...live, ...fallback].reduce((sum, one) => sum + one.calls, 2));
  expect([...free, ...live.map(({ reading }) => reading), ...notSettled].toSorted()).toEqual(
    AMBIGUITIES.map(({ id }) => id).toSorted(),
  );
});
