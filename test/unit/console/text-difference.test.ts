/** Texts compared character by character. */
import { expect, test } from 'vitest';
import { textDifference } from '../../../mock-server/console/requests/text-difference.js';

const sides = (received: string, expected: string) => {
  const parts = textDifference(received, expected) ?? [];
  const side = (of: 'received' | 'expected') =>
    parts.filter((part) => part.in === 'both' || part.in === of).map(({ text }) => text);
  return { received: side('received').join(''), expected: side('expected').join('') };
};

test.each([
  { received: '3000000000012.0abc', expected: '3000000000012.0abd' },
  { received: '', expected: 'all of it' },
  { received: 'sécret密钥😀', expected: 'secret密钥' },
  { received: 'same', expected: 'same' },
])('each side is whole: $received', ({ received, expected }) => {
  expect(sides(received, expected)).toEqual({ received, expected });
});

test('what both have is not marked', () => {
  expect(textDifference('abcSECRET', 'abcsecret')?.[0]).toEqual({ text: 'abc', in: 'both' });
});

test('texts that would take long are not compared', () => {
  expect(textDifference('a'.repeat(8000), 'b'.repeat(8000))).toBeUndefined();
  expect(textDifference('a'.repeat(4000), 'b'.repeat(4000))).toBeUndefined();
});

test('letters that two secrets happen to share are marked with the rest', () => {
  expect(textDifference('textAxBxC', 'textDxExF')?.filter((part) => part.in === 'both')).toEqual([
    { text: 'text', in: 'both' },
  ]);
  expect(sides('textAxBxC', 'textDxExF')).toEqual({ received: 'textAxBxC', expected: 'textDxExF' });
});
