/** The order of a carrier's checks from requests with several mistakes, also if it uses one code at several places. */
import { expect, test } from 'vitest';
import type { Mistake } from '../../contracts/calibrate/mistakes.js';
import { orderOf, type Tried } from '../../contracts/calibrate/order.js';

const mistake = (check: string, outcome: string, slot = check): Tried => ({
  ...{ operation: 'loginTokenValidate', check, slot, name: { en: check, zh: check }, when: {} },
  ...{ outcome, reply: undefined, evidence: [] },
});

/** A carrier that reports the first of these that a request has. */
function carrierWith(order: readonly Tried[]) {
  const sent: string[] = [];
  const ask = async (mistakes: readonly Mistake[]) => {
    sent.push(mistakes.map(({ check }) => check).join(' '));
    return order.find((one) => mistakes.some(({ check }) => check === one.check))?.outcome;
  };
  return { ask, sent };
}

const [A, B, C, D] = [
  mistake('a', '1'),
  mistake('b', '2'),
  mistake('c', '1'),
  mistake('d', '3'),
] as const;

test.each([
  { order: [A, B, C, D] },
  { order: [D, C, B, A] },
  { order: [B, A, D, C] },
  { order: [C, D, A, B] },
])('the order of the carrier is found: $order.0.check first', async ({ order }) => {
  const found = await orderOf(carrierWith(order).ask, [A, B, C, D]);
  // Neighbours with one code have no order.
  const codes = (all: readonly Tried[]) => all.map(({ outcome }) => outcome);
  expect(codes(found)).toEqual(codes(order));
  const before = (all: readonly Tried[], one: Tried) =>
    all.findIndex(({ check }) => check === one.check) < all.findIndex(({ check }) => check === 'b');
  for (const one of [A, C, D]) expect(before(found, one)).toBe(before(order, one));
  expect(found.every(({ isCompared }) => isCompared)).toBe(true);
});

test('a mistake that does not fit into the request with all others can be the first', async () => {
  const [empty, number] = [mistake('empty', '1', 'x'), mistake('number', '2', 'x')];
  const other = mistake('other', '1');
  const found = await orderOf(carrierWith([number, other, empty]).ask, [empty, other, number]);
  expect(found.map(({ check }) => check).indexOf('number')).toBeLessThan(
    found.map(({ check }) => check).indexOf('other'),
  );
});

test('a mistake is compared with each of two others that do not fit in one request', async () => {
  const [late, early] = [mistake('late', '2', 'x'), mistake('early', '3', 'x')];
  const order = [early, A, late];
  const found = await orderOf(carrierWith(order).ask, [A, late, early]);
  expect(found).toMatchObject(order.map(({ check }) => ({ check })));
});

test('one request for each further code, if each code has one mistake', async () => {
  const order = [A, B, D];
  const { ask, sent } = carrierWith(order);
  expect(await orderOf(ask, [D, B, A])).toMatchObject(order.map(({ check }) => ({ check })));
  expect(sent).toHaveLength(2);
});

test('damaged tokens with a code of their own are before an unknown token, the others are next to it', async () => {
  const known = mistake('tokenKnown', '9', 'token');
  const short = mistake('short', '8', 'token');
  const blank = mistake('blank', '9', 'token');
  const found = await orderOf(carrierWith([A, short, blank, known]).ask, [blank, known, short, A]);
  expect(found.map(({ check }) => check)).toEqual(['a', 'short', 'blank', 'tokenKnown']);
});

test('without a response the order stays open', async () => {
  const found = await orderOf(async () => undefined, [A, B]);
  expect(found).toMatchObject([
    { check: 'a', isCompared: false },
    { check: 'b', isCompared: false },
  ]);
});
