/** The current time of an app's clock. */
import { appState } from './app-state.js';
import { nowMs, tickMs } from './now.js';

/** Updates with the page's tick. undefined until the clock is loaded. */
export function appNowMs(appId: string): number | undefined {
  // Subscribes to the tick. Its value is not used, because it is up to a quarter of a second old.
  void tickMs.value;
  const clock = appState(appId)?.clock;
  if (clock === undefined) return undefined;
  return clock.frozen ? clock.nowMs : clock.nowMs + nowMs() - clock.seenAtMs;
}
