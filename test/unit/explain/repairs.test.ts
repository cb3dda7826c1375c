/** The prediction comes true for pairs of mistakes. For each single mistake, mistakes.test.ts proves it. */
import { describe, expect, test } from 'vitest';
import { REQUIREMENTS } from '../../../mock-server/carrier/engine/requirements.js';
import { NEVER_A_CAUSE } from '../../../mock-server/explain/finding.js';
import { FINDINGS } from '../../../mock-server/explain/findings.js';
import { pairsOf, SEED } from '../../support/mistake-pairs.js';
import { MISTAKES, subjectOfMistake } from '../../support/mistakes.js';
import { expectPredictions } from '../../support/predictions.js';

const REFUSED = MISTAKES.flatMap(({ rows }) => rows).filter(({ expected }) => expected.decidedBy !== 'allMet');

describe(`two mistakes of each two kinds (seed ${SEED})`, () => {
  test.each(pairsOf(REFUSED))('$description', (row) => {
    expectPredictions(row, subjectOfMistake(row));
  });
});

test('a finding that can be a cause has a repair', () => {
  const causes = new Set(Object.values(REQUIREMENTS).flatMap(({ findings }) => findings));
  expect(
    FINDINGS.filter(({ id, repair }) => causes.has(id) === (repair === NEVER_A_CAUSE)).map(({ id }) => id),
  ).toEqual([]);
});
