/** Where the mistakes stand that an unknown token hides: next to what a live call showed of the same kind. */
import { expect, test } from 'vitest';
import { LIVE_PROBES } from '../../contracts/calibrate/live-probes.js';
import { MISTAKES } from '../../contracts/calibrate/mistakes.js';
import type { Ordered } from '../../contracts/calibrate/order.js';
import { withHidden } from '../../contracts/calibrate/placing.js';

const mistakeOf = (check: string) => {
  const found = MISTAKES.find(
    (one) => one.operation === 'loginTokenValidate' && one.check === check,
  );
  if (found === undefined) throw new Error(`no mistake ${check}`);
  return { ...found, evidence: [] };
};
const known = (check: string, outcome: string): Ordered => ({
  ...{ ...mistakeOf('signValid'), check, outcome, reply: undefined, isCompared: true },
});
const TOKEN = known('tokenKnown', '104201');

function placed(ordered: readonly Ordered[], hidden: readonly string[]) {
  return withHidden([TOKEN, ...ordered], hidden.map(mistakeOf)).ordered.map(
    ({ check, outcome }) => `${check} ${outcome}`,
  );
}

test('without live calls they are in the order of the document, after the token', () => {
  expect(
    placed([], ['signValid', 'parametersValid/version.value', 'parametersValid/version.missing']),
  ).toEqual([
    'tokenKnown 104201',
    'parametersValid/version.missing afterToken',
    'parametersValid/version.value afterToken',
    'signValid afterToken',
  ]);
});

test('a value has the code and the place of another value', () => {
  const seen = [known('signValid', '103101'), known('parametersValid/strictCheck.value', '105313')];
  expect(placed(seen, ['parametersValid/version.value']).slice(1)).toEqual([
    'signValid 103101',
    'parametersValid/strictCheck.value 105313',
    'parametersValid/version.value 105313',
  ]);
});

test.each([
  { code: '103119', first: 'parametersValid/appId.missing 103119', app: 'appKnown 103119' },
  { code: '103414', first: 'parametersValid/appId.missing 103414', app: 'appKnown afterToken' },
])('an unknown app is with a missing appId, if that is no missing parameter: $code', (row) => {
  const seen = [
    known('parametersValid/appId.missing', row.code),
    known('parametersValid/version.missing', '103414'),
    known('signValid', '103101'),
  ];
  const all = placed(seen, ['appKnown']);
  expect(all[1]).toBe(row.first);
  expect(all).toContain(row.app);
  expect(all.indexOf(row.app)).toBeLessThan(all.indexOf('signValid 103101'));
});

test('what carriers often accept counts as accepted', () => {
  const { ordered, accepted } = withHidden([TOKEN], [mistakeOf('parametersValid/unknownField')]);
  expect(ordered).toEqual([TOKEN]);
  expect(accepted).toMatchObject([{ outcome: 'accepted', isCompared: false }]);
});

test('each probe has mistakes, and its own name', () => {
  expect(new Set(LIVE_PROBES.map(({ id }) => id)).size).toBe(LIVE_PROBES.length);
  for (const { id, checks } of LIVE_PROBES)
    expect(
      MISTAKES.some(({ check }) => checks.test(check)),
      id,
    ).toBe(true);
});
