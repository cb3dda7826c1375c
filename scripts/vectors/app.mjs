/** The app of the vectors, and a valid message of each operation. */
import { KEYS, withExponent } from './openssl.mjs';

export const APP_ID = '300011223344';
export const APP_SECRET = 'B61D2E94A7C84F03925E6D1AF08C3B7E';
export const APP_KEY = '7F3A9C51D0E84B26A1C7E5F09B3D6A42';
export const PHONE_NUMBER = '13800138000';

/** The time and msgid of the document's sample (1.3). */
export const LOGIN_MESSAGE = {
  version: '2.0',
  msgid: 'bed1dc7f6cd645b9be9006ae08040c93',
  systemtime: '20190226111842617',
  strictcheck: '0',
  appid: APP_ID,
  token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVKqXJJ',
};

/** The time and msgId of the document's sample (2.4). */
export const VERIFY_TIMESTAMP = '20180104090953788';
export const VERIFY_HEADER = {
  appId: APP_ID,
  timestamp: VERIFY_TIMESTAMP,
  version: '1.0',
  msgId: '8ADFF305C7FCB3E1B1AECC130792FBD0',
};
export const VERIFY_BODY = {
  openType: '1',
  requesterType: '0',
  token: 'STsid0000001515028196605yc1oYNTuPlTlLT10AR3ywr2WApEq14JH',
};

/** The first 51 vectors are older than this script. It generates them again, byte for byte. */
export const FIRST_SOURCE = { name: 'Python hashlib/hmac and the openssl command', version: '1' };
export const SOURCE = { name: 'the openssl command', version: '1' };
export const RAW_SOURCE = { name: 'the openssl command and big integers', version: '1' };

export const publicHalf = (name) => KEYS[name].publicSpkiBase64;
export const privateHalf = (name) => KEYS[name].privatePkcs8Base64;
export const keySize = (name) => KEYS[name].bits;

/** The signing keys of a group. */
export function signKeys(name) {
  return { appVerifyKey: publicHalf(name), appSignPrivateKey: privateHalf(name), keySize: keySize(name) };
}

/** A public key with a different exponent than its pair, so that it has no private half. */
export function signKeysWithExponent(name, exponent) {
  return { appVerifyKey: withExponent(name, exponent), appSignPrivateKey: undefined, keySize: keySize(name) };
}
