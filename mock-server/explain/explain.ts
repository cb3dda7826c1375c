/** The explanation that the carrier never gives: which rule refused, what would come next, and which known mistakes the request makes. */

import type { Language } from '../../src/protocol/bilingual.js';
import type { Operation } from '../../src/protocol/operations.js';
import { rulesFor } from '../carrier/engine/decide.js';
import { type Finding, inLanguage } from './finding.js';
import { findingsOf } from './findings.js';
import { type Gates, gatesOf } from './gates.js';
import { type Segment, segmentsOf } from './sign/recipe.js';
import { searchSign } from './sign/search.js';
import { type SignView, signView } from './sign/sign-view.js';
import type { Recorded, Subject } from './subject.js';

export interface Explanation extends Gates, SignView {
  readonly operation: Operation;
  readonly resultCode: string | null;
  readonly decidedBy: Recorded['decidedBy'];
  readonly forced: boolean;
  readonly findings: readonly Finding[];
  /** The text that a wrong sign was made of; null where it is right, or nothing reproduces it. */
  readonly signedString: string | null;
  /** The same in pieces. */
  readonly signedStringSegments: readonly Segment[] | null;
}

export function explain(subject: Subject, language: Language): Explanation {
  const { request, resultCode, decidedBy } = subject;
  return {
    operation: request.operation,
    resultCode: resultCode ?? null,
    decidedBy,
    forced: decidedBy === 'forced',
    ...gatesOf(subject),
    findings: findingsOf(subject).map((found) => inLanguage(found, language)),
    ...signView(subject),
    ...signedText(subject),
  };
}

/** null where the sign is right, by the app's readings, and where no known mistake reproduces it. */
function signedText(subject: Subject): Pick<Explanation, 'signedString' | 'signedStringSegments'> {
  const { text, recipe } = isSignRight(subject) ? NO_TEXT : searchSign(subject);
  return { signedString: text ?? null, signedStringSegments: recipe === undefined ? null : segmentsOf(recipe) };
}

const NO_TEXT = { text: undefined, recipe: undefined };

function isSignRight({ request, state, atMs, exchange: { clientIp } }: Subject): boolean {
  const rules = rulesFor(request, state, { nowMs: atMs, clientIp });
  return rules.some(({ requires, holds }) => requires === 'signValid' && holds());
}
