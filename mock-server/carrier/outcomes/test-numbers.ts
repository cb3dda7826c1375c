/** The subscribers of the carrier. Those with a test number have a failure. */
import type { Operator } from '../../../src/protocol/portal.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { NUMBER_FAILURES, type NumberFailure } from '../../../src/protocol/test-numbers.js';
import type { Scripts } from './outcome.js';

export interface Subscriber {
  readonly phoneNumber: string;
  readonly operator: Operator;
  readonly failure?: NumberFailure;
  /** The outcomes of calls with a token of this number, unless the app has its own scripts for it. */
  readonly scripts?: Scripts;
}

export function subscriberOf(
  { subscribers }: { readonly subscribers: readonly Subscriber[] },
  phoneNumber: string,
): Subscriber | undefined {
  for (const subscriber of subscribers)
    if (subscriber.phoneNumber === phoneNumber) return subscriber;
  return undefined;
}

const NONE: readonly Requirement[] = [];

export function unmetByNumber(subscriber: Subscriber | undefined): readonly Requirement[] {
  const name = subscriber?.failure;
  return (name && NUMBER_FAILURES.find(({ failure }) => failure === name)?.unmet) ?? NONE;
}
