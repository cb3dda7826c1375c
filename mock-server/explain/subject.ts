/** The input of an explanation: a request, the state of its decision, and its context. Values only. */
import type { RsaKey } from '../../src/protocol/rsa-keys.js';
import type { Decision } from '../carrier/engine/decision.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import type { CarrierRequest, Draft, Exchange } from '../carrier/engine/request.js';
import { parseDraft, toRequest } from '../carrier/engine/request.js';
import type { Requirement } from '../carrier/engine/requirements.js';
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

/** Another registered app: a team may mix up the keys of its apps. */
export interface OtherApp {
  readonly appId: string;
  readonly verifyKey: RsaKey | undefined;
  readonly encryptKey: RsaKey | undefined;
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

export interface SubjectContext {
  /** Newest first. Only needed for a request with a token. */
  readonly earlier: readonly EarlierRequest[];
  /** Only needed for an RSA signature that the app's own keys did not make. */
  readonly otherApps: readonly OtherApp[];
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
}

export const NO_CONTEXT: SubjectContext = { earlier: [], otherApps: [] };

export function subjectOf(recorded: Recorded, context: SubjectContext): Subject {
  const draft = parseDraft(recorded.exchange);
  return { ...recorded, ...context, draft, request: toRequest(draft, readingsOf(recorded.state)) };
}
