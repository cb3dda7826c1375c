/** Login with MD5, then verify with HMAC: Node 18 or newer, standard library only. Run: node first-exchange.mjs */
import { createHash, createHmac, randomUUID } from 'node:crypto';

const {
  CMPASSPORT_BASE: BASE = 'http://127.0.0.1:10086',
  CMPASSPORT_APP_ID: APP_ID = '300000000001',
  CMPASSPORT_APP_KEY: APP_KEY = '5A1E0C9B7D3F4826B1907E6C42D8AF35',
  CMPASSPORT_APP_SECRET: APP_SECRET = 'C7B2094E1F6D4A58803A95E7D2146BFC',
  // Optional: only this operation, this token instead of a new one, and the code to force.
  CMPASSPORT_OPERATION: OPERATION,
  CMPASSPORT_TOKEN: TOKEN,
  CMPASSPORT_RESULT_CODE: RESULT_CODE,
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
  const phoneNum = createHash('sha256').update(`${phone}${APP_KEY}${timestamp}`).digest('hex').toUpperCase();
  const text = `${APP_ID}${msgId}${phoneNum}${timestamp}${token}1.0`;
  const sign = createHmac('sha256', APP_KEY).update(text).digest('hex').toUpperCase();
  return post('/openapi/rs/tokenValidate', {
    header: { version: '1.0', msgId, timestamp, appId: APP_ID },
    body: { openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign },
  });
}

/** Returns a token like the one that the SDK in the phone gets. */
async function mint(capability) {
  if (TOKEN) return TOKEN;
  const minted = await post(`/_mock/apps/${APP_ID}/tokens`, { phoneNumber: PHONE, capability });
  if (minted.token === undefined) throw new Error(JSON.stringify(minted));
  return minted.token;
}

async function post(path, value) {
  const headers = { 'content-type': 'application/json', ...(RESULT_CODE && { 'X-Mock-Result-Code': RESULT_CODE }) };
  const response = await fetch(BASE + path, { method: 'POST', headers, body: JSON.stringify(value) });
  return response.json();
}

/** yyyyMMddHHmmssSSS: the digits of 2026-11-25 09:36:19,762. */
function beijingTime() {
  const twoDigits = Object.fromEntries(['month', 'day', 'hour', 'minute', 'second'].map((part) => [part, '2-digit']));
  const format = { timeZone: 'Asia/Shanghai', year: 'numeric', ...twoDigits, fractionalSecondDigits: 3 };
  return new Intl.DateTimeFormat('sv-SE', format).format().replace(/\D/g, '');
}

let passed = true;
if (OPERATION !== 'tokenValidate') {
  const { resultCode, msisdn } = await login(await mint('loginTokenValidate'));
  console.log(resultCode, msisdn);
  passed = resultCode === '103000' && msisdn === PHONE;
}
if (OPERATION !== 'loginTokenValidate') {
  const { header, body } = await verify(await mint('tokenValidate'), PHONE);
  console.log(header.resultCode, body.resultDesc);
  passed &&= header.resultCode === '000';
}
process.exitCode = passed ? 0 : 1;
