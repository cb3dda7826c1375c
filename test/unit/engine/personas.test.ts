/** The requirements that each test number fails. */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { PERSONAS, type Subscriber, unmetByPersona } from '../../../mock-server/carrier/outcomes/personas.js';

test.each([
  { name: 'serviceDown', expected: ['serviceUp'] },
  { name: 'tokenServiceDown', expected: ['tokenServiceUp'] },
  { name: 'numberNotObtained', expected: ['numberObtained'] },
] as const)('$name fails $expected', ({ name, expected }) => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile', persona: name })).toEqual(expected);
});

test('an ordinary number fails no requirement', () => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile' })).toEqual([]);
  expect(unmetByPersona(undefined)).toEqual([]);
});

test('the default subscribers have every test number', () => {
  const available = (subscribers as readonly Subscriber[]).map(({ persona }) => persona);
  expect(PERSONAS.map(({ persona }) => persona).filter((persona) => !available.includes(persona))).toEqual([]);
});
