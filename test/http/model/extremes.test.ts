/** The ends of what an app's clock can be moved to, and of what is kept. */
import { expect, test } from 'vitest';
import { isTokenWellFormed } from '../../../mock-server/carrier/engine/token-format.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { handleSystem } from './systems.js';

const START_MS = Date.UTC(2026, 10, 25);
const DAY_MS = 86_400_000;

test.each([
  { description: 'at the epoch', atMs: 0 },
  { description: 'a millisecond before the thirteen digits are full', atMs: 9_999_999_999_998 },
  { description: 'when fourteen digits are needed', atMs: 10_000_000_000_000 },
  { description: 'in the last minute of 9999 in Beijing', atMs: Date.UTC(9999, 11, 31, 15, 59) },
])('a token minted $description has the genuine shape, and is good', async ({ atMs }) => {
  const system = await handleSystem(START_MS);
  await system.setClock('a', { atMs, frozen: true });
  const token = await system.mint('a', 'loginTokenValidate', 0);
  const answer = await system.call({ app: 'a', operation: 'loginTokenValidate', token, rightNumber: true });
  expect({ wellFormed: isTokenWellFormed(token), code: resultCodeOf(answer) }).toEqual({
    wellFormed: true,
    code: '103000',
  });
});

test('a package keeps its count through more than a year of days without it', async () => {
  const system = await handleSystem(START_MS);
  const use = async () => {
    const token = await system.mint('a', 'loginTokenValidate', 0);
    return resultCodeOf(await system.call({ app: 'a', operation: 'loginTokenValidate', token, rightNumber: true }));
  };
  await system.patch('a', { contracted: true });
  expect(await use()).toBe('103000');
  const before = await system.account('a');
  await system.patch('a', { contracted: false });
  for (let day = 0; day < 401; day += 1) {
    await system.advance('a', DAY_MS);
    expect(await use()).toBe('103000');
  }
  await system.patch('a', { contracted: true });
  expect(await system.account('a')).toEqual({ charged: 402, remaining: before.remaining });
});
