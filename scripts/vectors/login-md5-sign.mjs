/** Tests of loginTokenValidate's MD5 signature, correct and incorrect. The document, 1.2 sign. */
import { APP_ID, APP_KEY, APP_SECRET, LOGIN_MESSAGE } from './app.mjs';
import { upperHex } from './bytes.mjs';
import { digest } from './openssl.mjs';
import { joined, signTest, without } from './sign-test.mjs';

/** The signed fields in the document's order. `expandparams` and `encryptionalgorithm` are not signed. */
export const fieldsOf = ({ appid, version, msgid, systemtime, strictcheck, token }) => ({
  appid,
  version,
  msgid,
  systemtime,
  strictcheck,
  token,
});

export const partsOf = (message) => Object.values(fieldsOf(message));
const textOf = (message, secret = APP_SECRET) => joined([...partsOf(message), secret]);
export const md5 = (text) => upperHex(digest('md5', text));

/** `fields` replace fields of LOGIN_MESSAGE. */
export function loginMd5Test({ fields = {}, ...row }) {
  const message = { ...LOGIN_MESSAGE, ...fields };
  return signTest({ sign: md5, ...row }, { message, right: textOf(message) });
}

/** Signs a message with changes that are not sent. */
export const over = (changes) => (_, message) => textOf({ ...message, ...changes });
export const withSecret = (secret) => (_, message) => textOf(message, secret);
export const leftOut = (name) => (_, message) =>
  joined([...Object.values(without(fieldsOf(message), name)), APP_SECRET]);
export const joinedBy = (separator) => (_, message) => joined([...partsOf(message), APP_SECRET], separator);
/** Signs the msgid in another encoding than UTF-8, given in hex. */
export const msgidBytes = (hex) => (_, message) => {
  const { appid, version, systemtime, strictcheck, token } = message;
  const end = systemtime + strictcheck + token + APP_SECRET;
  return Buffer.concat([Buffer.from(appid + version), Buffer.from(hex, 'hex'), Buffer.from(end)]);
};

export const LOGIN_MD5_FILE = {
  type: 'LoginMd5Sign',
  group: { operation: 'loginTokenValidate', algorithm: 'MD5', appId: APP_ID, appSecret: APP_SECRET, appKey: APP_KEY },
};
