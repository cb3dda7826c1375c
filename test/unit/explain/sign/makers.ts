/** Signs as clients make them, right and wrong: by node:crypto and the document, not by the code under test. */
import { constants, createHash, createHmac, privateEncrypt, sign } from 'node:crypto';
import type { ShownEvidence } from '../../../../mock-server/explain/finding.js';
import { SIGN_FINDINGS } from '../../../../mock-server/explain/findings/sign.js';
import type { Subject } from '../../../../mock-server/explain/subject.js';
import {
  loginBody,
  loginRsaBody,
  type Scene,
  SETTINGS,
  TOKEN,
  verifyBody,
  verifyRsaBody,
} from '../../../support/engine.js';
import { type Around, detectedBy, subjectFor } from '../../../support/explain.js';
import { privateKeyOf, TEST_KEYS } from '../../../support/keys.js';
import { type EnvelopeChanges, type Fields, MSG_ID, SENT_AT } from '../../../support/requests.js';

export const { appId: APP_ID, appKey: APP_KEY, appSecret: APP_SECRET } = SETTINGS;
export const HEAD = `${APP_ID}2.0${MSG_ID}${SENT_AT}0`;
/** What login's MD5 is made of, the secret apart. */
export const LOGIN_TEXT = `${HEAD}${TOKEN}`;
export const LOGIN_RSA_TEXT = `${APP_ID}${TOKEN}`;

type Encoding = 'hex' | 'base64' | 'base64url';

export function digest(algorithm: string, text: string, encoding: Encoding = 'hex'): string {
  return upperHex(createHash(algorithm).update(text).digest(encoding), encoding);
}

export function md5(text: string): string {
  return digest('md5', text);
}

export function hmac(
  text: string,
  key: string,
  { algorithm = 'sha256', encoding = 'hex' as Encoding } = {},
): string {
  return upperHex(createHmac(algorithm, key).update(text).digest(encoding), encoding);
}

function upperHex(text: string, encoding: Encoding): string {
  return encoding === 'hex' ? text.toUpperCase() : text;
}

export const SIGN_KEY = TEST_KEYS.demoAppSign.privateKey;
export const DECRYPT_KEY = TEST_KEYS.demoAppDecrypt.privateKey;

export function rsa(algorithm: string, text: string, privateKey = SIGN_KEY): Buffer {
  return sign(algorithm, Buffer.from(text), privateKeyOf(privateKey));
}

export function rsaPss(algorithm: string, text: string): Buffer {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  // A key of 1024 bits has no room for a SHA-512 with as long a salt.
  const length = algorithm.endsWith('SHA512') ? constants.RSA_PSS_SALTLEN_MAX_SIGN : saltLength;
  return sign(algorithm, Buffer.from(text), {
    key: privateKeyOf(SIGN_KEY),
    padding,
    saltLength: length,
  });
}

/** What Cipher.ENCRYPT_MODE with a private key makes: no DigestInfo. */
export function rsaEncrypted(content: Buffer | string, privateKey = SIGN_KEY): Buffer {
  const key = { key: privateKeyOf(privateKey), padding: constants.RSA_PKCS1_PADDING };
  return privateEncrypt(key, Buffer.from(content));
}

export function hexOf(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

export interface Context {
  readonly scene?: Scene;
  readonly around?: Around;
}

export function loginSigned(
  sign: string,
  fields: Fields = {},
  { scene, around }: Context = {},
): Subject {
  return subjectFor('loginTokenValidate', loginBody({ ...fields, sign }), scene, around);
}

export function loginRsaSigned(
  sign: string,
  fields: Fields = {},
  { scene, around }: Context = {},
): Subject {
  return subjectFor('loginTokenValidate', loginRsaBody({ ...fields, sign }), scene, around);
}

/** `make` receives phoneNum and returns the signature. */
export type Make = (text: string, phoneNum: string) => string;

/** verify's text, for a phoneNum as sent. */
export function verifyText(phoneNum: string): string {
  return `${APP_ID}${MSG_ID}${phoneNum}${SENT_AT}${TOKEN}1.0`;
}

export function verifySigned(
  make: Make,
  changes: EnvelopeChanges = {},
  { scene, around }: Context = {},
): Subject {
  return subjectFor('tokenValidate', signedBy(make, verifyBody(changes)), scene, around);
}

export function verifyRsaSigned(
  make: Make,
  changes: EnvelopeChanges = {},
  { scene, around }: Context = {},
): Subject {
  return subjectFor('tokenValidate', signedBy(make, verifyRsaBody(changes)), scene, around);
}

function signedBy<B extends { readonly body: { readonly phoneNum: unknown } }>(
  make: Make,
  envelope: B,
) {
  const phoneNum = String(envelope.body.phoneNum);
  return { ...envelope, body: { ...envelope.body, sign: make(verifyText(phoneNum), phoneNum) } };
}

/** The sign's findings alone, in their order. */
export function signIds(subject: Subject): string {
  return SIGN_FINDINGS.flatMap(({ id, detect }) =>
    detect(subject).map(() => id.replace('sign.', '')),
  ).join(' ');
}

/** In English. */
export function evidenceOf(subject: Subject, id: string): ShownEvidence | undefined {
  return detectedBy(SIGN_FINDINGS, subject, id)[0];
}
