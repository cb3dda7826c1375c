/** The judge and the judged have tables of their own, made from the document apart from each other: they say the same. */
import { expect, test } from 'vitest';
import ambiguities from '../../../contracts/ambiguities.json' with { type: 'json' };
import judged from '../../../contracts/result-codes.json' with { type: 'json' };
import { READINGS } from '../../../mock-server/carrier/engine/readings.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';

test('the result codes are the same, in the same order, with the same charges', () => {
  const ours = OPERATIONS.flatMap(({ operation }) =>
    RESULTS[operation].map(({ code, charged }) => ({ operation, resultCode: code, charged })),
  );
  expect(judged.results.map(({ operation, resultCode, charged }) => ({ operation, resultCode, charged }))).toEqual(
    ours,
  );
});

test('each description is the words of the document without its brackets', () => {
  const ours = OPERATIONS.flatMap(({ operation }) => RESULTS[operation].map(({ desc }) => desc));
  expect(judged.results.map(({ document }) => document.replace(/（.*）$/, ''))).toEqual(ours);
});

test('each reading has a row among the ambiguities, with its options, its default first, and its basis', () => {
  const ours = READINGS.map((row) => ({
    id: row.id,
    options: [...row.options, ...('pattern' in row ? ['window:<duration>'] : [])],
    default: row.options[0],
    basis: row.basis,
  }));
  const theirs = ambiguities.ambiguities.map((row) => ({
    id: row.id,
    options: row.readings.map(({ option }) => option),
    default: row.default,
    basis: row.basis,
  }));
  expect(theirs).toEqual(ours);
});
