/** The tables of a calibration match the kit's cases and the ambiguities. */
import { expect, test } from 'vitest';
import { controlsOf, rowOf } from '../../../contracts/calibrate/cases.js';
import { byCost } from '../../../contracts/calibrate/live-phase.js';
import { MISTAKES } from '../../../contracts/calibrate/mistakes.js';
import { availableProbes, costOf, planOf } from '../../../contracts/calibrate/plan.js';
import { ACCEPTED, PROBES, REFUSED, WINDOW } from '../../../contracts/calibrate/probes.js';
import { MISSING_FROM_PROFILE } from '../../../contracts/calibrate/reasons.js';
import { TOKEN_USE } from '../../../contracts/calibrate/token-use.js';
import { VISIBLE_READINGS } from '../../../contracts/calibrate/visible-readings.js';
import { AMBIGUITIES, RESULT_CODES } from '../../../contracts/index.js';
import { OPERATIONS } from '../../../contracts/kit/operations.js';
import { checkIds } from '../../../mock-server/carrier/engine/rules.js';

/** It needs a live token. */
const OTHER_NUMBER = '001';

test('every ambiguity has probes, is visible in refusals, or has a sentence with its needs', () => {
  const known = [...[...PROBES, ...VISIBLE_READINGS].map(({ reading }) => reading), TOKEN_USE];
  for (const { id } of AMBIGUITIES)
    expect([...known, ...Object.keys(MISSING_FROM_PROFILE)], id).toContain(id);
  for (const id of [...known, ...Object.keys(MISSING_FROM_PROFILE)])
    expect(AMBIGUITIES.map((row) => row.id)).toContain(id);
});

test.each(PROBES)(
  '$reading: $case has the operation of the probe, documented codes and known options',
  (probe) => {
    expect(rowOf(probe.case).operation).toBe(probe.operation);
    const known =
      AMBIGUITIES.find(({ id }) => id === probe.reading)?.readings.map(({ option }) => option) ??
      [];
    for (const [code, options] of Object.entries(probe.predicts)) {
      if (code !== ACCEPTED && code !== REFUSED)
        expect(RESULT_CODES).toContainEqual(
          expect.objectContaining({ operation: probe.operation, resultCode: code }),
        );
      for (const option of options) expect([...known, WINDOW]).toContain(option);
    }
  },
);

test.each(PROBES.filter(({ needs }) => needs !== 'longKey'))(
  '$reading: each code that $case predicts has a clearly bad request',
  ({ operation, predicts }) => {
    const bad = controlsOf(operation).bad.map(({ code }) => code);
    for (const code of Object.keys(predicts))
      if (code !== ACCEPTED && code !== REFUSED && code !== OTHER_NUMBER)
        expect(bad).toContain(code);
  },
);

test('the mock has every check that a mistake violates, and no check has two mistakes', () => {
  for (const operation of OPERATIONS) {
    const checks = MISTAKES.filter((one) => one.operation === operation).map(({ check }) => check);
    expect(checks.filter((check) => !checkIds(operation).includes(check))).toEqual([]);
    expect(new Set(checks).size).toBe(checks.length);
  }
});

test('the readings that few calls settle are tried by their cost', () => {
  const ids = [...new Set(PROBES.map(({ reading }) => reading))].toReversed();
  const open = ids.map((id) => PROBES.filter(({ reading }) => reading === id));
  const costs = byCost({ outcomes: new Map() }, open).cheap.map(costOf);
  expect(costs.length).toBeGreaterThan(3);
  expect(costs).toEqual(costs.toSorted());
});

test('the plan has all ambiguities, and counts the calls', () => {
  const has = new Set(['loginTokenValidate', 'tokenValidate', 'rsa', 'token'] as const);
  const inputs = { provider: { has }, longKey: false, disabled: [] };
  const { calls, readings, notSettled } = planOf(inputs);
  // For each operation a good call, and two mistakes with two calls and three more if the token seems to be used.
  const own = MISTAKES.filter(({ operation }) => has.has(operation as 'tokenValidate'));
  expect(calls).toBe(22 + costOf(availableProbes(inputs)) + 3 * own.length);
  expect([...readings, TOKEN_USE, ...notSettled].toSorted()).toEqual(
    AMBIGUITIES.map(({ id }) => id).toSorted(),
  );
});
