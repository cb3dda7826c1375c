/** The limits of an app's clock, and of the counters that are kept. */
import { expect, test } from 'vitest';
import { isTokenWellFormed } from '../../../mock-server/carrier/engine/token-format.js';
import { resultCodeOf } from '../../support/endpoints.js';
import { directSystem } from './systems.js';

const START_MS = Date.UTC(2026, 10, 25);
const DAY_MS = 86_400_000;

test.each([
  { description: 'at the epoch', atMs: 0 },
  { description: 'a millisecond before the last time of thirteen digits', atMs: 9_999_999_999_998 },
  { description: 'at the first time of fourteen digits', atMs: 10_000_000_000_000 },
  { description: 'in the last minute of 9999 in Beijing', atMs: Date.UTC(9999, 11, 31, 15, 59) },
])('a token minted $description is well-formed, and works', async ({ atMs }) => {
  const system = await directSystem(START_MS);
  await system.setClock('a', { atMs, frozen: true });
  const token = await system.mint('a', 'loginTokenValidate', 0);
  const response = await system.call({ app: 'a', operation: 'loginTokenValidate', token, rightNumber: true });
  expect({ wellFormed: isTokenWellFormed(token), code: resultCodeOf(response) }).toEqual({
    wellFormed: true,
    code: '103000',
  });
});

test('a package keeps its count through 401 days without a contract', async () => {
  const system = await directSystem(START_MS);
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
