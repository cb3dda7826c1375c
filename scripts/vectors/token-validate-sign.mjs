/** Tests of tokenValidate's signature with either keyType, correct and incorrect. The document, 2.3 sign. */
import { APP_KEY, PHONE_NUMBER, VERIFY_BODY, VERIFY_HEADER } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { digest } from './openssl.mjs';
import { joined, signTest, without } from './sign-test.mjs';

/** phoneNum with keyType 0. The document, 2.3 phoneNum. */
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

/** `header` and `body` replace fields of the usual message. */
export function verifyTest({ header = {}, body = {}, ...row }, { phoneNumOf, sign }) {
  const sent = { ...VERIFY_HEADER, ...header };
  const message = { header: sent, body: { ...VERIFY_BODY, phoneNum: phoneNumOf(sent), ...body } };
  return signTest({ sign, ...row }, { message, right: textOf(message) });
}

/** Signs fields with changes that are not sent. */
export const over = (changes) => (_, message) => joined(Object.values({ ...signedFields(message), ...changes }));
export const leftOut = (name) => (_, message) => joined(Object.values(without(signedFields(message), name)));
export const joinedBy = (separator) => (_, message) => joined(Object.values(signedFields(message)), separator);
/** Signs the msgId in another encoding than UTF-8, given in hex. */
export const msgIdBytes = (hex) => (_, message) => {
  const { appId, msgId: _msgId, ...rest } = signedFields(message);
  return Buffer.concat([Buffer.from(appId), Buffer.from(hex, 'hex'), Buffer.from(joined(Object.values(rest)))]);
};

/** 请求-001 in GBK. */
export const GBK_MSG_ID = 'c7ebc7f32d303031';
