/** What a test can ask for in place of the genuine answer, as one step of a script or in a header. */

import type { Operation } from '../../../src/protocol/operations.js';
import type { Frequency } from './frequency.js';

/** What happens to an answer on its way: the connection's part, which a listener carries out. */
export type Fault =
  /** The connection is reset (RST) before anything is answered. */
  | { readonly kind: 'reset' }
  /** Nothing is ever answered. */
  | { readonly kind: 'hang' }
  /** The answer is decided, written down and charged, and the connection reset before it arrives. */
  | { readonly kind: 'lose' }
  /** The whole Content-Length, half the body, then the connection is closed. */
  | { readonly kind: 'truncate' }
  /** The body spread over a time. */
  | { readonly kind: 'drip'; readonly overMs: number };

export type Outcome =
  /** `desc`: the text that an undocumented code carries. */
  | { readonly kind: 'code'; readonly resultCode: string; readonly desc?: string }
  /** The genuine answer: magic tokens ignored, personas at work. */
  | { readonly kind: 'pass' }
  /** An HTTP status without a body, in place of a decision. */
  | { readonly kind: 'status'; readonly status: number }
  /** The answer cut so that it is no JSON, in a whole HTTP message. */
  | { readonly kind: 'malformed' }
  | Fault;

export interface Step {
  /** The step is used only beyond this rate. */
  readonly frequency?: Frequency;
  readonly delayMs: number;
  readonly outcome: Outcome;
  /** How often it is used; null is for ever. */
  readonly times: number | null;
}

/** What a step comes from: a request header, the script of the app, or that of the number. */
export type OutcomeSource = 'header' | 'script' | 'numberScript';

/** What is scripted for an operation, of an app or of a number. */
export interface ScriptRecord {
  /** As it was given. */
  readonly text: string;
  readonly steps: readonly Step[];
  /** The name of the count of steps used; another one for each script. */
  readonly cursor: string;
}

/** The scripts of a number. */
export type NumberScripts = Partial<Readonly<Record<Operation, ScriptRecord>>>;

/** Those that come before a decision: nothing is decided, no token used, nothing charged. */
export type Withheld = Extract<Outcome, { readonly kind: 'reset' | 'hang' | 'status' }>;

export function isWithheld(outcome: Outcome): outcome is Withheld {
  return outcome.kind === 'reset' || outcome.kind === 'hang' || outcome.kind === 'status';
}

/** The connection's part of an outcome; undefined where an answer comes whole. */
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
