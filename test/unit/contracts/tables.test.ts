/** The kit and the server have separate tables, made from the document. They are equal. */
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

test('each description has the words of the document without the text in brackets', () => {
  const ours = OPERATIONS.flatMap(({ operation }) => RESULTS[operation].map(({ desc }) => desc));
  expect(judged.results.map(({ document }) => document.replace(/（.*）$/, ''))).toEqual(ours);
});

test('each reading has a row in the ambiguities, with the same options, default and basis', () => {
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
