/** The one place of the console that reads the machine's clock. */
import { signal } from '@preact/signals';

export function nowMs(): number {
  return Date.now();
}

const TICK_MS = 250;

/** Goes on four times a second, for whatever counts down on the page. */
export const tickMs = signal(nowMs());
setInterval(() => {
  tickMs.value = nowMs();
}, TICK_MS);
