/** Limits a list in a report: a short list is complete; a long one has the first result of each cause, then ids, then a count. */
import type { CaseResult } from '../kit/result.js';
import type { Cause } from './causes.js';

export interface Shown {
  /** Results with all details. */
  readonly full: readonly CaseResult[];
  /** Results shown as ids. */
  readonly short: readonly CaseResult[];
  readonly hiddenCount: number;
}

const FULL_MAX = 10;
const SHORT_MAX = 20;

/** The results with a cause, in the order of the causes, then the others. */
export function byCause(results: readonly CaseResult[], causes: readonly Cause[]): readonly CaseResult[] {
  const selected = new Set(results);
  const inCauses = new Set(causes.flatMap((cause) => cause.results).filter((result) => selected.has(result)));
  return [...inCauses, ...results.filter((result) => !inCauses.has(result))];
}

export function shownOf(results: readonly CaseResult[], causes: readonly Cause[], { verbose = false } = {}): Shown {
  const inOrder = byCause(results, causes);
  if (verbose || inOrder.length <= FULL_MAX) return { full: inOrder, short: [], hiddenCount: 0 };
  const firsts = causes.flatMap((cause) => cause.results.find((result) => inOrder.includes(result)) ?? []);
  const full = (firsts.length > 0 ? firsts : inOrder).slice(0, FULL_MAX);
  const rest = inOrder.filter((result) => !full.includes(result));
  return { full, short: rest.slice(0, SHORT_MAX), hiddenCount: Math.max(0, rest.length - SHORT_MAX) };
}
