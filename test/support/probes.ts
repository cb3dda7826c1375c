/** Requests whose result depends on readings, each with its outcome under the default readings, in one line. */
import type { Effect } from '../../mock-server/carrier/engine/decision.js';
import { ENGINE } from '../../mock-server/carrier/engine/engine.js';
import { readingsOf } from '../../mock-server/carrier/engine/facts/situation.js';
import type { Readings } from '../../mock-server/carrier/engine/readings.js';
import type { Operation } from '../../src/protocol/operations.js';
import {
  EXPIRED,
  foreignTokenOf,
  judge,
  loginBody,
  loginRsaBody,
  NOW_MS,
  QUOTA,
  type Scene,
  SENT_AT_MS,
  UNKNOWN_APP,
  USED,
  verifyBody,
  verifyRsaBody,
} from './engine.js';
import { longPair } from './keys.js';

export interface Probe {
  readonly name: string;
  readonly operation: Operation;
  readonly body: unknown;
  readonly scene: Scene;
  readonly byDefault: string;
}

/** `103101 signValid [] desc`: code, rule, effects, and the other parts of the response that a reading can change. */
export function outcomeOf({ operation, body, scene }: Probe, readings: Partial<Readings>): string {
  const { request, state, decision } = judge(operation, body, { ...scene, readings });
  const { resultCode, decidedBy, effects } = decision;
  const inputs = { decision, app: state.app, readings: readingsOf(state), nowMs: NOW_MS, taskId: '' };
  const answer = ENGINE.render(request, { ...inputs, accessToken: undefined });
  const seen = SEEN.flatMap(({ name, pattern }) => (pattern.test(answer) ? [` ${name}`] : []));
  return `${resultCode} ${decidedBy} [${effects.map(textOf).join(', ')}]${seen.join('')}`;
}

/** The parts of a response, in addition to its code, that a reading can change. */
const SEEN = [
  { name: 'desc', pattern: /"desc":/ },
  { name: 'message', pattern: /"message":"[^"]/ },
  { name: 'expandParams', pattern: /"expandParams":/ },
  { name: 'no taskId', pattern: /^(?!.*"taskId":)/ },
  { name: 'code for words', pattern: /"resultDesc":"\d/ },
];

function textOf(effect: Effect): string {
  return effect.kind === 'countCall' ? `${effect.counter}/${effect.limit}` : effect.kind;
}

const CHARGED = `[useToken, calls:20261125/${QUOTA}, charge]`;
const BY_CONTRACT = '[useToken, package:0/null, charge]';
const LOGIN_OK = `103000 allMet ${CHARGED}`;
const VERIFY_OK = `000 allMet ${CHARGED}`;
const SIGN_AT_LOGIN = '103101 signValid [] desc';
const SIGN_AT_VERIFY = '302 signValid []';

const PLAIN_TEXT_TYPE = 'text/plain';
const JSON_TYPE = 'application/json; charset=utf-8';
const HEADERS = [
  { name: 'text', rawHeaders: ['content-type', PLAIN_TEXT_TYPE] },
  { name: 'no content type', rawHeaders: ['accept', JSON_TYPE] },
  { name: 'JSON, then text', rawHeaders: ['Content-Type', JSON_TYPE, 'Content-Type', PLAIN_TEXT_TYPE] },
  { name: 'text, then JSON', rawHeaders: ['Content-Type', PLAIN_TEXT_TYPE, 'Content-Type', JSON_TYPE] },
];

const FIVE_MINUTES_MS = 300_000;
const TIMES = [
  { name: 'five minutes early', nowMs: SENT_AT_MS + FIVE_MINUTES_MS },
  { name: 'over five minutes early', nowMs: SENT_AT_MS + FIVE_MINUTES_MS + 1 },
  { name: 'five minutes late', nowMs: SENT_AT_MS - FIVE_MINUTES_MS },
  { name: 'over five minutes late', nowMs: SENT_AT_MS - FIVE_MINUTES_MS - 1 },
];

const CONTRACT: Scene = { settings: { contracted: true } };
const OFF_LIST: Scene = { exchange: { clientIp: '10.0.0.1' } };
const EMPTY_LIST: Scene = { settings: { ipWhitelist: { loginTokenValidate: ' ， ', tokenValidate: '' } } };
const NO_DATE = '17955597570543730';

function timeScene(nowMs: number): Scene {
  return { nowMs, token: { issuedAtMs: nowMs, expiresAtMs: nowMs + 1 } };
}

