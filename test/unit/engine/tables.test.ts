/**
 * The tables are complete: a module for each operation, without which most other test files do not load, and a subscriber
 * for each kind of test number.
 */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { OPERATION_MODULES } from '../../../mock-server/carrier/engine/operations/operations.js';
import { PERSONAS, type Subscriber } from '../../../mock-server/carrier/outcomes/personas.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';

test.each(OPERATIONS)('$operation has its module', ({ operation }) => {
  expect(Object.keys(OPERATION_MODULES)).toContain(operation);
});

test('each kind of test number has a subscriber', () => {
  const used = (subscribers as readonly Subscriber[]).map(({ persona }) => persona);
  expect(PERSONAS.map(({ persona }) => persona).filter((persona) => !used.includes(persona))).toEqual([]);
});
