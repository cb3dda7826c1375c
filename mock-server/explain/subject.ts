/** The input of an explanation: a request, the state of its decision, and its context. Values only. */
import type { Property } from '../../src/protocol/fields.js';
import type { Requirement } from '../../src/protocol/requirements.js';
import type { App } from '../carrier/engine/app-settings.js';
import { type RequestRule, rulesFor } from '../carrier/engine/decide.js';
import type { Decision } from '../carrier/engine/decision.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import {
  type CarrierRequest,
  type Draft,
  type Exchange,
  parseDraft,
  toRequest,
} from '../carrier/engine/request.js';
import type { RuleSets } from '../carrier/engine/rules.js';
import type { State } from '../carrier/engine/state.js';

/** An earlier request of the same app. */
export interface EarlierRequest {
  readonly id: string;
  /** Real time. */
  readonly receivedAtMs: number;
  readonly token: string | undefined;
  readonly sentAt: string | undefined;
  readonly msgId: string | undefined;
  readonly resultCode: string | undefined;
}

/** The journal's record of a request. */
export interface Recorded {
  readonly exchange: Exchange;
  readonly state: State;
  /** By the app's clock. */
  readonly atMs: number;
  /** By the server's own clock. */
  readonly receivedAtMs: number;
  /** undefined if a script kept the carrier from deciding. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'];
}

/** What is calculated again for a repaired request: the signature, and phoneNum from this number. */
export interface ToCalculate {
  readonly sign?: boolean;
  readonly phoneNum?: string;
  /** Fields with a value that the client did not send. If it signed its own value, its signature may not be checkable. */
  readonly generated?: readonly Property[];
}

export interface SubjectContext {
  /** Newest first. Only needed for a request with a token. */
  readonly earlier: readonly EarlierRequest[];
  /** A team may mix up the ids, secrets and keys of its apps. Only needed for an unknown app and for a wrong signature. */
  readonly otherApps: readonly App[];
  /** The presented token is of an app that the reader may not see. */
  readonly isIssuerHidden?: boolean;
  /** What the store has for the repaired request. Only needed if it names another app, token or operation. */
  readonly found?: Found | undefined;
}

/** The state for the names of a draft. */
export interface Found {
  readonly draft: Draft;
  readonly state: State;
  /** By the clock of the app that the draft names. */
  readonly atMs: number;
  /** What is unknown of that app. By default, the same as of the app of the request. */
  readonly unknown?: Pick<Subject, 'signSecretUnknown' | 'skipped'>;
}

export interface Subject extends Recorded, SubjectContext {
  readonly draft: Draft;
  /** As the app's readings interpret it. */
  readonly request: CarrierRequest;
  /** The rules of the mock, by default in the default order. */
  readonly rules?: RuleSets | undefined;
  /** The secret of the signature is unknown, and the app has a placeholder for it. */
  readonly signSecretUnknown?: boolean;
  /** Requirements that cannot be checked, because data is missing. */
  readonly skipped?: readonly Requirement[];
  /** What a repair leaves to be calculated. */
  readonly toCalculate?: ToCalculate;
  /** The token that a repaired request has instead of a dead one. */
  readonly newToken?: string;
  /** The signature cannot be judged: a signed value is masked, or only the client can sign the repaired request, with the private key that it has shown to have. */
  readonly signedByClient?: boolean;
}

export const NO_CONTEXT: SubjectContext = { earlier: [], otherApps: [] };

export function subjectOf(recorded: Recorded, context: SubjectContext): Subject {
  return reparsed({ ...recorded, ...context });
}

/** A function of a subject that runs once for each. */
export function oncePerSubject<T>(make: (subject: Subject) => T): (subject: Subject) => T {
  const made = new WeakMap<Subject, { readonly value: T }>();
  return (subject) => {
    const known = made.get(subject) ?? { value: make(subject) };
    made.set(subject, known);
    return known.value;
  };
}

/** After a change of its exchange or state. */
export function reparsed(subject: Omit<Subject, 'draft' | 'request'>): Subject {
  const draft = parseDraft(subject.exchange);
  return { ...subject, draft, request: toRequest(draft, readingsOf(subject.state)) };
}

/** The rules for the request, in their order of precedence. A carrier can check a requirement in parts. */
export function rulesOf({
  request,
  state,
  atMs,
  exchange: { clientIp },
  rules,
}: Subject): readonly RequestRule[] {
  return rulesFor(request, state, { nowMs: atMs, clientIp, rules });
}
