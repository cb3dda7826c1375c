/** What an app has at a moment, kept and put back: so that a suite starts each test from the same world. */
import type { Carrier } from '../carrier.js';
import { ONLY, type Part } from '../store/state-store.js';
import { setClock, viewClock } from './app-clock.js';
import { changeApp, findApp } from './apps.js';

/** Journal and settings go on; ids are never given twice. */
const SAVED: readonly Part[] = ['token', 'accessToken', 'msgId', 'script', 'counters', 'ledger'];
const ID_DIGITS = 16;

/** The id of the copy; undefined where the store cannot keep one. */
export async function saveSnapshot(carrier: Carrier, appId: string): Promise<string | undefined> {
  const { store, random, clock } = carrier;
  if (store.snapshots === undefined) return undefined;
  const id = random.hex(ID_DIGITS);
  const { nowMs, frozen } = viewClock((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs());
  const { packageNumber = 0, numbers } = (await findApp(carrier, appId))?.value ?? {};
  const value = { atMs: nowMs, frozen, packageNumber, numbers };
  await store.commit(appId, [{ kind: 'put', collection: 'snapshot', id, expectedRevision: 0, value }]);
  store.snapshots.save(appId, id, SAVED);
  return id;
}

export interface KeptSnapshot {
  readonly id: string;
  /** When it was taken, by the app's clock. */
  readonly atMs: number;
}

/** Those that are kept, newest first, whatever the app's clock said when; undefined where the store cannot keep any. */
export async function listSnapshots({ store }: Carrier, appId: string): Promise<readonly KeptSnapshot[] | undefined> {
  if (store.snapshots === undefined) return undefined;
  const kept = await store.list(appId, 'snapshot');
  return Array.from(kept, ([id, { atMs }]) => ({ id, atMs })).toReversed();
}

/**
 * False where there is no such copy. The app's clock goes back to the moment of the copy and runs on from there: what
 * was live then is live again, however long ago that is. And the count of the package goes on from there, though the
 * package may have been changed since.
 */
export async function restoreSnapshot(carrier: Carrier, appId: string, id: string): Promise<boolean> {
  const { store, clock } = carrier;
  const snapshot = await store.get(appId, 'snapshot', id);
  if (snapshot === undefined || store.snapshots?.restore(appId, id) !== true) return false;
  const { packageNumber, numbers, ...moment } = snapshot.value;
  await changeApp(carrier, appId, (record) => ({ ...record, packageNumber, numbers }));
  for (;;) {
    const entry = await store.get(appId, 'clock', ONLY);
    const value = setClock(entry?.value, { ...moment, realNowMs: clock.nowMs() });
    const expectedRevision = entry?.revision ?? 0;
    const put = { kind: 'put', collection: 'clock', id: ONLY, expectedRevision, value } as const;
    if ((await store.commit(appId, [put])) === 'committed') return true;
  }
}
