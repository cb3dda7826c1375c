/** The size of a journal record in Redis: that of the stored text, not that in memory. */
import { expect, test } from 'vitest';
import { writeArguments } from '../../../mock-server/carrier/store/redis/write-arguments.js';
import { DEFAULT_LIMITS } from '../../../mock-server/carrier/store/state-store.js';
import { journal, ledger } from '../../support/stores/writes.js';

function stored(write: Parameters<typeof writeArguments>[0]) {
  const [, , entry, bytes] = writeArguments(write, { limits: DEFAULT_LIMITS, channel: '' });
  const [label, weight] = String(entry).split('\n');
  return { label, weight: Number(weight), bytes: Number(bytes), storedBytes: Buffer.byteLength(String(entry)) };
}

test.each([
  { description: 'plain text', body: 'x'.repeat(1000) },
  { description: 'control characters', body: '\u0001'.repeat(1000) },
  { description: 'characters of three bytes', body: '中'.repeat(1000) },
  { description: 'unpaired surrogates', body: '\ud800'.repeat(1000) },
])('$description counts for what is stored of it, and a little more', ({ body }) => {
  const { label, weight, bytes, storedBytes } = stored(journal('r', { body, bytes: 1 }));
  expect([label, weight]).toEqual(['label', bytes]);
  expect(bytes).toBeGreaterThan(storedBytes);
  expect(bytes).toBeLessThan(storedBytes + 100);
});

test('a body of control characters counts six times as much as a body of letters', () => {
  const [plain, hostile] = ['x', '\u0001'].map((text) => stored(journal('r', { body: text.repeat(1000) })).bytes);
  expect(hostile).toBe(Number(plain) + 5000);
});

test('a ledger is only limited by its number of records', () => {
  expect(stored(ledger('t'))).toMatchObject({ weight: 0, bytes: 0 });
});
