/** Test numbers. */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { PERSONAS, type Subscriber } from '../../../mock-server/carrier/outcomes/personas.js';

test('each kind of test number has a subscriber', () => {
  const used = (subscribers as readonly Subscriber[]).map(({ persona }) => persona);
  expect(PERSONAS.map(({ persona }) => persona).filter((persona) => !used.includes(persona))).toEqual([]);
});
