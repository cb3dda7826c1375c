/** The only module of the console that reads the machine's clock. */
import { signal } from '@preact/signals';

export function nowMs(): number {
  return Date.now();
}

const TICK_MS = 250;

/** Updates four times a second, for countdowns. */
export const tickMs = signal(nowMs());
setInterval(() => {
  tickMs.value = nowMs();
}, TICK_MS);
