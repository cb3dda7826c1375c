/** The explanation of a decision: the rule that refused, the next result after a fix, and the known mistakes of the request. */
import type { Operation } from '../../src/protocol/operations.js';
import type { Language } from '../../src/text/bilingual.js';
import { type RequestRule, rulesFor } from '../carrier/engine/decide.js';
import { isPathUnknown } from '../carrier/engine/decision.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import type { Requirement } from '../carrier/engine/requirements.js';
import { isDecidable, type Need } from '../carrier/engine/requirements.js';
import { type Finding, inLanguage } from './finding.js';
import { findingsOf } from './findings.js';
import { matchesOnceReadable } from './phone/phone-num.js';
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

export interface Gate {
  readonly requires: Requirement;
  readonly otherwise: string;
  readonly basis: RequestRule['basis'];
  readonly outcome: 'met' | 'unmet' | 'not reached';
}

export interface Gates {
  readonly gates: readonly Gate[];
  /** The code that the request would get after this mistake is fixed; null on success, if nothing was decided, if the body is not complete, and for a path that the carrier does not have. */
  readonly next: string | null;
}

export function gatesOf(subject: Subject): Gates {
  const { request, state, atMs, exchange, decidedBy } = subject;
  const rules = rulesFor(request, state, { nowMs: atMs, clientIp: exchange.clientIp });
  const closed = rules.findIndex(({ requires }) => requires === decidedBy);
  const reached = decidedBy === 'allMet' ? rules.length : closed;
  const gates = rules.map(({ requires, otherwise, basis }, at) => ({
    requires,
    otherwise,
    basis,
    outcome: outcomeAt(at, { closed, reached }),
  }));
  return {
    gates,
    next:
      closed === -1 || exchange.bodyIsPart === true || isPathUnknown(subject)
        ? null
        : nextCode(rules.slice(closed + 1), subject),
  };
}

function outcomeAt(at: number, { closed, reached }: { closed: number; reached: number }): Gate['outcome'] {
  if (at < reached) return 'met';
  return at === closed ? 'unmet' : 'not reached';
}

function nextCode(rules: readonly RequestRule[], subject: Subject): string {
  const available = availableIn(subject);
  const { skipped = [] } = subject;
  const decidable = rules.filter(({ requires }) => isDecidable(requires, available) && !skipped.includes(requires));
  const unmet = decidable.find((rule) => !wouldHold(rule, subject));
  return unmet?.otherwise ?? moduleOf(subject.request.operation).allMet;
}

/** A rule that needs more than this is assumed to hold. */
function availableIn({ draft, state }: Subject): Need {
  if (draft.json === undefined) return 'nothing';
  if (state.app === undefined) return 'store';
  return state.token === undefined ? 'app' : 'token';
}

/** For an unreadable phoneNum, uses the number that the search found in it. */
function wouldHold({ requires, holds }: RequestRule, subject: Subject): boolean {
  const isOfPhoneNum = requires === 'numberMatches' && subject.decidedBy === 'phoneNumReadable';
  return isOfPhoneNum ? (matchesOnceReadable(subject) ?? true) : holds();
}
