/** An app's clock, which determines lifetimes, the daily quota and the times in responses. */
import { TIMESTAMP_MS_MAX } from '../../../src/protocol/timestamp.js';
import type { Carrier } from '../carrier.js';
import { type ClockRecord, ONLY } from '../store/state-store.js';
import { commitToApp } from './apps.js';

/** The app's time; the real time if the clock was never set. */
export function appNowMs(clock: ClockRecord | undefined, realNowMs: number): number {
  return inRange(clock?.frozenAtMs ?? realNowMs + (clock?.offsetMs ?? 0));
}

export async function nowOfApp({ store, clock }: Carrier, appId: string): Promise<number> {
  return appNowMs((await store.get(appId, 'clock', ONLY))?.value, clock.nowMs());
}

export function viewClock(clock: ClockRecord | undefined, realNowMs: number) {
  const nowMs = appNowMs(clock, realNowMs);
  return { nowMs, offsetMs: nowMs - realNowMs, frozen: clock?.frozenAtMs !== undefined };
}

/** Sets the clock to a time, and stops or starts it. An omitted value stays. */
export function setClock(
  clock: ClockRecord | undefined,
  to: { atMs?: number; frozen?: boolean; realNowMs: number },
): ClockRecord {
  const atMs = inRange(to.atMs ?? appNowMs(clock, to.realNowMs));
  const frozen = to.frozen ?? clock?.frozenAtMs !== undefined;
  return { offsetMs: atMs - to.realNowMs, frozenAtMs: frozen ? atMs : undefined };
}

/** Changes at the same time all take effect. `change` receives the app's time. */
export async function changeClock(
  { store, clock }: Carrier,
  appId: string,
  change: (nowMs: number) => { readonly atMs?: number; readonly frozen?: boolean },
): Promise<ReturnType<typeof viewClock>> {
  for (;;) {
    const entry = await store.get(appId, 'clock', ONLY);
    const realNowMs = clock.nowMs();
    const value = setClock(entry?.value, {
      ...change(appNowMs(entry?.value, realNowMs)),
      realNowMs,
    });
    const expectedRevision = entry?.revision ?? 0;
    const put = { kind: 'put', collection: 'clock', id: ONLY, expectedRevision, value } as const;
    if ((await commitToApp(store, appId, [put])) === 'committed')
      return viewClock(value, realNowMs);
  }
}

/** Times must fit in 17 digits. */
function inRange(ms: number): number {
  return Math.min(Math.max(ms, 0), TIMESTAMP_MS_MAX);
}
