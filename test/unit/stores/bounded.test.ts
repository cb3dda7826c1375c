/** The bounded map and the bounded log, compared with simple models. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoundedLog, BoundedMap, journalShare } from '../../../mock-server/carrier/store/bounded.js';

const SEED = 20261125;

describe('bounded map', () => {
  const steps = fc.array(
    fc.record({ kind: fc.constantFrom('set', 'set', 'set', 'delete'), id: fc.constantFrom(...'abcdefgh') }),
    { maxLength: 60 },
  );

  test('behaves like a list that drops its first entries', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), steps, (entriesMax, history) => {
        const map = new BoundedMap<number>(entriesMax);
        let model: Model = [];
        for (const [value, { kind, id }] of history.entries()) {
          if (kind === 'set') map.set(id, value);
          else map.delete(id);
          const without = model.filter(([known]) => known !== id);
          model = kind === 'delete' ? without : afterSet(model, [id, value]).slice(-entriesMax);
          expect([...map.entries]).toEqual(model);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('drops spent entries first', () => {
    const map = new BoundedMap<number>(4, (value) => value % 2 === 1);
    for (const value of [0, 2, 3, 5]) map.set(`t${value}`, value);
    for (const value of [4, 6, 8]) map.set(`t${value}`, value);
    expect([...map.entries.values()]).toEqual([2, 4, 6, 8]);
  });
});

describe('bounded log', () => {
  const labels = fc.array(fc.constantFrom('x', 'y', '__proto__'), { maxLength: 60 });
  const bounds = fc.integer({ min: 1, max: 6 });
  const newLog = (recordsMax: number) => new BoundedLog<string>(recordsMax);

  test('behaves like a list that drops its first entries', () => {
    fc.assert(
      fc.property(bounds, labels, (recordsMax, appended) => {
        const log = newLog(recordsMax);
        for (const [at, label] of appended.entries()) {
          log.append(label);
          const kept = appended.slice(Math.max(0, at + 1 - recordsMax), at + 1);
          expect(log.view()).toEqual({
            records: kept.toReversed(),
            appended: at + 1,
            evicted: at + 1 - kept.length,
          });
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('and its copy are independent, and each behaves like one that was never copied', () => {
    fc.assert(
      fc.property(bounds, labels, labels, (recordsMax, before, after) => {
        const [log, twin] = [newLog(recordsMax), newLog(recordsMax)];
        for (const each of [log, twin]) for (const label of before) each.append(label);
        const copy = log.copy();
        for (const label of after) {
          copy.append(label);
          twin.append(label);
          log.append('z');
        }
        expect(copy.view()).toEqual(twin.view());
        expect(log.view().appended).toBe(before.length + after.length);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

test.each([
  { description: 'all fit', counts: [4, 5], totalMax: 9, expected: Number.POSITIVE_INFINITY },
  { description: 'one loses what is above nine tenths and more', counts: [17], totalMax: 16, expected: 15 },
  { description: 'small ones stay, large ones share the rest', counts: [2, 40, 30], totalMax: 32, expected: 14 },
  { description: 'there are more journals than records', counts: [1, 1, 2], totalMax: 2, expected: 1 },
])('the share of a journal if $description is $expected', ({ counts, totalMax, expected }) => {
  expect(journalShare(counts, totalMax)).toBe(expected);
});

/** Oldest first. */
type Model = readonly (readonly [string, number])[];

/** An entry that is written again keeps its position. */
function afterSet(model: Model, entry: Model[number]): Model {
  const known = model.some(([id]) => id === entry[0]);
  return known ? model.map((each) => (each[0] === entry[0] ? entry : each)) : [...model, entry];
}
