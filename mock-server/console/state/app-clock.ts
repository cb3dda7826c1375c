/** The clocks of apps, which rule how long a token lives. */
import { appState } from './app-state.js';
import { nowMs, tickMs } from './now.js';

/** By the app's clock; undefined until that is known. Goes on with the page's tick. */
export function appNowMs(appId: string): number | undefined {
  // Read for its sake: it lags behind by up to a quarter of a second.
  void tickMs.value;
  const clock = appState(appId)?.clock;
  if (clock === undefined) return undefined;
  return clock.frozen ? clock.nowMs : clock.nowMs + nowMs() - clock.seenAtMs;
}
