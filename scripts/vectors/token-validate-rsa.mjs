/** token-validate-rsa.json: the signature of tokenValidate with keyType 1. The document, 2.3 sign. */
import {
  APP_ID,
  APP_KEY,
  FIRST_SOURCE,
  PHONE_NUMBER,
  privateHalf,
  publicHalf,
  signKeys,
  VERIFY_TIMESTAMP,
} from './app.mjs';
import { base64, encrypted, fixedBytes, upperHex, wrapped } from './bytes.mjs';
import { signature } from './openssl.mjs';
import { verifyTest } from './token-validate-sign.mjs';

const PADDING = fixedBytes(
  '3cc2ce86d3a3b2b4c59f724ad272b657a46ab88169e6d0a923ab4fccebdf229a5e075c1ab1c6d916c2edd6a61e720e400c9d815de6d0eecb81dd8edcf5df9b18ac',
);
export const PHONE_NUM_BYTES = encrypted(PHONE_NUMBER + APP_KEY + VERIFY_TIMESTAMP, {
  key: 'platform',
  padding: PADDING,
});
export const PHONE_NUM = base64(PHONE_NUM_BYTES);

export const md5WithRsa = (text, key) => signature('md5', text, key);
export const signedWith = (key) => (text) => base64(md5WithRsa(text, key));
export const ofSignature = (change) => (text) => change(md5WithRsa(text));
export const withDigest = (name) => (text) => base64(signature(name, text));

function test({ body = {}, ...row }) {
  const options = { phoneNumOf: () => PHONE_NUM, sign: signedWith('appSign') };
  return verifyTest({ ...row, body: { keyType: '1', ...body } }, options);
}

const FIRST = [
  { comment: 'valid', result: 'valid' },
  { comment: 'hex instead of base64', flags: ['WrongEncoding'], sign: ofSignature(upperHex) },
  { comment: 'SHA256withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha256') },
  { comment: "another app's key", flags: ['WrongKey'], sign: signedWith('otherApp') },
  {
    comment: 'base64 wrapped at 76 characters',
    result: 'acceptable',
    flags: ['WrappedBase64'],
    sign: ofSignature((bytes) => wrapped(base64(bytes), { width: 76, lineEnd: '\n' })),
  },
];

/** Returns a group whose signatures the public half of the keys verifies. */
export function verifyRsaGroup(source, { appVerifyKey, appSignPrivateKey, keySize }, rows) {
  return {
    source,
    operation: 'tokenValidate',
    algorithm: 'MD5withRSA',
    appId: APP_ID,
    appKey: APP_KEY,
    phoneNumber: PHONE_NUMBER,
    appVerifyKey,
    platformPrivateKey: privateHalf('platform'),
    appSignPrivateKey,
    platformPublicKey: publicHalf('platform'),
    keySize,
    tests: rows.map(test),
  };
}

export const TOKEN_VALIDATE_RSA = {
  file: 'token-validate-rsa',
  firstTcId: 47,
  type: 'TokenValidateRsaSign',
  groups: [verifyRsaGroup(FIRST_SOURCE, signKeys('appSign'), FIRST)],
};
