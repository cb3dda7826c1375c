/** What the lines about refusals and about remarks share: how many there are, and what they may say of a finding. */
import type { Finding, Found } from '../explain/finding.js';
import { lazily } from '../loading/lazily.js';

/** Loaded by the first line that needs them. */
export const loadExplanations = lazily('the explanations', () => import('../explain/records/first-finding.js'));

// The search for a sign takes up to some hundred milliseconds: a load test that is refused must not be slowed by its own log.
const LINES_AT_ONCE_MAX = 10;
const LINE_EVERY_MS = 1_000;

/** How many were held back since the last one that was allowed; undefined for one that is held back. */
export function lineLimit(elapsedMs: () => number): () => number | undefined {
  let left = LINES_AT_ONCE_MAX;
  let atMs = elapsedMs();
  let held = 0;
  return () => {
    const earned = Math.floor((elapsedMs() - atMs) / LINE_EVERY_MS);
    left = Math.min(LINES_AT_ONCE_MAX, left + earned);
    atMs += earned * LINE_EVERY_MS;
    if (left === 0) {
      held += 1;
      return undefined;
    }
    left -= 1;
    const before = held;
    held = 0;
    return before;
  };
}

/** Requests that have come meanwhile are answered first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A log is kept and passed on: tokens, numbers and secrets are for whoever asks the control API. */
export function mistakeInWords(
  { evidence }: Found,
  { title, detail }: Finding,
  { detailed }: { readonly detailed: boolean },
): string {
  if (detailed) return detail;
  return evidence.field === undefined ? title : `${title} (${evidence.field})`;
}