function foreign(operation: Operation, changes: object): Scene {
  return { state: { token: undefined, foreignToken: foreignTokenOf(operation, changes) } };
}

type Row = readonly [name: string, body: unknown, byDefault: string, scene?: Scene];

function probes(operation: Operation, rows: readonly Row[]): readonly Probe[] {
  return rows.map(([name, body, byDefault, scene = {}]) => ({
    name: `${operation === 'loginTokenValidate' ? 'login' : 'verify'}: ${name}`,
    operation,
    body,
    scene,
    byDefault,
  }));
}

const md5 = String(loginBody()['sign']);
const rsaHex = String(loginRsaBody()['sign']);

const LOGIN_PROBES = probes('loginTokenValidate', [
  ['MD5', loginBody(), LOGIN_OK],
  ['MD5 in lower case', loginBody({ sign: md5.toLowerCase() }), LOGIN_OK],
  ['RSA', loginRsaBody(), LOGIN_OK],
  ['RSA in lower case', loginRsaBody({ sign: rsaHex.toLowerCase() }), LOGIN_OK],
  ['RSA with a long key', loginRsaBody(), SIGN_AT_LOGIN, { settings: { appVerifyKey: longPair().publicKey } }],
  ...HEADERS.map(({ name, rawHeaders }): Row => [name, loginBody(), LOGIN_OK, { exchange: { rawHeaders } }]),
  ['msgid a number', loginBody({ msgid: 12345 }), '103211 valuesAreStrings [] desc'],
  ['strictcheck a number', loginBody({ strictcheck: 0 }), '103211 valuesAreStrings [] desc'],
  ['expandparams null', loginBody({ expandparams: null }), '103211 valuesAreStrings [] desc'],
  ['encryptionalgorithm null', loginBody({ encryptionalgorithm: null }), '103211 valuesAreStrings [] desc'],
  ['strictcheck null', loginBody({ strictcheck: null }), '103211 valuesAreStrings [] desc'],
  ['not a date', loginBody({ systemtime: NO_DATE }), LOGIN_OK],
  ...TIMES.map(({ name, nowMs }): Row => [name, loginBody(), LOGIN_OK, timeScene(nowMs)]),
  ['a repeated msgid', loginBody(), LOGIN_OK, { state: { msgIdSeen: true } }],
  ['no token', loginBody({ token: '' }), '103811 tokenPresent [] desc', { state: { token: undefined } }],
  ['a wrong version', loginBody({ version: '1.0' }), '103414 parametersValid [] desc'],
  ['an invalid signature', loginBody({ sign: '00' }), SIGN_AT_LOGIN],
  ['an invalid signature, expired', loginBody({ sign: '00' }), SIGN_AT_LOGIN, { token: EXPIRED }],
  ['an invalid signature, used', loginBody({ sign: '00' }), SIGN_AT_LOGIN, { token: USED }],
  ['an invalid signature, by contract', loginBody({ sign: '00' }), SIGN_AT_LOGIN, CONTRACT],
  ['no calls left', loginBody(), '105312 callsLeft [] desc', { state: { callsUsed: QUOTA } }],
  ['by contract', loginBody(), `103000 allMet ${BY_CONTRACT}`, CONTRACT],
  ['not whitelisted', loginBody(), LOGIN_OK, OFF_LIST],
  ['an empty whitelist', loginBody(), LOGIN_OK, EMPTY_LIST],
  ['not whitelisted, strictcheck 1', loginBody({ strictcheck: '1' }), '103511 ipAllowed [] desc', OFF_LIST],
  ["another app's token", loginBody(), '103133 tokenOfThisApp [] desc', foreign('loginTokenValidate', {})],
  ["another app's expired token", loginBody(), '103133 tokenOfThisApp [] desc', foreign('loginTokenValidate', EXPIRED)],
  ["another app's used token", loginBody(), '103133 tokenOfThisApp [] desc', foreign('loginTokenValidate', USED)],
]);

const hmac = verifyBody().body;
const hash = String(hmac.phoneNum);
const rsa = verifyRsaBody().body;
const hexOfBase64 = (base64: unknown) => Buffer.from(String(base64), 'base64').toString('hex');

