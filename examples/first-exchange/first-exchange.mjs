/**
 * Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA. Node 18 or
 * newer, standard library only. Run: node first-exchange.mjs
 */
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createSign,
  randomUUID,
} from 'node:crypto';

const {
  CMPASSPORT_BASE: BASE = 'http://127.0.0.1:10086',
  CMPASSPORT_APP_ID: APP_ID = '300000000001',
  CMPASSPORT_APP_KEY: APP_KEY = '5A1E0C9B7D3F4826B1907E6C42D8AF35',
  CMPASSPORT_APP_SECRET: APP_SECRET = 'C7B2094E1F6D4A58803A95E7D2146BFC',
  // Optional: only this operation, this token instead of a new one, and the code to force.
  CMPASSPORT_OPERATION: OPERATION,
  CMPASSPORT_TOKEN: TOKEN,
  CMPASSPORT_RESULT_CODE: RESULT_CODE,
  // For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
  CMPASSPORT_APP_SIGN_KEY: SIGN_KEY = '',
  CMPASSPORT_USER_INFORMATION: USER_INFORMATION,
} = process.env;
const PHONE = '13800138000';

async function login(token) {
  const [msgid, systemtime] = [randomUUID(), beijingTime()];
  const text = `${APP_ID}2.0${msgid}${systemtime}0${token}${APP_SECRET}`;
  const sign = createHash('md5').update(text).digest('hex').toUpperCase();
  return post('/unisdk/rsapi/loginTokenValidate', {
    version: '2.0',
    msgid,
    systemtime,
    strictcheck: '0',
    appid: APP_ID,
    token,
    sign,
  });
}

async function verify(token, phone) {
  const [msgId, timestamp] = [randomUUID(), beijingTime()];
  const phoneNum = createHash('sha256')
    .update(`${phone}${APP_KEY}${timestamp}`)
    .digest('hex')
    .toUpperCase();
  const text = `${APP_ID}${msgId}${phoneNum}${timestamp}${token}1.0`;
  const sign = createHmac('sha256', APP_KEY).update(text).digest('hex').toUpperCase();
  return post('/openapi/rs/tokenValidate', {
    header: { version: '1.0', msgId, timestamp, appId: APP_ID },
    body: { openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign },
  });
}

async function h5({ token, userInformation }) {
  if (SIGN_KEY === '') throw new Error('set CMPASSPORT_APP_SIGN_KEY');
  const [traceId, timestamp] = [randomUUID(), beijingTime()];
  const key = createPrivateKey({
    key: Buffer.from(SIGN_KEY, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const text = `${APP_ID}${traceId}${timestamp}${token}2.0`;
  const sign = createSign('RSA-SHA256').update(text).sign(key, 'hex').toUpperCase();
  const headers = { interfaceVersion: '2.0', appId: APP_ID, traceId, timestamp, businessType: '8' };
  return post('/h5/onekeylogin/tokenValidate', { token, sign, userInformation }, headers);
}

/** The key is the text of the first 16 characters of the appKey. */
function decrypted(msisdn) {
  const decipher = createDecipheriv('aes-128-ecb', APP_KEY.slice(0, 16).padEnd(16, '0'), null);
  return decipher.update(msisdn, 'base64', 'utf8') + decipher.final('utf8');
}

/** Returns a token like the one that the SDK in the phone gets. */
async function mint(capability) {
  return (await minted(capability)).token;
}

/** In a page, the SDK returns userInformation with the token. */
async function minted(capability) {
  if (TOKEN) return { token: TOKEN, userInformation: USER_INFORMATION };
  const answer = await post(`/_mock/apps/${APP_ID}/tokens`, { phoneNumber: PHONE, capability });
  if (answer.token === undefined) throw new Error(JSON.stringify(answer));
  return answer;
}

async function post(path, value, own = {}) {
  const forced = RESULT_CODE && { 'X-Mock-Result-Code': RESULT_CODE };
  const headers = { 'content-type': 'application/json', ...own, ...forced };
  const response = await fetch(BASE + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(value),
  });
  return response.json();
}

/** yyyyMMddHHmmssSSS: the digits of 2026-11-25 09:36:19,762. */
function beijingTime() {
  const twoDigits = Object.fromEntries(
    ['month', 'day', 'hour', 'minute', 'second'].map((part) => [part, '2-digit']),
  );
  const format = {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    ...twoDigits,
    fractionalSecondDigits: 3,
  };
  return new Intl.DateTimeFormat('sv-SE', format).format().replace(/\D/g, '');
}

let passed = true;
if (!OPERATION || OPERATION === 'loginTokenValidate') {
  const { resultCode, msisdn } = await login(await mint('loginTokenValidate'));
  console.log(resultCode, msisdn);
  passed = resultCode === '103000' && msisdn === PHONE;
}
if (!OPERATION || OPERATION === 'tokenValidate') {
  const { header, body } = await verify(await mint('tokenValidate'), PHONE);
  console.log(header.resultCode, body.resultDesc);
  passed &&= header.resultCode === '000';
}
if (OPERATION === 'h5TokenValidate') {
  const { resultCode, data } = await h5(await minted('h5TokenValidate'));
  console.log(resultCode, data && decrypted(data.msisdn));
  passed = resultCode === '103000' && decrypted(data.msisdn) === PHONE;
}
if (![undefined, '', 'loginTokenValidate', 'tokenValidate', 'h5TokenValidate'].includes(OPERATION))
  throw new Error(`This program has no ${OPERATION}.`);
process.exitCode = passed ? 0 : 1;
