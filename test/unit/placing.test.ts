/** Where the mistakes stand that an unknown token hides: in the order of the document. */
import { expect, test } from 'vitest';
import { MISTAKES } from '../../contracts/calibrate/mistakes.js';
import type { Ordered } from '../../contracts/calibrate/order.js';
import { withHidden } from '../../contracts/calibrate/precedence.js';

const mistakeOf = (check: string) => {
  const found = MISTAKES.find(
    (one) => one.operation === 'loginTokenValidate' && one.check === check,
  );
  if (found === undefined) throw new Error(`no mistake ${check}`);
  return { ...found, evidence: [] };
};
const known = (check: string, outcome: string): Ordered => ({
  ...{ ...mistakeOf('signValid'), check, outcome, isCompared: true },
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

test('they are among what live calls showed, in the order of the document', () => {
  const seen = [known('parametersValid/version.missing', '103414'), known('signValid', '103101')];
  expect(placed(seen, ['appKnown'])).toEqual([
    'tokenKnown 104201',
    'parametersValid/version.missing 103414',
    'appKnown afterToken',
    'signValid 103101',
  ]);
});

test('what carriers often accept counts as accepted', () => {
  const { ordered, accepted } = withHidden([TOKEN], [mistakeOf('parametersValid/unknownField')]);
  expect(ordered).toEqual([TOKEN]);
  expect(accepted).toMatchObject([{ outcome: 'accepted', isCompared: false }]);
});
