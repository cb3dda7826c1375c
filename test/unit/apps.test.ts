/** Apps, created in a store. */
import { expect, test } from 'vitest';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { addApp, newCarrier } from '../support/carrier.js';

test('an appId that is drawn twice is drawn again', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  const first = await addApp(carrier);
  // The same draws once more.
  const second = await addApp({ ...carrier, random: createRandom('by hand') });
  expect(second.settings.appId).not.toBe(first.settings.appId);
});

test('an appId that was given is not replaced', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  await addApp(carrier, { appId: 'a' });
  await expect(addApp(carrier, { appId: 'a' })).rejects.toThrow('exists');
});
