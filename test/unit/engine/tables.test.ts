/**
 * The tables are complete: a module for each operation, without which most other test files do not load, and a subscriber
 * for each kind of test number.
 */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { OPERATION_MODULES } from '../../../mock-server/carrier/engine/operations/operations.js';
import {
  NUMBER_FAILURES,
  type Subscriber,
} from '../../../mock-server/carrier/outcomes/test-numbers.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';

test.each(OPERATIONS)('$operation has its module', ({ operation }) => {
  expect(Object.keys(OPERATION_MODULES)).toContain(operation);
});

test('each kind of test number has a subscriber', () => {
  const used = (subscribers as readonly Subscriber[]).map(({ failure }) => failure);
  expect(
    NUMBER_FAILURES.map(({ failure }) => failure).filter((failure) => !used.includes(failure)),
  ).toEqual([]);
});
