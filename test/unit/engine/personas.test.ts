/** Personas: what the story of a number leaves unmet. */
import { expect, test } from 'vitest';
import subscribers from '../../../fixtures/subscribers.json' with { type: 'json' };
import { PERSONAS, type Subscriber, unmetByPersona } from '../../../mock-server/carrier/outcomes/personas.js';

test.each([
  { persona: 'serviceDown', expected: ['serviceUp'] },
  { persona: 'tokenServiceDown', expected: ['tokenServiceUp'] },
  { persona: 'numberNotObtained', expected: ['numberObtained'] },
] as const)('$persona leaves $expected unmet', ({ persona, expected }) => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile', persona })).toEqual(expected);
});

test('a number without a story leaves nothing unmet', () => {
  expect(unmetByPersona({ phoneNumber: '13800138000', operator: 'mobile' })).toEqual([]);
  expect(unmetByPersona(undefined)).toEqual([]);
});

test('each persona has a subscriber to call', () => {
  const told = (subscribers as readonly Subscriber[]).map(({ persona }) => persona);
  expect(PERSONAS.map(({ persona }) => persona).filter((persona) => !told.includes(persona))).toEqual([]);
});
