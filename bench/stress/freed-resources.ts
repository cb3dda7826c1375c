/** Checks that a server frees its resources after an attack. */
import { setTimeout as sleep } from 'node:timers/promises';
import { megabytes } from './memory.js';
import type { Held, Target } from './target.js';

// Long enough for every timeout of the server.
const POLL_MS = 250;
const POLLS_MAX = 120;
// The client of the control API may have opened or closed connections.
const DESCRIPTORS_ALLOWED = 2;
const HEAP_BYTES_ALLOWED = 8 * 1024 * 1024;

/** Waits until the server holds as much as before, or until every timeout has passed. */
export async function untilFreed(target: Target, before: Held): Promise<Held> {
  let held = await target.held();
  for (let poll = 0; poll < POLLS_MAX && unfreedProblems(before, held).length > 0; poll += 1) {
    await sleep(POLL_MS);
    held = await target.held();
  }
  return held;
}

export function unfreedProblems(before: Held, after: Held): readonly string[] {
  const kept = after.descriptors - before.descriptors;
  const growth = after.heapBytes - before.heapBytes;
  return [
    ...(kept > DESCRIPTORS_ALLOWED ? [`${kept} descriptors were not closed`] : []),
    ...(growth > HEAP_BYTES_ALLOWED ? [`${megabytes(growth)} of memory were not freed`] : []),
  ];
}