const VERIFY_PROBES = probes('tokenValidate', [
  ['HMAC', verifyBody(), VERIFY_OK],
  ['a signature in lower case', verifyBody({ body: { sign: hmac.sign.toLowerCase() } }), SIGN_AT_VERIFY],
  ['phoneNum in lower case', verifyBody({ body: { phoneNum: hash.toLowerCase() } }), '004 phoneNumReadable []'],
  ['a long key that is not used', verifyBody(), VERIFY_OK, { settings: { appVerifyKey: longPair().publicKey } }],
  ['RSA', verifyRsaBody(), VERIFY_OK],
  [
    'RSA with a long key',
    verifyRsaBody({}, { signKey: longPair().privateKey }),
    VERIFY_OK,
    { settings: { appVerifyKey: longPair().publicKey } },
  ],
  ['RSA, sign in hex', { ...verifyRsaBody(), body: { ...rsa, sign: hexOfBase64(rsa.sign) } }, SIGN_AT_VERIFY],
  ['RSA, phoneNum in hex', verifyRsaBody({ body: { phoneNum: hexOfBase64(rsa.phoneNum) } }), '004 phoneNumReadable []'],
  ...HEADERS.map(({ name, rawHeaders }): Row => [name, verifyBody(), VERIFY_OK, { exchange: { rawHeaders } }]),
  ['keyType the number 1', verifyRsaBody({ body: { keyType: 1 } }), VERIFY_OK],
  ['keyType the number 2', verifyBody({ body: { keyType: 2 } }), VERIFY_OK],
  ['openType a number', verifyBody({ body: { openType: 1 } }), '102 parametersValid []'],
  ['msgId a number', verifyBody({ header: { msgId: 12345 } }), '102 parametersValid []'],
  ['message null', verifyBody({ body: { message: null } }), '102 parametersValid []'],
  [
    'free texts',
    verifyBody({ body: { message: 'a%20b', expandParams: 'a=1|b=%E4%B8%AD' } }),
    `${VERIFY_OK} message expandParams`,
  ],
  ['message not encoded', verifyBody({ body: { message: 'a b' } }), `${VERIFY_OK} message`],
  ['expandParams not encoded', verifyBody({ body: { expandParams: 'a=中' } }), `${VERIFY_OK} expandParams`],
  ['message with =', verifyBody({ body: { message: 'a=1' } }), `${VERIFY_OK} message`],
  ['expandParams null', verifyBody({ body: { expandParams: null } }), '102 parametersValid []'],
  ['keyType null', verifyBody({ body: { keyType: null } }), '102 parametersValid []'],
  ['openType null', verifyBody({ body: { openType: null } }), '102 parametersValid []'],
  ['openType null for WAP', verifyBody({ body: { openType: null, requesterType: '1' } }), '102 parametersValid []'],
  ['token null', verifyBody({ body: { token: null } }), '102 parametersValid []'],
  ['not a date', verifyBody({ header: { timestamp: NO_DATE } }), VERIFY_OK],
  ...TIMES.map(({ name, nowMs }): Row => [name, verifyBody(), VERIFY_OK, timeScene(nowMs)]),
  ['a repeated msgId', verifyBody(), VERIFY_OK, { state: { msgIdSeen: true } }],
  ['a wrong version', verifyBody({ header: { version: '2.0' } }), '102 parametersValid []'],
  ['an invalid signature', verifyBody({ body: { sign: '00' } }), SIGN_AT_VERIFY],
  ['an invalid signature, expired', verifyBody({ body: { sign: '00' } }), SIGN_AT_VERIFY, { token: EXPIRED }],
  ['an invalid signature, used', verifyBody({ body: { sign: '00' } }), SIGN_AT_VERIFY, { token: USED }],
  ['an invalid signature, by contract', verifyBody({ body: { sign: '00' } }), SIGN_AT_VERIFY, CONTRACT],
  ['another number', verifyBody({}, '13800138001'), `001 numberMatches ${CHARGED}`],
  ['no calls left', verifyBody(), '103420 callsLeft []', { state: { callsUsed: QUOTA } }],
  ['no capability', verifyBody(), '103420 capabilityGranted []', { settings: { capabilities: [] } }],
  ['by contract', verifyBody(), `000 allMet ${BY_CONTRACT}`, CONTRACT],
  ['not whitelisted', verifyBody(), '124 ipAllowed []', OFF_LIST],
  ['an unknown app', verifyBody(), '102 appKnown []', UNKNOWN_APP],
  ["another app's token", verifyBody(), '606 tokenOfThisApp []', foreign('tokenValidate', {})],
  ["another app's expired token", verifyBody(), '606 tokenOfThisApp []', foreign('tokenValidate', EXPIRED)],
  ["another app's used token", verifyBody(), '606 tokenOfThisApp []', foreign('tokenValidate', USED)],
]);

export const PROBES: readonly Probe[] = [...LOGIN_PROBES, ...VERIFY_PROBES];
