/** loginTokenValidate: exchanges a token for its phone number. The document, 1. */
import { fieldsOf } from '../../../../src/protocol/fields.js';
import { resultRow } from '../../../../src/protocol/result-codes.js';
import { encryptPkcs1 } from '../../../../src/protocol/rsa-pkcs1.js';
import { formatTimestamp } from '../../../../src/protocol/timestamp.js';
import type { LoginTokenValidateResponseWire } from '../../../../src/protocol/wire.js';
import type { App } from '../app-settings.js';
import { LOGIN_TOKEN_VALIDATE_FACTS, type Login, usesRsa } from '../facts/login-token-validate.js';
import type { Readings } from '../readings.js';
import {
  type Draft,
  isContentTypeAccepted,
  isText,
  isUrlRight,
  jsonOf,
  type LoginTokenRequest,
  optionalText,
  textOf,
} from '../request.js';
import {
  LOGIN_TOKEN_VALIDATE_ALL_MET,
  LOGIN_TOKEN_VALIDATE_RULES,
  type LoginTokenValidateRequirement,
} from '../rules/login-token-validate.js';
import type { OperationModule, RenderInputs } from './operation.js';

export const LOGIN_TOKEN_VALIDATE: OperationModule<LoginTokenRequest, LoginTokenValidateRequirement, Login> = {
  namesIn: (json) => ({ appId: json?.['appid'], msgId: json?.['msgid'], token: json?.['token'] }),
  toRequest,
  rules: LOGIN_TOKEN_VALIDATE_RULES,
  facts: LOGIN_TOKEN_VALIDATE_FACTS,
  allMet: LOGIN_TOKEN_VALIDATE_ALL_MET,
  situation: (given) => given,
  returnsNumber: true,
  render,
};

/** Undocumented fields are ignored. */
const FIELDS = fieldsOf('loginTokenValidate');

function toRequest(draft: Draft, readings: Readings): LoginTokenRequest {
  const json = jsonOf(draft, readings) ?? {};
  const isOptionalText = optionalText(readings);
  return {
    operation: 'loginTokenValidate',
    urlRight: isUrlRight(draft),
    bodyReadable: draft.json !== undefined,
    contentTypeIsJson: isContentTypeAccepted(draft, readings),
    valuesAreStrings: FIELDS.every(({ name, required }) => (required === true ? isText : isOptionalText)(json[name])),
    version: textOf(json['version']),
    msgId: textOf(json['msgid']),
    sentAt: textOf(json['systemtime']),
    appId: textOf(json['appid']),
    token: textOf(json['token']),
    sign: textOf(json['sign']),
    expandParams: textOf(json['expandparams']),
    strictCheck: textOf(json['strictcheck']),
    encryptionAlgorithm: textOf(json['encryptionalgorithm']),
  };
}

/** The document, 1.3. */
function render(request: LoginTokenRequest, inputs: RenderInputs): LoginTokenValidateResponseWire {
  const { decision, app, readings, text, nowMs, taskId } = inputs;
  const { resultCode, phoneNumber } = decision;
  const inresponseto = request.msgId ?? '';
  const systemtime = formatTimestamp(nowMs);
  if (phoneNumber !== undefined) {
    return { inresponseto, resultCode, msisdn: msisdn(request, phoneNumber, app), systemtime, taskId };
  }
  // JSON leaves out undefined fields.
  const refusalId = readings['refusal-task-id'] === 'absent' ? undefined : taskId;
  if (readings['login-error-desc'] === 'absent') return { inresponseto, resultCode, systemtime, taskId: refusalId };
  const desc = decision.desc ?? text ?? resultRow('loginTokenValidate', resultCode)?.descEn ?? '';
  return { inresponseto, resultCode, ...(desc !== '' && { desc }), systemtime, taskId: refusalId };
}

/** Plain; if RSA is requested, encrypted with 应用公钥2, as upper-case hex. */
function msisdn(request: LoginTokenRequest, phoneNumber: string, app: App | undefined): string {
  if (!usesRsa(request) || app?.encryptKey === undefined) return phoneNumber;
  return encryptPkcs1(phoneNumber, app.encryptKey).toString('hex').toUpperCase();
}
