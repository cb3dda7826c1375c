/** The facts of loginTokenValidate. The document, 1.2. */
import { SIGNED_FIELDS, stringToSign } from '../../../../src/protocol/fields.js';
import { fromHex, md5Hex, upperHex, verifyRsa } from '../../../../src/protocol/sign.js';
import type { App } from '../app-settings.js';
import { isWithoutEntry } from '../ip-whitelist.js';
import type { LoginTokenRequest } from '../request.js';
import type { LoginTokenValidateRequirement } from '../rules/login-token-validate.js';
import type { State } from '../state.js';
import { isFilled, isMsgIdValid, isSentAtValid, SHARED_FACTS } from './shared.js';
import { type Facts, readingsOf, type Situation } from './situation.js';

export type Login = Situation<LoginTokenRequest>;

const VERSION = '2.0';
const SIGNED = SIGNED_FIELDS.loginTokenValidate;
const STRICT_CHECKS: readonly (string | undefined)[] = ['0', '1'];

export const LOGIN_TOKEN_VALIDATE_FACTS: Facts<LoginTokenValidateRequirement, Login> = {
  ...SHARED_FACTS,
  bodyReadable: ({ request }) => request.bodyReadable,
  // The content type is checked here too, because 103211 was first published for "message format".
  valuesAreStrings: ({ request }) => request.contentTypeIsJson && request.valuesAreStrings,
  tokenPresent: ({ request }) => isFilled(request.token),
  parametersValid,
  ipAllowed,
  encryptionPossible: ({ request, state }) =>
    !usesRsa(request) || (state.app?.verifyKey !== undefined && state.app.encryptKey !== undefined),
  signValid: ({ request, state: { app } }) =>
    app !== undefined && (usesRsa(request) ? isRsaSignValid(request, app) : isMd5SignValid(request, app)),
};

/** Only for exactly `RSA`: `rsa`, `SM`, the empty text and anything else select MD5. */
export function usesRsa({ encryptionAlgorithm }: LoginTokenRequest): boolean {
  return encryptionAlgorithm === 'RSA';
}

function parametersValid(situation: Login): boolean {
  const { version, strictCheck, appId, sign } = situation.request;
  return (
    version === VERSION &&
    isMsgIdValid(situation) &&
    isSentAtValid(situation) &&
    STRICT_CHECKS.includes(strictCheck) &&
    isFilled(appId) &&
    isFilled(sign)
  );
}

function ipAllowed({ request, state, clientIp }: Login): boolean {
  return !checksAddress(request, state) || state.app?.admits.loginTokenValidate(clientIp) === true;
}

/** With strictcheck 1. Depending on `login-ip-check`, always, or if the list has no entry. */
export function checksAddress(
  { strictCheck }: LoginTokenRequest,
  state: Pick<State, 'app' | 'carrierReadings'>,
): boolean {
  if (strictCheck === '1') return true;
  const reading = readingsOf(state)['login-ip-check'];
  return reading === 'always' || (reading === 'registered' && isListEmpty(state.app));
}

function isListEmpty(app: App | undefined): boolean {
  return isWithoutEntry(app?.settings.ipWhitelist.loginTokenValidate ?? null);
}

function isRsaSignValid(request: LoginTokenRequest, { verifyKey }: App): boolean {
  const signature = fromHex(request.sign ?? '');
  return (
    verifyKey !== undefined &&
    signature !== undefined &&
    verifyRsa('RSA-SHA256', stringToSign(SIGNED.rsa, request), signature, verifyKey)
  );
}

function isMd5SignValid(request: LoginTokenRequest, { md5Secret, settings }: App): boolean {
  const { sign = '' } = request;
  const expected = md5Hex(stringToSign(SIGNED.md5, request, md5Secret));
  const received = settings.readings['login-md5-case'] === 'any' ? upperHex(sign) : sign;
  return received === expected;
}
