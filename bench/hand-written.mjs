/**
 * A carrier written by hand for speed, with which the mock is compared: one file on node:http that does the mock's work
 * for a request, without the mock's features (tables, readings, clocks, explanations).
 */
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hash,
  privateDecrypt,
  publicEncrypt,
  randomFillSync,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [, , port = '10087'] = process.argv;
const keys = JSON.parse(
  readFileSync(new URL('../fixtures/keys/keys.json', import.meta.url), 'utf8'),
);

// The same limits and timeouts as in the mock.
const BODY_BYTES_MAX = 64 * 1024;
const JOURNAL_RECORDS_MAX = 10_000;
const LEDGER_RECORDS_MAX = 100_000;
const TIMEOUTS = {
  requestTimeout: 10_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 75_000,
};

const LOGIN_PATH = '/unisdk/rsapi/loginTokenValidate';
const VERIFY_PATH = '/openapi/rs/tokenValidate';
const SEVENTEEN_DIGITS = /^\d{17}$/;
const TOKEN = /^STsid000000\d{13}[0-9A-Za-z]{32}$/;
const HASHED = /^[0-9A-F]{64}$/;
const PHONE_NUMBER = /^1\d{10}$/;
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

const apps = new Map();
const platformKey = createPrivateKey({
  key: Buffer.from(keys.platform.privateKey, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one chain of checks, for speed
function login(json, { method, path, ip, nowMs }) {
  if (method !== 'POST' || path !== LOGIN_PATH) return ['105313', 'urlRight'];
  if (json === undefined) return ['103412', 'bodyReadable'];
  const {
    version,
    msgid,
    systemtime,
    strictcheck,
    appid,
    expandparams,
    token,
    sign,
    encryptionalgorithm,
  } = json;
  if (
    !areTexts(
      version,
      msgid,
      systemtime,
      strictcheck,
      appid,
      expandparams,
      token,
      sign,
      encryptionalgorithm,
    )
  )
    return ['103211', 'valuesAreStrings'];
  if (!token) return ['103811', 'tokenPresent'];
  const valid =
    version === '2.0' &&
    isMsgId(msgid) &&
    isTimestamp(systemtime) &&
    isFlag(strictcheck) &&
    !!appid &&
    !!sign;
  if (!valid) return ['103414', 'parametersValid'];
  const app = apps.get(appid);
  if (app === undefined) return ['103119', 'appKnown'];
  if (strictcheck === '1' && !isAdmitted(app, ip)) return ['103511', 'ipAllowed'];
  if (!app.capabilities.has('loginTokenValidate')) return ['105019', 'capabilityGranted'];
  const rsa = encryptionalgorithm === 'RSA';
  if (rsa && (app.verifyKey === undefined || app.encryptKey === undefined))
    return ['103412', 'encryptionPossible'];
  const signed = rsa
    ? verify('RSA-SHA256', Buffer.from(appid + token), app.verifyKey, Buffer.from(sign, 'hex'))
    : hash(
        'md5',
        appid + version + msgid + systemtime + strictcheck + token + app.appSecret,
      ).toUpperCase() === sign.toUpperCase();
  if (!signed) return ['103101', 'signValid'];
  if (!TOKEN.test(token)) return ['103113', 'tokenWellFormed'];
  const known = app.tokens.get(token);
  if (known === undefined) return ['104201', 'tokenKnown'];
  if (known.capability !== 'loginTokenValidate') return ['105018', 'tokenOfThisCapability'];
  if (nowMs < known.issuedAtMs || nowMs >= known.expiresAtMs) return ['104201', 'tokenLive'];
  if (known.usedBy !== undefined) return ['104201', 'tokenUnused'];
  return hasCallsLeft(app, nowMs) ? ['103000', 'allMet'] : ['105312', 'callsLeft'];
}

function loginAnswer(json, { resultCode, app, token, taskId, nowMs }) {
  const inresponseto = json?.msgid ?? '';
  const systemtime = timestamp(nowMs);
  if (resultCode !== '103000')
    return JSON.stringify({ inresponseto, resultCode, desc: '', systemtime, taskId });
  const { phoneNumber } = token;
  const msisdn =
    json.encryptionalgorithm === 'RSA' ? encrypted(phoneNumber, app.encryptKey) : phoneNumber;
  return JSON.stringify({ inresponseto, resultCode, msisdn, systemtime, taskId });
}

function encrypted(text, key) {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text))
    .toString('hex')
    .toUpperCase();
}

function tokenValidate(json, { method, path, ip, nowMs }) {
  if (method !== 'POST' || path !== VERIFY_PATH) return ['303', 'urlRight'];
  if (json === undefined) return ['303', 'bodyReadable'];
  if (!areVerifyParametersValid(json)) return ['102', 'parametersValid'];
  const { version, msgId, timestamp: sentAt, appId } = json.header;
  const { keyType, phoneNum, token, sign } = json.body;
  const app = apps.get(appId);
  if (app === undefined) return ['102', 'appKnown'];
  if (!isAdmitted(app, ip)) return ['124', 'ipAllowed'];
  if (!app.capabilities.has('tokenValidate')) return ['103420', 'capabilityGranted'];
  const rsa = keyType === '1' || keyType === 1;
  const text = appId + msgId + phoneNum + sentAt + token + version;
  const signed = rsa
    ? app.verifyKey !== undefined &&
      verify('RSA-MD5', Buffer.from(text), app.verifyKey, Buffer.from(sign, 'base64'))
    : createHmac('sha256', app.hmacKey).update(text).digest('hex').toUpperCase() === sign;
  if (!signed) return ['302', 'signValid'];
  const number = rsa ? decrypted(phoneNum, app.appKey + sentAt) : undefined;
  if (rsa ? number === undefined : !HASHED.test(phoneNum)) return ['004', 'phoneNumReadable'];
  const unmet = unmetByToken(app, token, nowMs);
  if (unmet !== undefined) return unmet;
  const own = app.tokens.get(token).phoneNumber;
  const matches = rsa
    ? number === own
    : hash('sha256', own + app.appKey + sentAt).toUpperCase() === phoneNum;
  return matches ? ['000', 'allMet'] : ['001', 'numberMatches'];
}

function areVerifyParametersValid({ header, body }) {
  if (!isObject(header) || !isObject(body)) return false;
  const { version, msgId, timestamp: sentAt, appId } = header;
  const { openType, requesterType, message, expandParams, keyType, phoneNum, token, sign } = body;
  return (
    areTexts(
      version,
      msgId,
      sentAt,
      appId,
      openType,
      requesterType,
      message,
      expandParams,
      phoneNum,
    ) &&
    areTexts(token, sign) &&
    (isText(keyType) || typeof keyType === 'number') &&
    version === '1.0' &&
    isMsgId(msgId) &&
    isTimestamp(sentAt) &&
    !!appId &&
    !!token &&
    !!phoneNum &&
    !!sign &&
    isFlag(requesterType) &&
    ('0123'.includes(openType ?? '-') ? openType !== '' : requesterType === '1' && !openType)
  );
}

function unmetByToken(app, token, nowMs) {
  const known = app.tokens.get(token);
  if (!TOKEN.test(token)) return ['606', 'tokenWellFormed'];
  if (known === undefined) return ['606', 'tokenKnown'];
  if (known.capability !== 'tokenValidate') return ['606', 'tokenOfThisCapability'];
  if (nowMs < known.issuedAtMs || nowMs >= known.expiresAtMs) return ['606', 'tokenLive'];
  if (known.usedBy !== undefined) return ['606', 'tokenUnused'];
  return hasCallsLeft(app, nowMs) ? undefined : ['103420', 'callsLeft'];
}

/** Returns the number if the ciphertext contains one before the tail. PKCS#1 v1.5: 00 02, padding, 00, the text. */
function decrypted(base64, tail) {
  const options = { key: platformKey, padding: constants.RSA_NO_PADDING };
  const block = privateDecrypt(options, Buffer.from(base64, 'base64'));
  if (block[0] !== 0 || block[1] !== 2) return undefined;
  const text = block.toString('latin1', block.indexOf(0, 2) + 1);
  const number = text.slice(0, -tail.length);
  return text.endsWith(tail) && PHONE_NUMBER.test(number) ? number : undefined;
}

function verifyAnswer(json, { resultCode, taskId, nowMs }) {
  const { message = '', expandParams } = json?.body ?? {};
  const { appId = '', msgId = '' } = json?.header ?? {};
  const resultDesc = resultCode === '000' ? '是本机号码' : '';
  return JSON.stringify({
    body: { message, resultDesc, taskId, expandParams },
    header: { appId, msgId, resultCode, timestamp: timestamp(nowMs) },
  });
}

const isText = (value) => value === undefined || typeof value === 'string';
const areTexts = (a, b, c, d, e, f, g, h, i) =>
  isText(a) &&
  isText(b) &&
  isText(c) &&
  isText(d) &&
  isText(e) &&
  isText(f) &&
  isText(g) &&
  isText(h) &&
  isText(i);
const isFlag = (value) => value === '0' || value === '1';
const isMsgId = (value) => value !== undefined && value.length > 0 && value.length <= 36;
const isTimestamp = (value) => value !== undefined && SEVENTEEN_DIGITS.test(value);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function isAdmitted({ admitted }, ip) {
  return admitted.has(ip.startsWith('::ffff:') ? ip.slice(7) : ip);
}

function hasCallsLeft(app, nowMs) {
  if (app.contracted) return app.callPackage === null || app.called < app.callPackage;
  const day = Math.floor((nowMs + BEIJING_OFFSET_MS) / (24 * 60 * MINUTE_MS));
  if (app.day !== day) [app.day, app.called] = [day, 0];
  return app.called < app.dailyQuota;
}

let minute = -1;
let minuteText = '';

/** yyyyMMddHHmmssSSS in Beijing. All digits except the last five are cached for a minute. */
function timestamp(ms) {
  const current = Math.floor(ms / MINUTE_MS);
  if (current !== minute) {
    minute = current;
    minuteText = new Date(ms + BEIJING_OFFSET_MS).toISOString().replace(/[-T:]/g, '').slice(0, 12);
  }
  return minuteText + String(100_000 + (ms % MINUTE_MS)).slice(1);
}

const pool = Buffer.alloc(8192);
let used = pool.length;

function hex(bytes) {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** The newest records, in a ring that grows up to its limit. */
class Ring {
  constructor(recordsMax) {
    this.recordsMax = recordsMax;
    this.records = [];
    this.first = 0;
    this.count = 0;
    this.appended = 0;
    this.evicted = new Map();
  }

  append(record) {
    if (this.count === this.recordsMax) this.drop();
    this.records[(this.first + this.count) % this.recordsMax] = record;
    this.count += 1;
    this.appended += 1;
  }

  drop() {
    const oldest = this.records[this.first];
    this.records[this.first] = undefined;
    this.first = (this.first + 1) % this.recordsMax;
    this.count -= 1;
    this.evicted.set(oldest.resultCode, (this.evicted.get(oldest.resultCode) ?? 0) + 1);
  }
}

const unknownApp = newApp({ appId: '' });

function newApp(settings) {
  return {
    shortId: '000000',
    ...settings,
    capabilities: new Set(['loginTokenValidate', 'tokenValidate']),
    admitted: new Set(['127.0.0.1', '::1']),
    hmacKey: createSecretKey(settings.appKey ?? 'none', 'utf8'),
    verifyKey: settings.appVerifyKey && publicKeyOf(settings.appVerifyKey),
    encryptKey: settings.appEncryptKey && publicKeyOf(settings.appEncryptKey),
    called: 0,
    day: 0,
    tokens: new Map(),
    journal: new Ring(JOURNAL_RECORDS_MAX),
    ledger: new Ring(LEDGER_RECORDS_MAX),
  };
}

function publicKeyOf(base64) {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
}

function parsed(body, bodyBytes) {
  if (bodyBytes > BODY_BYTES_MAX) return undefined;
  try {
    const json = JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function answer(req, res, { path, body, bodyBytes }) {
  const startedMs = performance.now();
  const nowMs = Date.now();
  const isLogin = path.startsWith('/unisdk/');
  const json = parsed(body, bodyBytes);
  const { method, rawHeaders, socket } = req;
  const request = { method, path, rawHeaders, body, bodyBytes, ip: socket.remoteAddress, nowMs };
  const [resultCode, decidedBy] = isLogin ? login(json, request) : tokenValidate(json, request);
  const tokenText = (isLogin ? json : json?.body)?.token;
  const app = apps.get(isLogin ? json?.appid : json?.header?.appId) ?? unknownApp;
  const token = app.tokens.get(tokenText);
  const taskId = hex(16);
  const id = `${app.shortId}-${hex(8)}`;
  const outcome = { resultCode, app, token, taskId, nowMs };
  const responseBody = isLogin ? loginAnswer(json, outcome) : verifyAnswer(json, outcome);
  const charged = resultCode === '103000' || resultCode === '000' || resultCode === '001';
  const facts = { app, token, usedBy: token?.usedBy, called: app.called };
  if (charged) {
    token.usedBy = id;
    app.called += 1;
    app.ledger.append({ taskId, isLogin, resultCode, atMs: nowMs });
  }
  const durationMs = performance.now() - startedMs;
  app.journal.append({
    id,
    resultCode,
    decidedBy,
    charged,
    taskId,
    durationMs,
    request,
    responseBody,
    facts,
  });
  res.writeHead(200, [
    'Content-Type',
    'application/json;charset=UTF-8',
    'Content-Length',
    Buffer.byteLength(responseBody),
    'X-Mock',
    '1',
    'X-Mock-Request-Id',
    id,
    'X-Mock-Explanation',
    `http://127.0.0.1:${port}/_mock/requests/${id}/explanation`,
    'X-Mock-Decided-By',
    decidedBy,
  ]);
  res.end(responseBody);
}

/** The benchmark's own calls: create an app, add tokens, count the charged calls. */
function prepare(path, body) {
  if (path === '/_bench/app') {
    const settings = JSON.parse(body);
    apps.set(settings.appId, newApp(settings));
  }
  if (path === '/_bench/tokens') {
    const { appId, tokens, ...record } = JSON.parse(body);
    for (const token of tokens) apps.get(appId).tokens.set(token, { ...record, usedBy: undefined });
  }
  return { charged: [...apps.values()].reduce((sum, { ledger }) => sum + ledger.appended, 0) };
}

const server = createServer(TIMEOUTS, (req, res) => {
  const chunks = [];
  let bodyBytes = 0;
  const query = req.url.indexOf('?');
  const path = query === -1 ? req.url : req.url.slice(0, query);
  const own = path.startsWith('/_bench/');
  req.on('data', (chunk) => {
    if (own || bodyBytes <= BODY_BYTES_MAX) chunks.push(chunk);
    bodyBytes += chunk.length;
  });
  req.on('end', () => {
    const body = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString();
    if (own) res.end(JSON.stringify(prepare(path, body)));
    else answer(req, res, { path, body, bodyBytes });
  });
});
server.listen({ host: '127.0.0.1', port: Number(port), backlog: 1024 });
