/** /_mock/apps/:appId/clock, /snapshots and /ledger (话单). */
import { OPERATIONS } from '../../src/protocol/operations.js';
import { parseDuration } from '../../src/text/duration.js';
import { appNowMs, changeClock, viewClock } from '../carrier/apps/app-clock.js';
import { listSnapshots, restoreSnapshot, saveSnapshot } from '../carrier/apps/snapshots.js';
import type { Carrier } from '../carrier/carrier.js';
import { callLimit } from '../carrier/engine/quota.js';
import { type AppRecord, ONLY } from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import { limitQuery } from './query.js';
import { type AppCall, json, NO_CONTENT, routes } from './route.js';

export const CLOCK_ROUTES = routes('Clock', [
  {
    call: 'GET /_mock/apps/:appId/clock',
    id: 'getClock',
    summary: "The app's clock",
    output: json('Clock'),
    handle: async ({ carrier: { store, clock }, params: { appId } }) =>
      viewClock((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs()),
  },
  {
    call: 'PUT /_mock/apps/:appId/clock',
    id: 'setClock',
    summary: 'Sets the clock, freezes it, or lets it continue',
    input: 'SetClock',
    output: json('Clock'),
    handle: ({
      carrier,
      params,
      input,
    }: AppCall<{ readonly atMs?: number; readonly frozen?: boolean }>) =>
      changeClock(carrier, params.appId, () => input),
  },
  {
    call: 'POST /_mock/apps/:appId/clock/advance',
    id: 'advanceClock',
    summary: 'Advances the clock, also while it is frozen',
    input: 'AdvanceClock',
    output: json('Clock'),
    handle: ({ carrier, params, input }: AppCall<{ readonly by: string }>) => {
      const byMs = parseDuration(input.by) ?? 0;
      return changeClock(carrier, params.appId, (nowMs) => ({ atMs: nowMs + byMs }));
    },
  },
]);

export const SNAPSHOTS_ROUTES = routes('Snapshots', [
  {
    call: 'GET /_mock/apps/:appId/snapshots',
    id: 'listSnapshots',
    summary: 'The saved snapshots, newest first',
    output: json('Snapshots'),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const snapshots = await listSnapshots(carrier, appId);
      if (snapshots === undefined) throw problem('snapshots.not-supported');
      return { snapshots };
    },
  },
  {
    call: 'POST /_mock/apps/:appId/snapshots',
    id: 'createSnapshot',
    summary: 'Saves tokens, clock, counters, ledger and scripts',
    input: 'Nothing',
    output: json('Snapshot', 201),
    problems: [501],
    handle: async ({ carrier, params: { appId } }) => {
      const id = await saveSnapshot(carrier, appId);
      if (id === undefined) throw problem('snapshots.not-supported');
      return { id };
    },
  },
  {
    call: 'POST /_mock/apps/:appId/snapshots/:id/restore',
    id: 'restoreSnapshot',
    summary: 'Restores a snapshot; the journal stays as it is',
    input: 'Nothing',
    output: NO_CONTENT,
    problems: [501],
    handle: async ({ carrier, params: { appId, id } }) => {
      if (await restoreSnapshot(carrier, appId, id)) return;
      throw problem('snapshot.not-found', { app: appId, snapshot: id });
    },
  },
]);

export const LEDGER_ROUTES = routes('Ledger', [
  {
    call: 'GET /_mock/apps/:appId/ledger',
    id: 'getLedger',
    summary: 'The charged calls, newest first',
    query: ['limit'],
    output: json('Ledger'),
    handle: async ({ carrier, app, params: { appId }, query }) => {
      const { records, appended } = await carrier.store.log(appId, 'ledger', limitQuery(query));
      return { charged: appended, remaining: await remaining(carrier, app), records };
    },
  },
]);

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
