/** The facts of tokenValidate. The document, 2.3. */
import { SIGNED_FIELDS, stringToSign } from '../../../../src/protocol/fields.js';
import { decryptPhoneNum, hashPhoneNum } from '../../../../src/protocol/phone-num.js';
import { modulusBits } from '../../../../src/protocol/rsa-keys.js';
import { fromBase64, fromHex, hmacSha256Hex, upperHex, verifyRsa } from '../../../../src/protocol/sign.js';
import type { App } from '../app-settings.js';
import type { TokenValidateRequest } from '../request.js';
import type { TokenValidateRequirement } from '../rules/token-validate.js';
import type { State } from '../state.js';
import { isFilled, isMsgIdValid, isSentAtValid, SHARED_FACTS } from './shared.js';
import { type Facts, readingsOf, type Situation } from './situation.js';

export interface Verify extends Situation<TokenValidateRequest> {
  /** The number in phoneNum for keyType 1; undefined if it does not decrypt to a number. */
  readonly decryptedNumber: () => string | undefined;
}

const VERSION = '1.0';
const SIGNED = SIGNED_FIELDS.tokenValidate;
const REQUESTER_TYPES: readonly (string | undefined)[] = ['0', '1'];
const OPEN_TYPES: readonly (string | undefined)[] = ['0', '1', '2', '3'];
const REQUESTER_IS_APP = '0';
const PORTAL_MODULUS_BITS = 1024;
// The characters that the URL encoders of common languages do not encode. expandParams may also contain = and |: the
// document does not state whether they are encoded.
const URL_ENCODED = {
  message: /^(?:[\w.~!'()*+-]|%[0-9A-Fa-f]{2})*$/,
  expandParams: /^(?:[\w.~!'()*+=|-]|%[0-9A-Fa-f]{2})*$/,
};
const HASH_UPPER = /^[0-9A-F]{64}$/;
const HASH_ANY_CASE = /^[0-9A-Fa-f]{64}$/;

export const TOKEN_VALIDATE_FACTS: Facts<TokenValidateRequirement, Verify> = {
  ...SHARED_FACTS,
  bodyReadable: ({ request }) => request.bodyReadable && request.contentTypeIsJson,
  parametersValid,
  ipAllowed: ({ state, clientIp }) => state.app?.admits.tokenValidate(clientIp) === true,
  signValid: ({ request, state: { app } }) =>
    app !== undefined && (request.keyType === 'rsa' ? isRsaSignValid(request, app) : isHmacSignValid(request, app)),
  phoneNumReadable: (situation) =>
    situation.request.keyType === 'rsa' ? situation.decryptedNumber() !== undefined : isHash(situation),
  tokenServiceUp: ({ state }) => !state.unmetByPersona.includes('tokenServiceUp'),
  numberObtained: ({ state }) => !state.unmetByPersona.includes('numberObtained'),
  numberMatches: (situation) =>
    situation.request.keyType === 'rsa'
      ? situation.decryptedNumber() === situation.state.token?.phoneNumber
      : hashMatches(situation),
};

function parametersValid(situation: Verify): boolean {
  const { request } = situation;
  return (
    request.envelopeWhole &&
    request.valuesAreStrings &&
    request.version === VERSION &&
    isMsgIdValid(situation) &&
    isSentAtValid(situation) &&
    isFilled(request.appId) &&
    isFilled(request.token) &&
    isFilled(request.phoneNum) &&
    isFilled(request.sign) &&
    REQUESTER_TYPES.includes(request.requesterType) &&
    isOpenTypeValid(request) &&
    isEncodingAccepted('message', situation) &&
    isEncodingAccepted('expandParams', situation)
  );
}

/** Any text; depending on `verify-params-encoding`, only a URL-encoded one. */
export function isEncodingAccepted(field: keyof typeof URL_ENCODED, { request, state }: Verify): boolean {
  return readingsOf(state)['verify-params-encoding'] !== 'encoded' || URL_ENCODED[field].test(request[field] ?? '');
}

function isOpenTypeValid({ openType, requesterType }: TokenValidateRequest): boolean {
  return OPEN_TYPES.includes(openType) || (requesterType !== REQUESTER_IS_APP && !isFilled(openType));
}

function isHmacSignValid(request: TokenValidateRequest, { settings, hmacKey }: App): boolean {
  const expected = hmacSha256Hex(stringToSign(SIGNED.hmac, request), hmacKey);
  const { sign = '' } = request;
  return (settings.readings['verify-hex-case'] === 'any' ? upperHex(sign) : sign) === expected;
}

function isRsaSignValid(request: TokenValidateRequest, app: App): boolean {
  const { verifyKey } = app;
  if (verifyKey === undefined) return false;
  if (app.settings.readings['verify-key-size'] === '1024' && modulusBits(verifyKey) !== PORTAL_MODULUS_BITS)
    return false;
  const signature = decode(request.sign, app);
  return signature !== undefined && verifyRsa('RSA-MD5', stringToSign(SIGNED.rsa, request), signature, verifyKey);
}

function isHash({ request: { phoneNum = '' }, state: { app } }: Verify): boolean {
  return (app?.settings.readings['verify-hex-case'] === 'any' ? HASH_ANY_CASE : HASH_UPPER).test(phoneNum);
}

function hashMatches({ request: { phoneNum = '', sentAt = '' }, state: { app, token } }: Verify): boolean {
  if (app === undefined || token === undefined) return false;
  const { phoneNumber } = token;
  const expected = hashPhoneNum({ phoneNumber, appKey: app.settings.appKey, timestamp: sentAt });
  return upperHex(phoneNum) === expected;
}

/** Decrypts phoneNum at most once and only if needed: decryption costs ten times as much as all the rest. */
export function verifySituation({ request, state, nowMs, clientIp }: Situation<TokenValidateRequest>): Verify {
  let isDecrypted = false;
  let phoneNumber: string | undefined;
  const decryptedNumber = () => {
    if (!isDecrypted) phoneNumber = decryptNumber(request, state);
    isDecrypted = true;
    return phoneNumber;
  };
  return { request, state, nowMs, clientIp, decryptedNumber };
}

function decryptNumber(request: TokenValidateRequest, { app, platformKey }: State): string | undefined {
  const ciphertext = app && decode(request.phoneNum, app);
  if (app === undefined || ciphertext === undefined) return undefined;
  return decryptPhoneNum(ciphertext, { appKey: app.settings.appKey, timestamp: request.sentAt ?? '' }, platformKey);
}

function decode(text: string | undefined, { settings }: App): Buffer | undefined {
  return settings.readings['verify-rsa-encoding'] === 'hex' ? fromHex(text ?? '') : fromBase64(text ?? '');
}
