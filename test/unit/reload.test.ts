/** A changed configuration file in a running server: what it replaces, and what stays. Creating apps in a store. */
import { describe, expect, test, vi } from 'vitest';
import { findApp, listAppIds, removeApp } from '../../mock-server/carrier/apps/apps.js';
import {
  applyConfiguredApps,
  checkStore,
  reconfigure,
} from '../../mock-server/carrier/apps/configured-apps.js';
import type { Carrier } from '../../mock-server/carrier/carrier.js';
import { APPS_MAX } from '../../mock-server/carrier/engine/app-settings.js';
import { createRandom } from '../../mock-server/carrier/sources.js';
import { createMemoryStore } from '../../mock-server/carrier/store/memory.js';
import { SERVER_PARTITION, type StateStore } from '../../mock-server/carrier/store/state-store.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { silentLog } from '../../mock-server/telemetry/log.js';
import { addApp, newCarrier } from '../support/carrier.js';

const settingsOf = (apps: readonly { readonly appId: string }[]) =>
  toConfiguration({ apps }, '127.0.0.1').settings;

async function carrierWith(...apps: readonly { readonly appId: string }[]): Promise<Carrier> {
  const { carrier } = newCarrier({ nowMs: 0 });
  await reconfigure(carrier, settingsOf(apps));
  return carrier;
}

/** Fills the server with apps that have only their id. */
async function fill({ store }: Carrier, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const id = `other-${at}`;
    await store.commit(SERVER_PARTITION, [
      { kind: 'put', collection: 'shortId', id, expectedRevision: 0, value: id },
    ]);
  }
}

test('a file with one app too many changes nothing, although one of its apps would fit', async () => {
  const carrier = await carrierWith({ appId: 'old' });
  await fill(carrier, APPS_MAX - 2);
  const { settings } = carrier;
  const [before, apps] = [
    await listAppIds(carrier),
    ['old', 'new-1', 'new-2'].map((appId) => ({ appId })),
  ];
  await expect(reconfigure(carrier, settingsOf(apps))).rejects.toThrow(
    'there would be 10001 apps: at most 10000 are allowed',
  );
  expect(await listAppIds(carrier)).toEqual(before);
  expect(carrier.settings, 'the settings of the server').toBe(settings);
});

test('after a failure in between, the server has the new settings, so the log does not say that the old ones stay', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  const { store } = carrier;
  const settings = settingsOf([{ appId: 'a' }, { appId: 'b' }]);
  const commit: typeof store.commit = (partition, writes) => {
    if (partition === 'b') throw new Error('connection refused');
    return store.commit(partition, writes);
  };
  const failing = { ...carrier, store: { ...store, commit } };
  await expect(reconfigure(failing, settings)).rejects.toThrow('connection refused');
  expect(failing.settings).toBe(settings);
});

test('an app that leaves the file makes room for one that is new in it', async () => {
  const carrier = await carrierWith({ appId: 'old' });
  await fill(carrier, APPS_MAX - 1);
  await reconfigure(carrier, settingsOf([{ appId: 'new' }]));
  expect(await findApp(carrier, 'new')).toBeDefined();
  expect(await findApp(carrier, 'old')).toBeUndefined();
});

test('an app of the control API stays as it is', async () => {
  const carrier = await carrierWith({ appId: 'of-the-file' });
  const created = await addApp(carrier, { appId: 'of-the-api', dailyQuota: 7 });
  await reconfigure(carrier, settingsOf([{ appId: 'another' }]));
  expect((await findApp(carrier, 'of-the-api'))?.value, 'the app of the control API').toEqual(
    created,
  );
});

test('an app whose file omits its credentials keeps the generated ones', async () => {
  const carrier = await carrierWith({ appId: 'a' });
  const credentials = async () => {
    const { appKey, appSecret } = (await findApp(carrier, 'a'))?.value.settings ?? {};
    return { appKey, appSecret };
  };
  const before = await credentials();
  await reconfigure(carrier, settingsOf([{ appId: 'a' }]));
  expect(await credentials(), 'the generated credentials').toEqual(before);
});

test.each([
  { description: 'the same', callPackage: 5, package: 'goes on' },
  { description: 'another size', callPackage: 6, package: 'starts again' },
])('a package of $description in the file $package', async ({ callPackage, package: expected }) => {
  const app = { appId: 'a', contracted: true };
  const carrier = await carrierWith({ ...app, callPackage: 5 } as { appId: string });
  const packageNumber = async () => (await findApp(carrier, 'a'))?.value.packageNumber;
  const before = await packageNumber();
  await reconfigure(carrier, settingsOf([{ ...app, callPackage } as { appId: string }]));
  expect((await packageNumber()) === before ? 'goes on' : 'starts again').toBe(expected);
});

describe('a check of a shared store', () => {
  const sharedStore = (): StateStore => ({ ...createMemoryStore(), shared: true });
  const checkedCarrier = async () => {
    const carrier = await carrierWith({ appId: 'a' });
    await checkStore(Object.assign(carrier, { store: sharedStore() }));
    await applyConfiguredApps(carrier);
    await checkStore(carrier);
    return Object.assign(carrier, { log: { ...silentLog, warn: vi.fn() } });
  };

  test('that was emptied creates the apps of the file again, warns and counts it', async () => {
    const carrier = await checkedCarrier();
    await checkStore(Object.assign(carrier, { store: sharedStore() }));
    await checkStore(carrier);
    expect(await listAppIds(carrier)).toEqual(['a']);
    expect(carrier.log.warn).toHaveBeenCalledOnce();
    expect(carrier.tallies.store.losses).toBe(1);
  });

  test('that has its state leaves a removed app of the file removed', async () => {
    const carrier = await checkedCarrier();
    await removeApp(carrier, 'a');
    await checkStore(carrier);
    expect(await listAppIds(carrier)).toEqual([]);
    expect(carrier.log.warn).not.toHaveBeenCalled();
  });
});

test('a generated appId that exists is generated again', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  const first = await addApp(carrier);
  // The same random numbers again.
  const second = await addApp({ ...carrier, random: createRandom('by hand') });
  expect(second.settings.appId).not.toBe(first.settings.appId);
});

test('a given appId that exists is an error', async () => {
  const { carrier } = newCarrier({ nowMs: 0 });
  await addApp(carrier, { appId: 'a' });
  await expect(addApp(carrier, { appId: 'a' })).rejects.toThrow('exists');
});
