/** Saves and restores an app's state, so that a suite can start each test from the same state. */
import type { Carrier } from '../carrier.js';
import { ONLY, type PartitionPart } from '../store/state-store.js';
import { changeClock, viewClock } from './app-clock.js';
import { changeApp, commitToApp, findApp } from './apps.js';

/** The journal and the settings are not restored: ids are never reused. */
const SAVED_PARTS: readonly PartitionPart[] = [
  'token',
  'accessToken',
  'msgId',
  'counters',
  'ledger',
];

/** Returns the id of the snapshot; undefined if the store does not support snapshots. */
export async function saveSnapshot(carrier: Carrier, appId: string): Promise<string | undefined> {
  const { store, random, clock } = carrier;
  if (store.snapshots === undefined) return undefined;
  const id = random.hex(16);
  const { nowMs, frozen } = viewClock(
    (await store.get(appId, 'clock', ONLY))?.value,
    clock.nowMs(),
  );
  const { packageNumber = 0, scripts, numbers } = (await findApp(carrier, appId))?.value ?? {};
  const value = { atMs: nowMs, frozen, packageNumber, scripts, numbers };
  await commitToApp(store, appId, [
    { kind: 'put', collection: 'snapshot', id, expectedRevision: 0, value },
  ]);
  store.snapshots.save(appId, id, SAVED_PARTS);
  return id;
}

/** The snapshots, last saved first, even if the app's clock was set back; undefined if the store does not support snapshots. */
export async function listSnapshots({ store }: Carrier, appId: string) {
  if (store.snapshots === undefined) return undefined;
  const kept = await store.list(appId, 'snapshot');
  return Array.from(kept, ([id, { atMs }]) => ({ id, atMs })).toReversed();
}

/**
 * Returns false if the snapshot does not exist. The app's clock continues from the time of the snapshot, so a token that
 * was live then is live again. The count of the package continues too, even if the package was changed since.
 */
export async function restoreSnapshot(
  carrier: Carrier,
  appId: string,
  id: string,
): Promise<boolean> {
  const { store } = carrier;
  const snapshot = await store.get(appId, 'snapshot', id);
  if (snapshot === undefined || store.snapshots?.restore(appId, id) !== true) return false;
  const { packageNumber, scripts, numbers, ...moment } = snapshot.value;
  await changeApp(carrier, appId, (record) => ({ ...record, packageNumber, scripts, numbers }));
  await changeClock(carrier, appId, () => moment);
  return true;
}
