/** /_mock/apps/:appId/clock, /snapshots and /ledger (话单). */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { parseDuration } from '../../src/text/duration.js';
import { appNowMs, changeClock, viewClock } from '../carrier/apps/app-clock.js';
import { listSnapshots, restoreSnapshot, saveSnapshot } from '../carrier/apps/snapshots.js';
import type { Carrier } from '../carrier/carrier.js';
import { callLimit } from '../carrier/engine/quota.js';
import { type AppRecord, ONLY } from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import type { Handlers } from './route.js';

export const CLOCK_HANDLERS = {
  getClock: async ({ carrier: { store, clock }, params: { appId } }) =>
    viewClock((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs()),
  setClock: ({ carrier, params, body }) => changeClock(carrier, params.appId, () => body),
  advanceClock: ({ carrier, params, body }) => {
    const byMs = parseDuration(body.by) ?? 0;
    return changeClock(carrier, params.appId, (nowMs) => ({ atMs: nowMs + byMs }));
  },
} satisfies Partial<Handlers>;

export const SNAPSHOTS_HANDLERS = {
  listSnapshots: async ({ carrier, params: { appId } }) => {
    const snapshots = await listSnapshots(carrier, appId);
    if (snapshots === undefined) throw problem('snapshots.not-supported');
    return { snapshots };
  },
  createSnapshot: async ({ carrier, params: { appId } }) => {
    const id = await saveSnapshot(carrier, appId);
    if (id === undefined) throw problem('snapshots.not-supported');
    return { id };
  },
  restoreSnapshot: async ({ carrier, params: { appId, id } }) => {
    if (await restoreSnapshot(carrier, appId, id)) return;
    throw problem('snapshot.not-found', { app: appId, snapshot: id });
  },
} satisfies Partial<Handlers>;

export const LEDGER_HANDLERS = {
  getLedger: async ({ carrier, app, params: { appId }, query }) => {
    const { records, appended } = await carrier.store.log(appId, 'ledger', query.limit);
    return { charged: appended, remaining: await remaining(carrier, app), records };
  },
} satisfies Partial<Handlers>;

/** The remaining calls of today's quota or of the package; null without a limit. */
async function remaining(
  { store, clock }: Carrier,
  { settings, packageNumber }: AppRecord,
): Promise<number | null> {
  const view = await store.readPartition(settings.appId, { token: undefined, msgId: undefined });
  const nowMs = appNowMs(view.clock?.value, clock.nowMs());
  const limits = OPERATIONS.map(({ operation }) =>
    callLimit(operation, { settings, packageNumber, nowMs }),
  );
  // All operations that have a limit share it.
  const limited = limits.find((limit) => limit !== undefined);
  if (limited === undefined || limited.limit === null) return null;
  return Math.max(0, limited.limit - (view.counters.get(limited.counter) ?? 0));
}
