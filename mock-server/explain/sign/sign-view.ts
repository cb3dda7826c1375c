/** The text that had to be signed, and the sign that was expected and received. The document, 1.2 sign and 2.3 sign. */
import { hmacSha256Hex, md5Hex } from '../../../src/protocol/sign.js';
import { loginMd5Text, loginRsaText, tokenValidateText } from '../../../src/protocol/string-to-sign.js';
import { asksForRsa } from '../../engine/facts/login-token-validate.js';
import type { LoginTokenRequest, TokenValidateRequest } from '../../engine/request.js';
import type { Subject } from '../subject.js';

export interface SignView {
  /** Whole, the secret included; null where the body could not be read or the app is unknown. */
  readonly stringToSign: string | null;
  /** null for RSA as well: only the owner of the private key can make it. */
  readonly expectedSign: string | null;
  readonly receivedSign: string | null;
}

export function signView({ request, state, draft }: Subject): SignView {
  const receivedSign = request.sign ?? null;
  const { app } = state;
  if (draft.json === undefined || app === undefined) return { stringToSign: null, expectedSign: null, receivedSign };
  if (request.operation === 'tokenValidate') {
    const stringToSign = verifyText(request);
    const expectedSign = request.keyType === 'rsa' ? null : hmacSha256Hex(stringToSign, app.settings.appKey);
    return { stringToSign, expectedSign, receivedSign };
  }
  if (asksForRsa(request)) {
    const { appId = '', token = '' } = request;
    return { stringToSign: loginRsaText({ appId, token }), expectedSign: null, receivedSign };
  }
  const stringToSign = md5Text(request, app.md5Secret);
  return { stringToSign, expectedSign: md5Hex(stringToSign), receivedSign };
}

function md5Text(request: LoginTokenRequest, secret: string): string {
  const { appId = '', version = '', msgId = '', sentAt = '', strictCheck = '', token = '' } = request;
  return loginMd5Text({ appId, version, msgId, systemTime: sentAt, strictCheck, token }, secret);
}

function verifyText(request: TokenValidateRequest): string {
  const { appId = '', msgId = '', phoneNum = '', sentAt = '', token = '', version = '' } = request;
  return tokenValidateText({ appId, msgId, phoneNum, timestamp: sentAt, token, version });
}
