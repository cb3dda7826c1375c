/** Whether a server gives back what it held while it was attacked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { megabytes } from './memory.js';
import type { Held, Target } from './target.js';

// Node checks ten times within the ten seconds that a request may take.
const BACK_POLL_MS = 250;
const BACK_POLLS_MAX = 120;
// A connection of the control API's client more or less.
const DESCRIPTORS_ALLOWED = 2;
const HEAP_BYTES_ALLOWED = 8 * 1024 * 1024;

/** As before, or what is left after a time in which every timeout has passed. */
export async function untilBack(target: Target, before: Held): Promise<Held> {
  let held = await target.held();
  for (let poll = 0; poll < BACK_POLLS_MAX && heldProblems(before, held).length > 0; poll += 1) {
    await sleep(BACK_POLL_MS);
    held = await target.held();
  }
  return held;
}

export function heldProblems(before: Held, after: Held): readonly string[] {
  const kept = after.descriptors - before.descriptors;
  const grown = after.heapBytes - before.heapBytes;
  return [
    ...(kept > DESCRIPTORS_ALLOWED ? [`${kept} descriptors were not given back`] : []),
    ...(grown > HEAP_BYTES_ALLOWED ? [`${megabytes(grown)} were not given back`] : []),
  ];
}
