/** What an explanation is made from: one request, what its decision knew, and what surrounded it. Values only. */
import type { RsaKey } from '../../src/protocol/rsa-keys.js';
import type { Decision } from '../carrier/engine/decision.js';
import { readingsOf } from '../carrier/engine/facts/situation.js';
import { parseDraft, toRequest } from '../carrier/engine/parse.js';
import type { CarrierRequest, Draft, Exchange } from '../carrier/engine/request.js';
import type { State } from '../carrier/engine/state.js';

/** A request of the same app that came before. */
export interface EarlierRequest {
  readonly id: string;
  /** Real time. */
  readonly receivedAtMs: number;
  readonly token: string | undefined;
  readonly sentAt: string | undefined;
  readonly msgId: string | undefined;
  readonly resultCode: string | undefined;
}

/** Another app that is registered: keys get mixed up between two apps of one team. */
export interface OtherApp {
  readonly appId: string;
  readonly verifyKey: RsaKey | undefined;
  readonly encryptKey: RsaKey | undefined;
}

/** What the journal kept of a request. */
export interface Recorded {
  readonly exchange: Exchange;
  readonly state: State;
  /** By the app's clock. */
  readonly atMs: number;
  /** By the server's own clock. */
  readonly receivedAtMs: number;
  /** undefined where a script kept the carrier from deciding. */
  readonly resultCode: string | undefined;
  readonly decidedBy: Decision['decidedBy'];
}

export interface Surroundings {
  /** Newest first. */
  readonly earlier: readonly EarlierRequest[];
  readonly otherApps: readonly OtherApp[];
}

export interface Subject extends Recorded, Surroundings {
  readonly draft: Draft;
  /** By the readings of its app. */
  readonly request: CarrierRequest;
  /** The secret that the sign is checked by is not known, and a text that is none stands in its place. */
  readonly signSecretUnknown?: boolean;
}

/** The surroundings are looked at when they are asked for: most requests are explained without them. */
export function subjectOf(recorded: Recorded, surroundings: Surroundings): Subject {
  const draft = parseDraft(recorded.exchange);
  return {
    ...recorded,
    draft,
    request: toRequest(draft, readingsOf(recorded.state)),
    get earlier() {
      return surroundings.earlier;
    },
    get otherApps() {
      return surroundings.otherApps;
    },
  };
}
