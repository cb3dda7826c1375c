/** Turns tokenValidate's response into an answer. The document, 2.3 响应参数, 2.4 and 2.5. */

import { TOKEN_VALIDATE_RESULTS } from '../protocol/result-codes.js';
import type { Echo, VerificationAnswer, VerificationRefusal } from './answers.js';
import type { TokenValidateRequest } from './build-token-validate-request.js';
import { decodeExpandParams, decodeText } from './expand-params.js';
import {
  checkEchoedId,
  type Json,
  objectIn,
  optionalText,
  ownValue,
  readAnswer,
  requiredText,
  shownField,
} from './read-answer.js';
import type { ReceivedResponse } from './received.js';
import { withHidden } from './redact.js';
import { refusalsOf, unknownCode } from './refusals.js';
import { shownText } from './shown-text.js';

const OWN_NUMBER = '000';
const NOT_OWN_NUMBER = '001';
const REFUSALS = refusalsOf(TOKEN_VALIDATE_RESULTS);

/** Codes for a request that the carrier could not read, or for a system failure. The response may lack its msgId. */
const UNREAD = ['102', '303', '999'];

/** The request's fields against which its response is checked. */
export type VerifyExpectation = Pick<TokenValidateRequest, 'operation' | 'msgId'>;

/** The input of processTokenValidateResponse. */
export interface TokenValidateOutput {
  readonly request: VerifyExpectation;
  readonly response: ReceivedResponse;
  /** Refuses a mock's response. Default: true. */
  readonly production?: boolean | undefined;
}

/**
 * Turns tokenValidate's response into an answer (the document, 2.3 and 2.5), without I/O. The response must belong to the
 * request. The appId in its header is not compared, because the document's sample masks it.
 *
 * Throws an ExchangeError for an invalid response or one to another request: HttpStatusError, ResponseNotJsonError,
 * ResponseFormatError, ResponseMismatchError, and in production MockError. Throws an ArgumentError if the request has no
 * msgId.
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
  const resultCode = requiredText(request, { in: header, name: 'resultCode', field: 'header.resultCode' });
  const refusal = REFUSALS.get(resultCode);
  const success = resultCode === OWN_NUMBER || resultCode === NOT_OWN_NUMBER;
  checkEchoedId(request, {
    field: 'header.msgId',
    echoed: ownValue(header, 'msgId'),
    mayBeEmpty: UNREAD.includes(resultCode) || (refusal === undefined && !success),
  });
  if (success) return numberAnswer(output, answer, resultCode);
  // The header of a refusal is sufficient: its body may be missing.
  const body = bodyOf(answer);
  const common = { ...echoOf(body), taskId: shownField(body, 'taskId') };
  if (refusal !== undefined) return withHidden({ ...refusal, ...common }, []) as VerificationRefusal;
  const carrierText = shownField(body, 'resultDesc');
  return withHidden({ ...unknownCode({ resultCode, carrierText, ...common }), ...common }, []);
}

function numberAnswer({ request }: TokenValidateOutput, answer: Json, resultCode: '000' | '001'): VerificationAnswer {
  const body = objectIn(request, answer, 'body');
  const taskId = shownText(requiredText(request, { in: body, name: 'taskId', field: 'body.taskId' }));
  const echo = echoOf(body);
  if (resultCode === OWN_NUMBER)
    return withHidden({ kind: 'ownNumber', resultCode, charged: true, taskId, ...echo }, []);
  const accessToken = optionalText(body, 'accessToken');
  const next = 'fallBackToSms' as const;
  return withHidden({ kind: 'notOwnNumber', resultCode, accessToken, next, charged: true, taskId, ...echo }, [
    'accessToken',
  ]);
}

function bodyOf(answer: Json): Json {
  const body = ownValue(answer, 'body');
  return typeof body === 'object' && body !== null ? (body as Json) : {};
}

function echoOf(body: Json): Echo {
  const [message, expandParams] = [optionalText(body, 'message'), optionalText(body, 'expandParams')];
  return {
    message: message && decodeText(message),
    expandParams: expandParams === undefined ? undefined : decodeExpandParams(expandParams),
  };
}
