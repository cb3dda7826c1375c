/** The rules as gates: those that a request passed, the one that closed, and those that it never came to. */
import { type RequestRule, rulesFor } from '../carrier/engine/decide.js';
import type { Requirement } from '../carrier/engine/decision.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { matchesOnceReadable } from './phone/seen-phone-num.js';
import type { Subject } from './subject.js';

export interface Gate {
  readonly requires: Requirement;
  readonly otherwise: string;
  readonly basis: RequestRule['basis'];
  readonly outcome: 'met' | 'unmet' | 'not reached';
}

export interface Gates {
  readonly gates: readonly Gate[];
  /** The code that the request would get with the unmet one mended; null on success, and where nothing was decided. */
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
  return { gates, next: closed === -1 ? null : nextCode(rules.slice(closed + 1), subject) };
}

function outcomeAt(at: number, { closed, reached }: { closed: number; reached: number }): Gate['outcome'] {
  if (at < reached) return 'met';
  return at === closed ? 'unmet' : 'not reached';
}

function nextCode(rules: readonly RequestRule[], subject: Subject): string {
  const unmet = rules.find((rule) => canBeTold(rule.requires, subject) && !wouldHold(rule, subject));
  return unmet?.otherwise ?? moduleOf(subject.request.operation).allMet;
}

/** The number in a phoneNum that cannot be read is the one that it was found to be made of. */
function wouldHold({ requires, holds }: RequestRule, subject: Subject): boolean {
  const isOfPhoneNum = requires === 'numberMatches' && subject.decidedBy === 'phoneNumReadable';
  return isOfPhoneNum ? (matchesOnceReadable(subject) ?? true) : holds();
}

const OF_THE_APP: readonly Requirement[] = [
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
const OF_THE_TOKEN: readonly Requirement[] = ['tokenOfThisCapability', 'tokenLive', 'tokenUnused', 'numberMatches'];
const OF_THE_SERVICE: readonly Requirement[] = ['urlRight', 'bodyReadable'];

/** What depends on something that is not there cannot be told, and is taken to be right. */
function canBeTold(requires: Requirement, { draft, state }: Subject): boolean {
  if (draft.json === undefined) return OF_THE_SERVICE.includes(requires);
  if (state.app === undefined) return !OF_THE_APP.includes(requires);
  return state.token !== undefined || !OF_THE_TOKEN.includes(requires);
}
