/** The answers as the carrier writes them: fields in the order of the document's samples, compact. The document, 1.3 and 2.4. */
import { resultRow } from '../../src/protocol/result-codes.js';
import { encryptPkcs1 } from '../../src/protocol/rsa-pkcs1.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import type { LoginTokenValidateResponseWire, TokenValidateResponseWire } from '../../src/protocol/wire.js';
import type { App } from './app-settings.js';
import type { Decision } from './decide.js';
import { asksForRsa } from './facts/login-token-validate.js';
import type { Readings } from './readings.js';
import type { CarrierRequest, LoginTokenRequest, TokenValidateRequest } from './request.js';

export interface AnswerInputs {
  readonly decision: Pick<Decision, 'resultCode' | 'phoneNumber'>;
  readonly app: App | undefined;
  readonly readings: Readings;
  readonly nowMs: number;
  /** 话单流水号: 32 lower-case hex. */
  readonly taskId: string;
  readonly accessToken: string | undefined;
}

/** The body of an answer, as text. */
export function render(request: CarrierRequest, inputs: AnswerInputs): string {
  return JSON.stringify(
    request.operation === 'loginTokenValidate' ? loginAnswer(request, inputs) : verifyAnswer(request, inputs),
  );
}

function loginAnswer(request: LoginTokenRequest, inputs: AnswerInputs): LoginTokenValidateResponseWire {
  const { decision, app, readings, nowMs, taskId } = inputs;
  const { resultCode, phoneNumber } = decision;
  const inresponseto = request.msgId ?? '';
  const systemtime = formatTimestamp(nowMs);
  if (phoneNumber !== undefined) {
    return { inresponseto, resultCode, msisdn: msisdn(request, phoneNumber, app), systemtime, taskId };
  }
  if (readings['login-error-desc'] === 'absent') return { inresponseto, resultCode, systemtime, taskId };
  const desc = resultRow('loginTokenValidate', resultCode)?.descEn ?? '';
  return { inresponseto, resultCode, desc, systemtime, taskId };
}

/** Plain, or upper-case hex of the ciphertext for 应用公钥2 where RSA was asked for. */
function msisdn(request: LoginTokenRequest, phoneNumber: string, app: App | undefined): string {
  if (!asksForRsa(request) || app?.encryptKey === undefined) return phoneNumber;
  return encryptPkcs1(phoneNumber, app.encryptKey).toString('hex').toUpperCase();
}

function verifyAnswer(request: TokenValidateRequest, inputs: AnswerInputs): TokenValidateResponseWire {
  const { decision, nowMs, taskId, accessToken } = inputs;
  const { resultCode } = decision;
  const { message = '', expandParams, appId = '', msgId = '' } = request;
  return {
    body: {
      message,
      resultDesc: resultRow('tokenValidate', resultCode)?.desc ?? '',
      taskId,
      // JSON leaves out what is undefined.
      expandParams,
      accessToken,
    },
    header: { appId, msgId, resultCode, timestamp: formatTimestamp(nowMs) },
  };
}
