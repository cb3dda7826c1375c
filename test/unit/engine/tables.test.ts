/** The tables are complete: a subscriber for each kind of test number, and a rule for each requirement. */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { moduleOf } from '../../../mock-server/carrier/engine/operations/operations.js';
import type { Subscriber } from '../../../mock-server/carrier/outcomes/test-numbers.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { REQUIREMENT_IDS } from '../../../src/protocol/requirements.js';
import { NUMBER_FAILURES } from '../../../src/protocol/test-numbers.js';

test('each kind of test number has a subscriber', () => {
  const used = (subscribers as readonly Subscriber[]).map(({ failure }) => failure);
  expect(
    NUMBER_FAILURES.map(({ failure }) => failure).filter((failure) => !used.includes(failure)),
  ).toEqual([]);
});

test('each requirement is in a rule of an operation', () => {
  const used = OPERATIONS.flatMap(({ operation }) => moduleOf(operation).rules);
  expect(REQUIREMENT_IDS.filter((id) => !used.some(({ requires }) => requires === id))).toEqual([]);
});
