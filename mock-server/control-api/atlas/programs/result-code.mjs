// A template: ../fill-template.ts explains the marks. Run as it is, it sends each kind of request to a mock. // {{ purpose }}
// Signed with MD5. // {{ if md5 }}
// Signed with HMACSHA256. // {{ if hmac }}
// Signed with RSA (SHA256withRSA). // {{ if loginTokenValidate and rsa }}
// Signed with RSA (MD5withRSA). // {{ if tokenValidate and rsa }}
// Node 20 or newer, standard library only. Run: node result-code.mjs
// {{ if app }}
import crypto from 'node:crypto';

// {{ end }}

// {{ if loginTokenValidate }}
const LOGIN_URL = 'http://127.0.0.1:10086/unisdk/rsapi/loginTokenValidate'; // {{ url }}
// {{ end }}
// {{ if tokenValidate }}
const VERIFY_URL = 'http://127.0.0.1:10086/openapi/rs/tokenValidate'; // {{ url }}
// {{ end }}
// {{ if header }}
const RESULT_CODE = '103000'; // {{ header }}
// {{ end }}
// {{ if token }}
const TOKEN = 'STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE'; // {{ token }}
// {{ end }}
// {{ if body }}
const BODY = '{"version":'; // {{ body }}
// {{ end }}
// {{ if app }}
const CONTROL_URL = 'http://127.0.0.1:10086/_mock'; // {{ controlUrl }}
const APP_ID = 'atlas-template'; // {{ ownAppId }}
const APP = '{"appId":"atlas-template","generateKeys":true}'; // {{ app }}
// {{ end }}
// {{ if otherApp }}
const OTHER_APP_ID = 'atlas-template-other'; // {{ otherAppId }}
const OTHER_APP = '{"appId":"atlas-template-other"}'; // {{ otherApp }}
// {{ end }}
// {{ if loginTokenValidate and mint }}
const LOGIN_PHONE = '{"phoneNumber":"13800138000","capability":"loginTokenValidate"}'; // {{ mint }}
// {{ end }}
// {{ if tokenValidate and mint }}
const VERIFY_PHONE = '{"phoneNumber":"13800138000","capability":"tokenValidate"}'; // {{ mint }}
// {{ end }}
// {{ if controlToken }}
// The mock requires its control token, which this program reads from the environment.
const CONTROL_TOKEN = process.env.CMPASSPORT_CONTROL_TOKEN;
// {{ end }}

// {{ if app }}
/** Creates the app again, so that every run starts from the same state. */
async function makeApp(appId, settings) {
  await control('DELETE', `/apps/${appId}`);
  // Only this response contains the private keys. // {{ if rsa }}
  return control('POST', '/apps', settings);
}
// {{ end }}

// {{ if script }}
/** Sets the result of the app's next request. */
async function setScript() {
  const path = '/apps/atlas-template/outcomes/loginTokenValidate'; // {{ scriptPath }}
  const script = '{"script":"103000"}'; // {{ script }}
  await control('PUT', path, script);
}
// {{ end }}

// {{ if mint }}
/** The token that the SDK in the phone receives. */
async function mint(phone) {
  const path = `/apps/${APP_ID}/tokens`; // {{ mintPath }}
  const { token } = await control('POST', path, phone);
  return token;
}
// {{ end }}

// {{ if loginTokenValidate and md5 }}
async function loginWithMd5(token, app) {
  const version = '2.0'; // {{ version }}
  const msgid = crypto.randomUUID();
  const systemtime = beijingTime();
  const strictcheck = '0'; // {{ strictCheck }}
  const appid = APP_ID; // {{ appId }}
  const text = appid + version + msgid + systemtime + strictcheck + token + app.appSecret;
  let sign = md5Hex(text);
  // {{ if sign }} sign = ''; // {{ sign }}
  const fields = { version, msgid, systemtime, strictcheck, appid, token, sign };
  return post(LOGIN_URL, JSON.stringify(fields));
}
// {{ end }}

// {{ if loginTokenValidate and rsa }}
async function loginWithRsa(token, app) {
  const version = '2.0'; // {{ version }}
  const msgid = crypto.randomUUID();
  const systemtime = beijingTime();
  const strictcheck = '0'; // {{ strictCheck }}
  const appid = APP_ID; // {{ appId }}
  const text = appid + token;
  let sign = sha256WithRsa(text, app.appSignPrivateKey);
  // {{ if sign }} sign = ''; // {{ sign }}
  const fields = { version, msgid, systemtime, strictcheck, appid, token, sign, encryptionalgorithm: 'RSA' };
  return post(LOGIN_URL, JSON.stringify(fields));
}
// {{ end }}

// {{ if tokenValidate and hmac }}
async function verifyWithHmac(token, app) {
  const phoneNumber = '13800138000'; // {{ phoneNumber }}
  const version = '1.0'; // {{ version }}
  const msgId = crypto.randomUUID();
  const timestamp = beijingTime();
  const appId = APP_ID; // {{ appId }}
  let phoneNum = sha256Hex(phoneNumber + app.appKey + timestamp);
  // {{ if phoneNum }} phoneNum = ''; // {{ phoneNum }}
  const text = appId + msgId + phoneNum + timestamp + token + version;
  let sign = hmacSha256Hex(text, app.appKey);
  // {{ if sign }} sign = ''; // {{ sign }}
  const fields = {
    header: { version, msgId, timestamp, appId },
    body: { openType: '1', requesterType: '0', keyType: '0', phoneNum, token, sign },
  };
  return post(VERIFY_URL, JSON.stringify(fields));
}
// {{ end }}

