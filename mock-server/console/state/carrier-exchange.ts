/** Exchanges with the carrier from this page. */
import { type CarrierAnswer, type CarrierRequest, callCarrier } from '../api/carrier-call.js';
import { answerOf, control } from '../api/control-client.js';
import { ServerUnreachable } from '../api/problem.js';
import type { SignRequest } from '../api/schemas.js';

export interface SentExchange {
  readonly request: CarrierRequest;
  /** undefined if the connection broke before the response. */
  readonly answer: CarrierAnswer | undefined;
}

/** A correctly signed request, not sent. */
export async function signedRequest(appId: string, body: SignRequest) {
  return answerOf(control.POST('/_mock/apps/{appId}/signed-requests', { params: { path: { appId } }, body }));
}

/** A broken connection is not an error here, because a script may have forced it. */
export async function exchange(request: CarrierRequest): Promise<SentExchange> {
  try {
    return { request, answer: await callCarrier(request) };
  } catch (error) {
    if (error instanceof ServerUnreachable) return { request, answer: undefined };
    throw error;
  }
}
