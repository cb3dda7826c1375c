/** tokenValidate's response made into an answer. The document, 2.3 响应参数, 2.4 and 2.5. */

import { NOT_OWN_NUMBER_NEXT, VERIFY_NEXT_STEPS } from '../protocol/next-steps.js';
import { TOKEN_VALIDATE_RESULTS } from '../protocol/result-codes.js';
import type { Echo, VerificationAnswer, VerificationRefusal } from './answers.js';
import type { TokenValidateRequest } from './build-token-validate-request.js';
import { decodeExpandParams, decodeText } from './expand-params.js';
import {
  checkEchoedId,
  decidingText,
  type Json,
  objectIn,
  otherText,
  own,
  readAnswer,
  shownIn,
} from './read-answer.js';
import type { ReceivedResponse } from './received.js';
import { withHidden } from './redact.js';
import { refusalsOf, unknownCode } from './refusals.js';
import { shownText } from './shown-text.js';

const OWN_NUMBER = '000';
const NOT_OWN_NUMBER = '001';
const REFUSALS = refusalsOf(VERIFY_NEXT_STEPS, TOKEN_VALIDATE_RESULTS);

/** The codes of a request that could not be read, or that found the system down: its msgId may not have been read either. */
const UNREAD = ['102', '303', '999'];

/** What of the request its answer is judged by. */
export type VerifyExpectation = Pick<TokenValidateRequest, 'operation' | 'msgId'>;

/** tokenValidate's response, and what it is judged by. */
export interface TokenValidateOutput {
  readonly request: VerifyExpectation;
  readonly response: ReceivedResponse;
  /** Refuses an answer of a simulated carrier; true unless said. */
  readonly production?: boolean | undefined;
}

/**
 * Makes tokenValidate's response into an answer (the document, 2.3 and 2.5). It does no I/O. The answer has to be to
 * this very request; its header's appId is not compared, since the document's own sample masks it.
 *
 * Throws an ExchangeError for what is no answer of the carrier's to this request: HttpStatusError, ResponseNotJsonError,
 * ResponseFormatError, ResponseMismatchError, and in production MockError. An ArgumentError for a request without
 * a msgId.
 *
 * @example
 * import { processTokenValidateResponse } from 'cmpassport-mock';
 *
 * const answer = processTokenValidateResponse({
 *   request: { operation: 'tokenValidate', msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0' },
 *   response: {
 *     status: 200,
 *     headers: {},
 *     text: '{"header":{"msgId":"8ADFF305C7FCB3E1B1AECC130792FBD0","resultCode":"606"},"body":{}}',
 *   },
 * });
 * if (answer.kind === 'refused') console.log(answer.name, answer.next); // TOKEN_INVALID getNewToken
 */
export function processTokenValidateResponse(output: TokenValidateOutput): VerificationAnswer {
  const { request, response, production = true } = output;
  const answer = readAnswer(request, response, production);
  const header = objectIn(request, answer, 'header');
  const resultCode = decidingText(request, { in: header, name: 'resultCode', field: 'header.resultCode' });
  const refusal = REFUSALS.get(resultCode);
  const success = resultCode === OWN_NUMBER || resultCode === NOT_OWN_NUMBER;
  checkEchoedId(request, {
    field: 'header.msgId',
    echoed: own(header, 'msgId'),
    mayBeEmpty: UNREAD.includes(resultCode) || (refusal === undefined && !success),
  });
  if (success) return judged(output, answer, resultCode);
  // A refusal says all that it has to say in its header.
  const body = bodyOf(answer);
  const told = { ...echoOf(body), taskId: shownIn(body, 'taskId') };
  if (refusal !== undefined) return withHidden({ ...refusal, ...told }, []) as VerificationRefusal;
  const carrierText = shownIn(body, 'resultDesc');
  return withHidden({ ...unknownCode({ resultCode, carrierText, ...told }), ...told }, []);
}

function judged({ request }: TokenValidateOutput, answer: Json, resultCode: '000' | '001'): VerificationAnswer {
  const body = objectIn(request, answer, 'body');
  const taskId = shownText(decidingText(request, { in: body, name: 'taskId', field: 'body.taskId' }));
  const echo = echoOf(body);
  if (resultCode === OWN_NUMBER)
    return withHidden({ kind: 'ownNumber', resultCode, charged: true, taskId, ...echo }, []);
  const accessToken = otherText(body, 'accessToken');
  const next = NOT_OWN_NUMBER_NEXT;
  return withHidden({ kind: 'notOwnNumber', resultCode, accessToken, next, charged: true, taskId, ...echo }, [
    'accessToken',
  ]);
}

function bodyOf(answer: Json): Json {
  const body = own(answer, 'body');
  return typeof body === 'object' && body !== null ? (body as Json) : {};
}

function echoOf(body: Json): Echo {
  const [message, expandParams] = [otherText(body, 'message'), otherText(body, 'expandParams')];
  return {
    message: message && decodeText(message),
    expandParams: expandParams === undefined ? undefined : decodeExpandParams(expandParams),
  };
}
