/** Creates apps in a store. */
import { expect, test } from 'vitest';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { addApp, newCarrier } from '../support/carrier.js';

test('a generated appId that already exists is generated again', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  const first = await addApp(carrier);
  // Repeats the same random numbers.
  const second = await addApp({ ...carrier, random: createRandom('by hand') });
  expect(second.settings.appId).not.toBe(first.settings.appId);
});

test('a given appId is not replaced', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  await addApp(carrier, { appId: 'a' });
  await expect(addApp(carrier, { appId: 'a' })).rejects.toThrow('exists');
});
