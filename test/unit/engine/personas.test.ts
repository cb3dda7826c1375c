/** Test numbers: the requirement that each of them fails. */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { PERSONAS, type Subscriber, unmetByPersona } from '../../../mock-server/carrier/outcomes/personas.js';

test.each([
  { persona: 'serviceDown', expected: ['serviceUp'] },
  { persona: 'tokenServiceDown', expected: ['tokenServiceUp'] },
  { persona: 'numberNotObtained', expected: ['numberObtained'] },
] as const)('a $persona number fails $expected', ({ persona, expected }) => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile', persona })).toEqual(expected);
});

test('an ordinary number fails no requirement', () => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile' })).toEqual([]);
  expect(unmetByPersona(undefined)).toEqual([]);
});

test('each kind of test number has a subscriber', () => {
  const used = (subscribers as readonly Subscriber[]).map(({ persona }) => persona);
  expect(PERSONAS.map(({ persona }) => persona).filter((persona) => !used.includes(persona))).toEqual([]);
});