// {{ if tokenValidate and rsa }}
async function verifyWithRsa(token, app) {
  const phoneNumber = '13800138000'; // {{ phoneNumber }}
  const version = '1.0'; // {{ version }}
  const msgId = crypto.randomUUID();
  const timestamp = beijingTime();
  const appId = APP_ID; // {{ appId }}
  let phoneNum = encrypt(phoneNumber + app.appKey + timestamp, app.platformPublicKey);
  // {{ if phoneNum }} phoneNum = ''; // {{ phoneNum }}
  const text = appId + msgId + phoneNum + timestamp + token + version;
  let sign = md5WithRsa(text, app.appSignPrivateKey);
  // {{ if sign }} sign = ''; // {{ sign }}
  const fields = {
    header: { version, msgId, timestamp, appId },
    body: { openType: '1', requesterType: '0', keyType: '1', phoneNum, token, sign },
  };
  return post(VERIFY_URL, JSON.stringify(fields));
}
// {{ end }}

// {{ if app }}
/** Calls the mock's control API. */
async function control(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  headers.Authorization = `Bearer ${CONTROL_TOKEN}`; // {{ if controlToken }}
  const response = await fetch(CONTROL_URL + path, { method, headers, body });
  const text = await response.text();
  // A DELETE may find nothing to remove.
  if (!response.ok && method !== 'DELETE') throw new Error(text);
  return text === '' ? undefined : JSON.parse(text);
}

/** 17 digits, yyyyMMddHHmmssSSS. */
function beijingTime() {
  const eightHours = 8 * 60 * 60 * 1000;
  return new Date(Date.now() + eightHours).toISOString().replace(/\D/g, '');
}
// {{ end }}

// {{ if md5 }}
function md5Hex(text) {
  return crypto.createHash('md5').update(text).digest('hex').toUpperCase();
}
// {{ end }}

// {{ if hmac }}
function sha256Hex(text) {
  return crypto.createHash('sha256').update(text).digest('hex').toUpperCase();
}

function hmacSha256Hex(text, key) {
  return crypto.createHmac('sha256', key).update(text).digest('hex').toUpperCase();
}
// {{ end }}

// {{ if loginTokenValidate and rsa }}
/** In hex. */
function sha256WithRsa(text, privateKey) {
  return crypto.createSign('RSA-SHA256').update(text).sign(readPrivateKey(privateKey), 'hex').toUpperCase();
}
// {{ end }}

// {{ if tokenValidate and rsa }}
/** In Base64. */
function md5WithRsa(text, privateKey) {
  return crypto.createSign('RSA-MD5').update(text).sign(readPrivateKey(privateKey), 'base64');
}

/** RSA with PKCS#1 v1.5 padding, in Base64. */
function encrypt(text, publicKey) {
  const key = crypto.createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const padding = crypto.constants.RSA_PKCS1_PADDING;
  return crypto.publicEncrypt({ key, padding }, Buffer.from(text)).toString('base64');
}
// {{ end }}

// {{ if decrypt }}
/** RSA with PKCS#1 v1.5 padding, which Node 20 does not remove: 00 02, random bytes, 00, the text. */
function decrypt(hex, privateKey) {
  const key = { key: readPrivateKey(privateKey), padding: crypto.constants.RSA_NO_PADDING };
  const block = crypto.privateDecrypt(key, Buffer.from(hex, 'hex'));
  return block.subarray(block.indexOf(0, 2) + 1).toString();
}
// {{ end }}

// {{ if rsa }}
/** PKCS#8 in Base64, as the portal shows it. */
function readPrivateKey(base64) {
  return crypto.createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
}
// {{ end }}

// {{ if get }}
async function get(url) {
  return answerTo(new Request(url));
}
// {{ end }}

// {{ if not get }}
async function post(url, body) {
  const headers = { 'Content-Type': 'application/json' };
  // {{ if header }} headers['X-Mock-Result-Code'] = RESULT_CODE;
  return answerTo(new Request(url, { method: 'POST', headers, body }));
}
// {{ end }}

/** The carrier's response, unchanged. */
async function answerTo(request) {
  const response = await fetch(request);
  return response.text();
}

// {{ if app }}
const app = await makeApp(APP_ID, APP);
// {{ end }}
// {{ if otherApp }}
await makeApp(OTHER_APP_ID, OTHER_APP);
// {{ end }}
// {{ if script }} await setScript();
// {{ if loginTokenValidate and md5 }}
console.log(await loginWithMd5(await mint(LOGIN_PHONE), app)); // {{ if mint }}
// {{ if token }} console.log(await loginWithMd5(TOKEN, app));
// {{ end }}
// {{ if loginTokenValidate and rsa }}
const answer = await loginWithRsa(await mint(LOGIN_PHONE), app); // {{ if mint }}
// {{ if token }} const answer = await loginWithRsa(TOKEN, app);
console.log(answer);
// {{ end }}
// {{ if decrypt }}
console.log(decrypt(JSON.parse(answer).msisdn, app.appDecryptPrivateKey));
// {{ end }}
// {{ if tokenValidate and hmac }}
console.log(await verifyWithHmac(await mint(VERIFY_PHONE), app)); // {{ if mint }}
// {{ if token }} console.log(await verifyWithHmac(TOKEN, app));
// {{ end }}
// {{ if tokenValidate and rsa }}
console.log(await verifyWithRsa(await mint(VERIFY_PHONE), app)); // {{ if mint }}
// {{ if token }} console.log(await verifyWithRsa(TOKEN, app));
// {{ end }}
// {{ if body }}
console.log(await post(LOGIN_URL, BODY)); // {{ if loginTokenValidate }}
console.log(await post(VERIFY_URL, BODY)); // {{ if tokenValidate }}
// {{ end }}
// {{ if get }}
console.log(await get(LOGIN_URL)); // {{ if loginTokenValidate }}
console.log(await get(VERIFY_URL)); // {{ if tokenValidate }}
// {{ end }}
