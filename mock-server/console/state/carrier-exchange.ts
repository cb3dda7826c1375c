/** One exchange with the carrier, made from this page: what was sent, and what came of it. */
import { type CarrierAnswer, type CarrierRequest, callCarrier } from '../api/carrier-call.js';
import { answerOf, control } from '../api/control-client.js';
import { ServerUnreachable } from '../api/problem.js';
import type { SignRequest } from '../api/schemas.js';

export interface SentExchange {
  readonly request: CarrierRequest;
  /** Undefined where the connection broke before one came. */
  readonly answer: CarrierAnswer | undefined;
}

/** A request that is rightly signed; not sent yet. */
export async function signedRequest(appId: string, body: SignRequest) {
  return answerOf(control.POST('/_mock/apps/{appId}/signed-requests', { params: { path: { appId } }, body }));
}

/** A connection that breaks is an outcome like others here: a script may have asked for it. */
export async function exchange(request: CarrierRequest): Promise<SentExchange> {
  try {
    return { request, answer: await callCarrier(request) };
  } catch (error) {
    if (error instanceof ServerUnreachable) return { request, answer: undefined };
    throw error;
  }
}
