/** The requests of the four workloads, signed from the document. */
import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  sign,
} from 'node:crypto';
import { readFileSync } from 'node:fs';

const keys = JSON.parse(
  readFileSync(new URL('../../fixtures/keys/keys.json', import.meta.url), 'utf8'),
);
const [demoApp] = JSON.parse(
  readFileSync(new URL('../../fixtures/apps.json', import.meta.url), 'utf8'),
);

const PHONE_NUMBER = '13800138000';
const SENT_AT = '20261125093619762';
const MSG_ID = 'bed1dc7f6cd645b9be9006ae08040c93';
const LIVES_A_DAY_MS = 86_400_000;

/** Under contract without a limit, so that no quota ends a run. Its tokens live longer than a run. */
export const APP = {
  appId: '300000009999',
  appKey: 'D41D8CD98F00B204E9800998ECF8427E',
  appSecret: '7215EE9C7D9DC229D2921A40E899EC5F',
  appVerifyKey: demoApp.appVerifyKey,
  appEncryptKey: demoApp.appEncryptKey,
  contracted: true,
  callPackage: null,
  tokenTtlMs: LIVES_A_DAY_MS,
};

export const LOGIN = '/unisdk/rsapi/loginTokenValidate';
const VERIFY = '/openapi/rs/tokenValidate';

/** `perSecondMax` is more than any server handles. */
export const WORKLOADS = [
  {
    name: 'login MD5',
    path: LOGIN,
    capability: 'loginTokenValidate',
    perSecondMax: 50_000,
    bodyOf: (token) => loginMd5Of(APP, token),
  },
  {
    name: 'verify HMAC',
    path: VERIFY,
    capability: 'tokenValidate',
    perSecondMax: 42_000,
    bodyOf: verifyHmac,
  },
  {
    name: 'login RSA',
    path: LOGIN,
    capability: 'loginTokenValidate',
    perSecondMax: 24_000,
    bodyOf: loginRsa,
  },
  {
    name: 'verify RSA',
    path: VERIFY,
    capability: 'tokenValidate',
    perSecondMax: 12_000,
    bodyOf: verifyRsa,
  },
].map((workload) => ({ ...workload, phoneNumber: PHONE_NUMBER }));

const signKey = createPrivateKey(der(keys.demoAppSign.privateKey, 'pkcs8'));
const platformKey = createPublicKey(der(keys.platform.publicKey, 'spki'));

function der(base64, type) {
  return { key: Buffer.from(base64, 'base64'), format: 'der', type };
}

function upperHex(algorithm, text) {
  return createHash(algorithm).update(text).digest('hex').toUpperCase();
}

export function loginMd5Of({ appId, appSecret }, token) {
  const fields = {
    version: '2.0',
    msgid: MSG_ID,
    systemtime: SENT_AT,
    strictcheck: '1',
    appid: appId,
    token,
  };
  const text = `${appId}2.0${MSG_ID}${SENT_AT}1${token}${appSecret}`;
  return JSON.stringify({ ...fields, sign: upperHex('md5', text) });
}

function loginRsa(token) {
  const fields = {
    version: '2.0',
    msgid: MSG_ID,
    systemtime: SENT_AT,
    strictcheck: '1',
    appid: APP.appId,
    token,
  };
  const signature = sign('RSA-SHA256', Buffer.from(APP.appId + token), signKey);
  return JSON.stringify({
    ...fields,
    encryptionalgorithm: 'RSA',
    sign: signature.toString('hex').toUpperCase(),
  });
}

function verifyHmac(token) {
  const phoneNum = upperHex('sha256', PHONE_NUMBER + APP.appKey + SENT_AT);
  const text = stringToSign(token, phoneNum);
  const hmac = createHmac('sha256', APP.appKey).update(text).digest('hex').toUpperCase();
  return envelope({ openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign: hmac });
}

function verifyRsa(token) {
  const plain = Buffer.from(PHONE_NUMBER + APP.appKey + SENT_AT);
  const padding = constants.RSA_PKCS1_PADDING;
  const phoneNum = publicEncrypt({ key: platformKey, padding }, plain).toString('base64');
  const signature = sign('RSA-MD5', Buffer.from(stringToSign(token, phoneNum)), signKey).toString(
    'base64',
  );
  return envelope({
    openType: '1',
    requesterType: '0',
    keyType: '1',
    phoneNum,
    token,
    sign: signature,
  });
}

function stringToSign(token, phoneNum) {
  return `${APP.appId}${MSG_ID}${phoneNum}${SENT_AT}${token}1.0`;
}

function envelope(body) {
  return JSON.stringify({
    header: { version: '1.0', msgId: MSG_ID, timestamp: SENT_AT, appId: APP.appId },
    body,
  });
}
