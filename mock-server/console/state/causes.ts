/** The causes of the newest requests, grouped. They are loaded when requests pause, and every ten seconds while they keep coming. */
import { computed, effect, signal } from '@preact/signals';
import type { Causes } from '../../../src/control/api.js';
import { records } from './live-requests.js';
import { transport } from './mock.js';
import { nowMs } from './now.js';

export type Cause = Causes['causes'][number];

const PAUSE_MS = 500;
const WAIT_MS_MAX = 10_000;
/** After an incomplete answer. The server computes for at most a tenth of this time. */
const AGAIN_MS = 2000;

/** The most frequent first. */
const causes = signal<readonly Cause[]>([]);
const byRequest = computed(
  () => new Map(causes.value.flatMap((cause) => cause.requests.map((id) => [id, cause] as const))),
);

/** undefined for a request without a known cause, and until it is loaded. */
export function causeOf(id: string): Cause | undefined {
  return byRequest.value.get(id);
}

/** The newest request when requests paused last. What changes with requests is loaded again then. */
export const newestAtPause = signal<string | undefined>(undefined);

async function load(): Promise<void> {
  waitingSinceMs = undefined;
  newestAtPause.value = newest.peek();
  const loaded = await transport.call<Causes>({ method: 'GET', path: '/requests/causes' });
  causes.value = loaded.causes;
  if (!loaded.complete) loadIn(AGAIN_MS);
}

let timer: ReturnType<typeof setTimeout> | undefined;

function loadIn(ms: number): void {
  clearTimeout(timer);
  // Without causes, the rows show the deciding rules. The next request loads them again.
  timer = setTimeout(() => void load().catch(() => undefined), ms);
}

const newest = computed(() => records.value[0]?.id);
let waitingSinceMs: number | undefined;

effect(() => {
  if (newest.value === undefined) return;
  waitingSinceMs ??= nowMs();
  loadIn(Math.max(0, Math.min(PAUSE_MS, waitingSinceMs + WAIT_MS_MAX - nowMs())));
});
