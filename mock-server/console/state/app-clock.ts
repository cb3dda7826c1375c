/** The clocks of apps, which rule how long a token lives. Looked at now and then: another page, or a test, may move them. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Clock } from '../api/schemas.js';
import { tellProblem } from './notices.js';
import { nowMs, tickMs } from './now.js';

interface SeenClock extends Clock {
  /** By the machine's clock. */
  readonly seenAtMs: number;
}

const LOOK_AGAIN_MS = 3000;

const seen = signal<Readonly<Record<string, SeenClock>>>({});

export function clockOf(appId: string): Clock | undefined {
  return seen.value[appId];
}

/** By the app's clock; undefined until that was looked at. Goes on with the page's tick. */
export function appNowMs(appId: string): number | undefined {
  const clock = seen.value[appId];
  // What is read for its sake is the tick: it lags behind by up to a quarter of a second.
  void tickMs.value;
  if (clock === undefined) return undefined;
  return clock.frozen ? clock.nowMs : clock.nowMs + nowMs() - clock.seenAtMs;
}

export function see(appId: string, clock: Clock): void {
  seen.value = { ...seen.value, [appId]: { ...clock, seenAtMs: nowMs() } };
}

async function look(appId: string): Promise<void> {
  see(appId, await answerOf(control.GET('/_mock/apps/{appId}/clock', { params: { path: { appId } } })));
}

/** Keeps an eye on a clock as long as the component is there. */
export function useClock(appId: string | undefined): void {
  useEffect(() => {
    if (appId === undefined) return undefined;
    look(appId).catch(tellProblem);
    // A server that is gone is told of once, by the bar at the top.
    const again = setInterval(() => void look(appId).catch(() => undefined), LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [appId]);
}
