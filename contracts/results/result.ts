/** What a case came to. Every suite and every report speaks in these. */
import type { Basis, Operation } from '../index.js';
import type { Level } from '../provider/case.js';

export const STATUSES = ['pass', 'fail', 'warn', 'skip', 'disabled', 'error'] as const;

/**
 * `warn`: a SHOULD that is not met, or a known deviation. `skip`: could not be run here. `disabled`: somebody chose so.
 * `error`: the kit's or the network's fault, so that nothing is known of the subject.
 */
export type Status = (typeof STATUSES)[number];

/** The reason of a skip behind the last failure that was wanted. */
export const NOT_RUN_ANY_MORE = 'not run: --max-failures was reached';

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

/** How a scenario of the consumer suite went wrong. */
export type Symptom =
  | 'no-call'
  | 'called-again'
  | 'called-too-seldom'
  | 'believed'
  | 'not-believed'
  | 'crashed'
  | 'killed'
  | 'overdue';

/** What `--keep` leaves in a mock of a failed case. Not redacted: the app and the token are the mock's own. */
export interface Kept {
  readonly appId: string;
  /** A command that can be pasted as it is. */
  readonly curl: string;
  /** Where the request is in the journal and in the console; a request that the mock did not see has neither. */
  readonly requestId?: string;
  readonly console?: string;
}

/** What a result is about: failures that agree in one of these may have one cause. */
export interface About {
  /** Of a case: the rule that has to decide, and the rule that the mock says decided. */
  readonly rule?: string;
  readonly ruleApplied?: string;
  /** Of a scenario. */
  readonly symptoms?: readonly Symptom[];
  /** Of a check of everything sent: `sent-time`, and the scenarios that sent what breaks it. */
  readonly check?: string;
  readonly scenarios?: readonly string[];
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
  /** The ledger of known deviations has it. */
  readonly isKnown?: true;
  readonly about?: About;
  /** The command that runs the case again, alone. */
  readonly repeat?: string;
  /** The request as a command. */
  readonly curl?: string;
  readonly kept?: Kept;
  /** The answer's body, as it came. */
  readonly answer?: string;
  /** Paths of the files with the exchange. */
  readonly files?: readonly string[];
  readonly finding?: Finding;
}

/** How a mock, or a carrier, takes a place where the document is open: a row of ambiguities.json and one of its options. */
export interface SuiteReading {
  readonly id: string;
  readonly option: string;
}

export interface Run {
  readonly suite: Suite;
  /** Whom it judged: an address, or a command. */
  readonly subject: string;
  readonly kitVersion: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly results: readonly CaseResult[];
  /** Of a mock: its readings that are not those that the cases assume. */
  readonly readings?: readonly SuiteReading[];
}

/** The process's exit status: the kit's own trouble goes before a failure, which it may hide. */
export function exitStatusOf(results: readonly CaseResult[]): 0 | 1 | 2 {
  if (results.some(({ status }) => status === 'error')) return 2;
  return results.some(({ status }) => status === 'fail') ? 1 : 0;
}
