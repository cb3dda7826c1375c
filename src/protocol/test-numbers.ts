/** The failures of test numbers, so that a real client receives errors that a healthy carrier does not return. */
import type { Requirement } from './requirements.js';

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
