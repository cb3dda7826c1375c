/** /_mock/apps/:appId/clock. */

import { parseDuration } from '../../src/text/duration.js';
import { type ClockView, setClock, viewClock } from '../carrier/apps/app-clock.js';
import { commitToApp } from '../carrier/apps/apps.js';
import { type ClockRecord, ONLY } from '../carrier/store/state-store.js';
import { type AppCall, json, routes } from './route.js';

export const CLOCK_ROUTES = routes('Clock', [
  {
    call: 'GET /_mock/apps/:appId/clock',
    who: 'path',
    id: 'getClock',
    summary: "The app's clock",
    output: json('Clock'),
    handle: async ({ carrier: { store, clock }, params: { appId } }) =>
      viewClock((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs()),
  },
  {
    call: 'PUT /_mock/apps/:appId/clock',
    who: 'path',
    id: 'setClock',
    summary: 'Sets the clock, freezes it, or lets it continue',
    input: 'setClock',
    output: json('Clock'),
    handle: (call: AppCall<{ readonly atMs?: number; readonly frozen?: boolean }>) =>
      changeClock(call, (clock, realNowMs) => setClock(clock, { ...call.input, realNowMs })),
  },
  {
    call: 'POST /_mock/apps/:appId/clock/advance',
    who: 'path',
    id: 'advanceClock',
    summary: 'Advances the clock, also while it is frozen',
    input: 'advanceClock',
    output: json('Clock'),
    handle: (call: AppCall<{ readonly by: string }>) => {
      const byMs = parseDuration(call.input.by) ?? 0;
      return changeClock(call, (clock, realNowMs) =>
        setClock(clock, { atMs: viewClock(clock, realNowMs).nowMs + byMs, realNowMs }),
      );
    },
  },
]);

/** Two changes at the same time both take effect. */
async function changeClock(
  { carrier: { store, clock }, params: { appId } }: AppCall,
  change: (clock: ClockRecord | undefined, realNowMs: number) => ClockRecord,
): Promise<ClockView> {
  for (;;) {
    const entry = await store.get(appId, 'clock', ONLY);
    const realNowMs = clock.nowMs();
    const value = change(entry?.value, realNowMs);
    const outcome = await commitToApp(store, appId, [
      { kind: 'put', collection: 'clock', id: ONLY, expectedRevision: entry?.revision ?? 0, value },
    ]);
    if (outcome === 'committed') return viewClock(value, realNowMs);
  }
}
