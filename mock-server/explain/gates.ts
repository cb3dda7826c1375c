/** The rules as gates: passed, refused, or not reached. */
import { type RequestRule, rulesFor } from '../carrier/engine/decide.js';
import type { Requirement } from '../carrier/engine/decision.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { matchesOnceReadable } from './phone/analysed-phone-num.js';
import type { Subject } from './subject.js';

export interface Gate {
  readonly requires: Requirement;
  readonly otherwise: string;
  readonly basis: RequestRule['basis'];
  readonly outcome: 'met' | 'unmet' | 'not reached';
}

export interface Gates {
  readonly gates: readonly Gate[];
  /** The code that the request would get after this mistake is fixed; null on success, if nothing was decided, and if the body is not complete. */
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
    next: closed === -1 || exchange.bodyIsPart === true ? null : nextCode(rules.slice(closed + 1), subject),
  };
}

function outcomeAt(at: number, { closed, reached }: { closed: number; reached: number }): Gate['outcome'] {
  if (at < reached) return 'met';
  return at === closed ? 'unmet' : 'not reached';
}

function nextCode(rules: readonly RequestRule[], subject: Subject): string {
  const unmet = rules.find((rule) => isDecidable(rule.requires, subject) && !wouldHold(rule, subject));
  return unmet?.otherwise ?? moduleOf(subject.request.operation).allMet;
}

/** For an unreadable phoneNum, uses the number that the search found in it. */
function wouldHold({ requires, holds }: RequestRule, subject: Subject): boolean {
  const isOfPhoneNum = requires === 'numberMatches' && subject.decidedBy === 'phoneNumReadable';
  return isOfPhoneNum ? (matchesOnceReadable(subject) ?? true) : holds();
}

const NEED_APP: readonly Requirement[] = [
  'ipAllowed',
  'capabilityGranted',
  'encryptionPossible',
  'signValid',
  'phoneNumReadable',
  'tokenOfThisApp',
  'tokenOfThisCapability',
  'tokenLive',
  'tokenUnused',
  'callsLeft',
  'numberMatches',
];
const NEED_TOKEN: readonly Requirement[] = ['tokenOfThisCapability', 'tokenLive', 'tokenUnused', 'numberMatches'];
const WITHOUT_BODY: readonly Requirement[] = ['urlRight', 'bodyReadable'];

/** Whether a rule can be checked; a rule that depends on a missing body, app or token is assumed to hold. */
function isDecidable(requires: Requirement, { draft, state }: Subject): boolean {
  if (draft.json === undefined) return WITHOUT_BODY.includes(requires);
  if (state.app === undefined) return !NEED_APP.includes(requires);
  return state.token !== undefined || !NEED_TOKEN.includes(requires);
}
