/** The explanation of a decision: the rule that refused, the next result after a fix, and the known mistakes of the request. */

import type { Operation } from '../../src/protocol/operations.js';
import type { Language } from '../../src/text/bilingual.js';
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
  /** The string that was signed, if the signature is wrong and a known mistake reproduces it; otherwise null. */
  readonly signedString: string | null;
  /** `signedString` in pieces. */
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

function signedText(subject: Subject): Pick<Explanation, 'signedString' | 'signedStringSegments'> {
  const { text, recipe } = isSignRight(subject) ? NO_TEXT : searchSign(subject);
  return { signedString: text ?? null, signedStringSegments: recipe === undefined ? null : segmentsOf(recipe) };
}

const NO_TEXT = { text: undefined, recipe: undefined };

function isSignRight({ request, state, atMs, exchange: { clientIp } }: Subject): boolean {
  const rules = rulesFor(request, state, { nowMs: atMs, clientIp });
  return rules.some(({ requires, holds }) => requires === 'signValid' && holds());
}
