/** Test numbers: subscribers whose requests fail, so that a real client receives errors that a healthy carrier does not return. */
import type { Requirement } from '../engine/requirements.js';
import type { Operator } from '../engine/state.js';
import type { Scripts } from './outcome.js';

/** `unmet`: the requirements that fail for a known token of this number, each at its own row of the rules. */
export const NUMBER_FAILURES = [
  { failure: 'serviceDown', unmet: ['serviceUp'] },
  { failure: 'tokenServiceDown', unmet: ['tokenServiceUp'] },
  { failure: 'numberNotObtained', unmet: ['numberObtained'] },
] as const satisfies readonly {
  readonly failure: string;
  readonly unmet: readonly Requirement[];
}[];

export type NumberFailure = (typeof NUMBER_FAILURES)[number]['failure'];

export interface Subscriber {
  readonly phoneNumber: string;
  readonly operator: Operator;
  readonly failure?: NumberFailure;
  /** The outcomes of calls with a token of this number, unless the app has its own scripts for it. */
  readonly scripts?: Scripts;
}

const NONE: readonly Requirement[] = [];

export function unmetByNumber(subscriber: Subscriber | undefined): readonly Requirement[] {
  const name = subscriber?.failure;
  return (name && NUMBER_FAILURES.find(({ failure }) => failure === name)?.unmet) ?? NONE;
}
