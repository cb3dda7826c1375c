/** Whether a request is signed by its app. The document, 1.2 sign and 2.3 sign. */
import { type RequestSigning, stringToSign } from '../../../../src/protocol/fields.js';
import type { RsaKeyUse } from '../../../../src/protocol/operations/description.js';
import { modulusBits, type RsaKey } from '../../../../src/protocol/rsa-keys.js';
import { fromHex, upperHex, verifyRsa } from '../../../../src/protocol/sign.js';
import type { App } from '../app-settings.js';
import { decodeRsa, type Situation } from './situation.js';

const PORTAL_MODULUS_BITS = 1024;

export function isSignValid(
  { request, state: { app } }: Situation,
  { key, joined }: RequestSigning,
): boolean {
  if (app === undefined) return false;
  const { sign = '' } = request;
  if (key.by === 'rsa') return isRsaSignValid(sign, stringToSign(joined, request), { app, key });
  const signer = app.signers.get(key);
  const expected = signer?.sign(stringToSign(joined, request, signer.secret));
  const needsUpper = app.settings.readings[key.caseReading] === 'upper';
  return (needsUpper ? sign : upperHex(sign)) === expected;
}

interface RsaVerification {
  readonly app: App;
  readonly key: RsaKeyUse;
}

function isRsaSignValid(sign: string, text: string, use: RsaVerification): boolean {
  const signature = decodedSignature(sign, use);
  if (signature === undefined) return false;
  const { digest } = use.key;
  return signKeys(use).some((publicKey) => verifyRsa(digest, text, signature, publicKey));
}

/** undefined if its encoding or its case is refused. */
function decodedSignature(sign: string, { app, key }: RsaVerification): Buffer | undefined {
  const { encoding, caseReading } = key;
  const needsUpper = caseReading !== undefined && app.settings.readings[caseReading] === 'upper';
  if (needsUpper && sign !== upperHex(sign)) return undefined;
  // The reading of the encoding is for Base64, so for tokenValidate.
  return encoding === 'base64' ? decodeRsa(sign, app) : fromHex(sign);
}

/** The registered keys of the app that can have signed. The readings are for Base64, so for tokenValidate. */
function signKeys({ app, key: { encoding } }: RsaVerification): readonly RsaKey[] {
  const { verifyKey, encryptKey, settings } = app;
  const { readings } = settings;
  if (encoding !== 'base64') return verifyKey === undefined ? [] : [verifyKey];
  const keys = readings['verify-sign-key'] === 'either' ? [verifyKey, encryptKey] : [verifyKey];
  const hasAnySize = readings['verify-key-size'] !== '1024';
  return keys
    .filter((key) => key !== undefined)
    .filter((key) => hasAnySize || modulusBits(key) === PORTAL_MODULUS_BITS);
}
