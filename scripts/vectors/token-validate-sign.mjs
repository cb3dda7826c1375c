/** A test of verify's sign, of either key type: the text that is signed, and other texts. The document, 2.3 sign. */
import { APP_KEY, PHONE_NUMBER, VERIFY_BODY, VERIFY_HEADER } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { digest } from './openssl.mjs';
import { joined, signTest, without } from './sign-test.mjs';

/** keyType 0: the number, the appKey and the time of the header, hashed. The document, 2.3 phoneNum. */
export function phoneNumHash({ phoneNumber = PHONE_NUMBER, appKey = APP_KEY, timestamp }) {
  return upperHex(digest('sha256', phoneNumber + appKey + timestamp));
}

/** The six signed fields, in the natural order of their names. */
export function signedFields({ header, body }) {
  return {
    appId: header.appId,
    msgId: header.msgId,
    phoneNum: body.phoneNum,
    timestamp: header.timestamp,
    token: body.token,
    version: header.version,
  };
}

const textOf = (message) => joined(Object.values(signedFields(message)));

/** Of a row, and the fields in which its message differs from the usual one. */
export function verifyTest({ header = {}, body = {}, ...row }, { phoneNumOf, sign }) {
  const sent = { ...VERIFY_HEADER, ...header };
  const message = { header: sent, body: { ...VERIFY_BODY, phoneNum: phoneNumOf(sent), ...body } };
  return signTest({ sign, ...row }, { message, right: textOf(message) });
}

/** Signed over fields that differ from those that are sent. */
export const over = (changes) => (_, message) => joined(Object.values({ ...signedFields(message), ...changes }));
export const leftOut = (name) => (_, message) => joined(Object.values(without(signedFields(message), name)));
export const joinedBy = (separator) => (_, message) => joined(Object.values(signedFields(message)), separator);
/** The msgId in bytes of another encoding than UTF-8, in hex. */
export const msgIdBytes = (hex) => (_, message) => {
  const { appId, msgId: _msgId, ...rest } = signedFields(message);
  return Buffer.concat([Buffer.from(appId), Buffer.from(hex, 'hex'), Buffer.from(joined(Object.values(rest)))]);
};

/** 请求-001 in GBK. */
export const GBK_MSG_ID = 'c7ebc7f32d303031';
