/** The outcomes that a test can force instead of the normal one, as a step of a script or in a header. */

import type { Operation } from '../../../src/protocol/operations.js';
import type { Frequency } from './frequency.js';

/** What happens to the connection. A listener carries it out. */
export type Fault =
  /** The connection is reset (RST) before a response begins. */
  | { readonly kind: 'reset' }
  /** No response is ever sent. */
  | { readonly kind: 'hang' }
  /** The result is decided, written and charged, and the connection is reset before the response arrives. */
  | { readonly kind: 'lose' }
  /** The full Content-Length and half of the body are sent, then the connection is closed. */
  | { readonly kind: 'truncate' }
  /** The body is sent in pieces over this time. */
  | { readonly kind: 'drip'; readonly overMs: number };

export type Outcome =
  /** `desc` is the text of an undocumented code. */
  | { readonly kind: 'code'; readonly resultCode: string; readonly desc?: string }
  /** The normal outcome: magic tokens are ignored, test numbers work. */
  | { readonly kind: 'pass' }
  /** An HTTP status without a body. Nothing is decided. */
  | { readonly kind: 'status'; readonly status: number }
  /** A complete HTTP response whose body is cut off, so that it is not valid JSON. */
  | { readonly kind: 'malformed' }
  | Fault;

export interface Step {
  /** The step is used only above this rate. */
  readonly frequency?: Frequency;
  /** Only one call in so many uses the step: the fifth, the tenth … */
  readonly every?: number;
  readonly delayMs: number;
  readonly outcome: Outcome;
  /** How often the step is used; null means forever. */
  readonly times: number | null;
}

/** Whether calls are counted to decide who uses the step. */
export function isConditional({ frequency, every }: Step): boolean {
  return frequency !== undefined || every !== undefined;
}

/** The script of an app, or of a number, for one operation. */
export interface ScriptRecord {
  /** As given. */
  readonly text: string;
  readonly steps: readonly Step[];
  /** The name of the counter of used steps, unique for each script. */
  readonly cursor: string;
}

/** By operation. */
export type Scripts = Partial<Readonly<Record<Operation, ScriptRecord>>>;

/** Outcomes without a decision: no token is used and nothing is charged. */
export type Withheld = Extract<Outcome, { readonly kind: 'reset' | 'hang' | 'status' }>;

export function isWithheld(outcome: Outcome): outcome is Withheld {
  return outcome.kind === 'reset' || outcome.kind === 'hang' || outcome.kind === 'status';
}

/** undefined if the response arrives complete. */
export function faultOf(outcome: Outcome): Fault | undefined {
  switch (outcome.kind) {
    case 'reset':
    case 'hang':
    case 'lose':
    case 'truncate':
    case 'drip':
      return outcome;
    case 'code':
    case 'pass':
    case 'status':
    case 'malformed':
      return undefined;
    default:
      return outcome satisfies never;
  }
}
