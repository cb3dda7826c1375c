/** What a case came to. Every suite and every report speaks in these. */
import type { Basis, Operation } from '../index.js';
import type { Level } from '../provider/case.js';

export const STATUSES = ['pass', 'fail', 'warn', 'skip', 'disabled', 'error'] as const;

/**
 * `warn`: a SHOULD that is not met, or a known deviation. `skip`: could not be run here. `disabled`: somebody chose so.
 * `error`: the kit's or the network's fault, so that nothing is known of the subject.
 */
export type Status = (typeof STATUSES)[number];

export type Suite = 'provider' | 'consumer' | 'replay';

/** One thing that is not as it must be. */
export interface Difference {
  /** `resultCode`, `/msisdn`, `charged`, `schema`, … */
  readonly about: string;
  readonly expected: string;
  readonly received: string;
  /** Where it is not that of the case: an effect of a call. */
  readonly basis?: Basis;
}

/** A known mistake that an explanation names. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}

export interface CaseResult {
  readonly suite: Suite;
  readonly id: string;
  readonly description: string;
  readonly operation: Operation;
  readonly level: Level;
  readonly basis: Basis;
  readonly source: { readonly section: string; readonly sentence: string };
  readonly status: Status;
  readonly durationMs: number;
  /** Why it was skipped, disabled or could not be judged; of a known deviation, what is known. */
  readonly reason?: string;
  /** The code seen, where more than one would do. */
  readonly seen?: string;
  /** What the subject could not show: `charged: needs the control API`. */
  readonly notChecked?: readonly string[];
  readonly differences: readonly Difference[];
  /** The request as a command. */
  readonly curl?: string;
  /** The answer's body, as it came. */
  readonly answer?: string;
  /** Paths of the files with the exchange. */
  readonly files?: readonly string[];
  readonly finding?: Finding;
}

export interface Run {
  readonly suite: Suite;
  /** Whom it judged: an address, or a command. */
  readonly subject: string;
  readonly kitVersion: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly results: readonly CaseResult[];
}

/** The process's exit status: the kit's own trouble goes before a failure, which it may hide. */
export function exitStatusOf(results: readonly CaseResult[]): 0 | 1 | 2 {
  if (results.some(({ status }) => status === 'error')) return 2;
  return results.some(({ status }) => status === 'fail') ? 1 : 0;
}
