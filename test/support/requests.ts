/** Requests of a real client, signed from the document, not with the code under test. */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  publicEncrypt,
  sign,
} from 'node:crypto';
import { privateKeyOf } from './keys.js';

export interface Credentials {
  readonly appId: string;
  readonly appKey: string;
  readonly appSecret: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export const SENT_AT = '20261125093619762';
export const MSG_ID = 'bed1dc7f6cd645b9be9006ae08040c93';

const hexOf = (algorithm: string, text: string) =>
  createHash(algorithm).update(text).digest('hex').toUpperCase();

/** login, MD5 with the appSecret. `changes` are signed, except `sign`. */
export function loginRequest(
  { appId, appSecret }: Credentials,
  token: string,
  changes: Fields = {},
): Fields {
  const fields = {
    version: '2.0',
    msgid: MSG_ID,
    systemtime: SENT_AT,
    strictcheck: '0',
    appid: appId,
    token,
    ...changes,
  };
  const { version, msgid, systemtime, strictcheck, appid } = fields;
  const text = `${appid}${version}${msgid}${systemtime}${strictcheck}${fields.token}${appSecret}`;
  return {
    ...fields,
    sign: hexOf('md5', text),
    ...('sign' in changes && { sign: changes['sign'] }),
  };
}

/** login, SHA256withRSA with the private half of 应用公钥1 (PKCS#8, Base64). */
export function loginRsaRequest(
  appId: string,
  privateKey: string,
  token: string,
  changes: Fields = {},
): Fields {
  const signature = sign('RSA-SHA256', Buffer.from(appId + token), privateKeyOf(privateKey));
  return {
    version: '2.0',
    msgid: MSG_ID,
    systemtime: SENT_AT,
    strictcheck: '0',
    appid: appId,
    token,
    encryptionalgorithm: 'RSA',
    sign: signature.toString('hex').toUpperCase(),
    ...changes,
  };
}

/** h5TokenValidate, SHA256withRSA: the fields of its HTTP headers and of its body. */
export function h5Request(appId: string, privateKey: string, token: string) {
  const text = `${appId}${MSG_ID}${SENT_AT}${token}2.0`;
  const signature = sign('RSA-SHA256', Buffer.from(text), privateKeyOf(privateKey));
  const headers = {
    interfaceVersion: '2.0',
    appId,
    traceId: MSG_ID,
    timestamp: SENT_AT,
    businessType: '8',
  };
  return {
    headers,
    body: { token, userInformation: 'u', sign: signature.toString('hex').toUpperCase() },
  };
}

export interface Verification {
  readonly token: string;
  readonly phoneNumber: string;
}

export interface EnvelopeChanges {
  readonly header?: Fields;
  readonly body?: Fields;
}

/** verify, keyType 0. `changes` are signed, except `sign`. */
export function verifyRequest(
  { appId, appKey }: Credentials,
  { token, phoneNumber }: Verification,
  changes: EnvelopeChanges = {},
) {
  const header = { version: '1.0', msgId: MSG_ID, timestamp: SENT_AT, appId, ...changes.header };
  const phoneNum = hexOf('sha256', `${phoneNumber}${appKey}${header.timestamp}`);
  const body = { openType: '1', requesterType: '0', token, phoneNum, ...changes.body };
  const text = `${header.appId}${header.msgId}${body.phoneNum}${header.timestamp}${body.token}${header.version}`;
  const sign_ = createHmac('sha256', appKey).update(text).digest('hex').toUpperCase();
  return { header, body: { sign: sign_, ...body } };
}

export interface VerifyKeys {
  /** Private half of 应用公钥1, PKCS#8 in Base64. */
  readonly signKey: string;
  /** 平台公钥, SPKI in Base64. */
  readonly platformPublicKey: string;
}

/** verify, keyType 1. */
export function verifyRsaRequest(
  { appId, appKey }: Credentials,
  { token, phoneNumber }: Verification,
  { signKey, platformPublicKey, changes = {} }: VerifyKeys & { readonly changes?: EnvelopeChanges },
) {
  const header = { version: '1.0', msgId: MSG_ID, timestamp: SENT_AT, appId, ...changes.header };
  const key = createPublicKey({
    key: Buffer.from(platformPublicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const plain = Buffer.from(`${phoneNumber}${appKey}${header.timestamp}`);
  const phoneNum = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plain).toString(
    'base64',
  );
  const body = {
    openType: '1',
    requesterType: '0',
    keyType: '1',
    token,
    phoneNum,
    ...changes.body,
  };
  const text = `${header.appId}${header.msgId}${body.phoneNum}${header.timestamp}${body.token}${header.version}`;
  const signature = sign('RSA-MD5', Buffer.from(text), privateKeyOf(signKey)).toString('base64');
  return { header, body: { sign: signature, ...body } };
}
