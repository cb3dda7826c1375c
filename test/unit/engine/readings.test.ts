/** Single readings beyond the contract cases, which have a case for each option: their boundaries, and whose readings apply. */
import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import type { Decision } from '../../../mock-server/carrier/engine/decision.js';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import { parseDraft } from '../../../mock-server/carrier/engine/request.js';
import { createRandom } from '../../../mock-server/carrier/sources.js';
import { BoundedMap } from '../../../mock-server/carrier/store/bounded.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { DEFAULT_LIMITS } from '../../../mock-server/carrier/store/state-store.js';
import { createTallies } from '../../../mock-server/carrier/tallies.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { silentLog } from '../../../mock-server/telemetry/log.js';
import { READING_SCHEMAS } from '../../../src/control/calls/settings.js';
import type { Operation } from '../../../src/protocol/operations.js';
import {
  DEFAULT_READINGS,
  READINGS,
  type Readings,
  readingsAt,
} from '../../../src/protocol/readings.js';
import {
  DEFAULTS,
  EXPIRED,
  exchangeOf,
  foreignTokenOf,
  judge,
  listsOf,
  login,
  loginBody,
  NOW_MS,
  type Scene,
  SENT_AT_MS,
  SETTINGS,
  TOKEN,
  UNKNOWN_APP,
  USED,
  verdict,
  verify,
  verifyBody,
  verifyRsa,
  verifyRsaBody,
} from '../../support/engine.js';
import { longPair, privateKeyOf, TEST_KEYS } from '../../support/keys.js';
import { h5Request, loginRsaRequest, MSG_ID, SENT_AT } from '../../support/requests.js';

test('the default of each reading is its first option', () => {
  expect(DEFAULT_READINGS).toEqual(DEFAULTS);
  expect(READINGS.map(({ id, options }) => [id, options[0]])).toEqual(Object.entries(DEFAULTS));
});

/** An app that was stored before these readings existed. */
test.each(['json-null', 'verify-params-encoding'])('an app without %s has its default', (id) => {
  const readings = { [id]: undefined } as Partial<Readings>;
  expect(verdict(verify({ body: { message: null } }, { readings }))).toBe('102 parametersValid');
  expect(verdict(verify({ body: { message: 'a b' } }, { readings }))).toBe('000 allMet');
});

const foreign = (changes: object) => ({
  state: { token: undefined, foreignToken: foreignTokenOf('loginTokenValidate', changes) },
});
const EMPTY_LIST: Scene = { settings: { ipWhitelist: listsOf({ loginTokenValidate: ' ， ' }) } };
const LONG_KEY: Scene = { settings: { appVerifyKey: longPair().publicKey } };
const WRONG_SIGN = { sign: '00' };
const SEEN: Scene = { state: { msgIdSeen: true } };
const LONG_ID = '1'.repeat(37);
const H5_TOKEN = `H5HTTPS${'0a'.repeat(32)}`;
const OF_LONG_KEY = verifyRsaBody({}, { signKey: longPair().privateKey });

/** Each other option once; the contract cases have both sides. */
test.each<readonly [keyof Readings, string, (scene: Scene) => Decision, Scene, string]>([
  [
    'json-null',
    'absent',
    (scene) => login({ expandparams: null }, scene),
    {},
    '103000 allMet useToken countCall charge',
  ],
  ['login-ip-check', 'registered', (scene) => login({}, scene), EMPTY_LIST, '103511 ipAllowed'],
  ['login-ip-check', 'always', (scene) => login({}, scene), EMPTY_LIST, '103511 ipAllowed'],
  [
    'other-apps-dead-token',
    '104201',
    (scene) => login({}, scene),
    foreign({}),
    '103133 tokenOfThisApp',
  ],
  [
    'other-apps-dead-token',
    '104201',
    (scene) => login({}, scene),
    foreign(EXPIRED),
    '104201 tokenKnown',
  ],
  [
    'other-apps-dead-token',
    '104201',
    (scene) => login({}, scene),
    foreign(USED),
    '104201 tokenKnown',
  ],
  [
    'refused-call-uses-token',
    'yes',
    (scene) => login(WRONG_SIGN, scene),
    {},
    '103101 signValid useToken',
  ],
  [
    'refused-call-uses-token',
    'yes',
    (scene) => login(WRONG_SIGN, scene),
    { token: USED },
    '103101 signValid',
  ],
  [
    'refused-call-uses-token',
    'yes',
    (scene) => login(WRONG_SIGN, scene),
    { token: EXPIRED },
    '103101 signValid',
  ],
  [
    'daily-quota-counts',
    'every-call',
    (scene) => login(WRONG_SIGN, scene),
    {},
    '103101 signValid countCall',
  ],
  [
    'msgid-replay',
    'refused',
    (scene) => login(WRONG_SIGN, scene),
    {},
    '103101 signValid rememberMsgId',
  ],
  ['msgid-replay', 'refused', (scene) => login({}, scene), UNKNOWN_APP, '103119 appKnown'],
  [
    'msgid-replay',
    'refused:103211',
    (scene) => login({ msgid: '1' }, scene),
    SEEN,
    '103211 parametersValid',
  ],
  [
    'msgid-replay',
    'refused:103211',
    (scene) => login({ msgid: LONG_ID }, scene),
    SEEN,
    '103414 parametersValid',
  ],
  [
    'verify-key-size',
    '1024',
    (scene) => judge('tokenValidate', OF_LONG_KEY, scene).decision,
    LONG_KEY,
    '302 signValid',
  ],
])('%s %s', (id, option, decide, scene, expected) => {
  const decision = decide({ ...scene, readings: { [id]: option } });
  expect([verdict(decision), ...decision.effects.map(({ kind }) => kind)].join(' ')).toBe(expected);
});

describe('verify-sign-key either accepts a signature that 应用公钥2 checks', () => {
  const readings = { 'verify-sign-key': 'either' } as const;
  const { privateKey } = TEST_KEYS.demoAppDecrypt;
  const h5 = h5Request(SETTINGS.appId, privateKey, H5_TOKEN);
  const rawHeaders = Object.entries({ ...h5.headers, 'Content-Type': 'application/json' }).flat();

  test.each([
    {
      operation: 'tokenValidate',
      body: verifyRsaBody({}, { signKey: privateKey }),
      scene: {},
      expected: '000 allMet',
    },
    {
      operation: 'loginTokenValidate',
      body: loginRsaRequest(SETTINGS.appId, privateKey, TOKEN),
      scene: {},
      expected: '103101 signValid',
    },
    {
      operation: 'h5TokenValidate',
      body: h5.body,
      scene: { exchange: { rawHeaders } },
      expected: '104013 signValid',
    },
  ] as const)('at $operation: $expected', ({ operation, body, scene, expected }) => {
    expect(verdict(judge(operation, body, { ...scene, readings }).decision)).toBe(expected);
  });
});

test('a reading can have an option for each operation, and the default for the others', () => {
  const option = 'loginTokenValidate=calendar;tokenValidate=window:5m';
  const readings = { ...DEFAULT_READINGS, 'system-time': option };
  const at = (operation: Operation) => readingsAt(readings, operation)['system-time'];
  expect(at('loginTokenValidate')).toBe('calendar');
  expect(at('tokenValidate')).toBe('window:5m');
  expect(at('h5TokenValidate')).toBe('digits');
  expect(readingsAt(DEFAULT_READINGS, 'tokenValidate')).toBe(DEFAULT_READINGS);
  const isAccepted = (text: string) =>
    new RegExp(READING_SCHEMAS['system-time'].pattern).test(text);
  expect([option, 'digits', 'window:5m'].map(isAccepted)).toEqual([true, true, true]);
  expect(['tokenValidate=', 'login=digits', `${option};`].map(isAccepted)).toEqual([
    false,
    false,
    false,
  ]);
  const noDate = loginBody({ systemtime: '20261329120000123' });
  expect(
    verdict(judge('loginTokenValidate', noDate, { readings: { 'system-time': option } }).decision),
  ).toBe('103414 parametersValid');
});

describe('the pattern of system-time', () => {
  const pattern = new RegExp(READINGS.find((row) => row.id === 'system-time')?.pattern ?? '');

  test.each([
    { option: 'window:5m', expected: true },
    { option: 'window:1.5h', expected: true },
    { option: 'window:0ms', expected: true },
    { option: 'window:', expected: false },
    { option: 'window:5', expected: false },
    { option: 'window:5m ', expected: false },
    { option: ' window:5m', expected: false },
    { option: '5m', expected: false },
    { option: 'window:-5m', expected: false },
  ])('"$option": $expected', ({ option, expected }) => {
    expect(pattern.test(option)).toBe(expected);
  });
});

test('a window of 0 ms admits only the same millisecond', () => {
  const readings = { 'system-time': 'window:0ms' } as const;
  const at = (nowMs: number) => ({
    readings,
    nowMs,
    token: { issuedAtMs: nowMs, expiresAtMs: nowMs + 1 },
  });
  expect([-1, 0, 1].map((ms) => verdict(login({}, at(SENT_AT_MS + ms))))).toEqual([
    '103414 parametersValid',
    '103000 allMet',
    '103414 parametersValid',
  ]);
  expect(verdict(verify({}, at(SENT_AT_MS)))).toBe('000 allMet');
});

test('verify-rsa-encoding hex accepts both fields in hex of either case', () => {
  const phoneNum = Buffer.from(String(verifyRsaBody().body.phoneNum), 'base64').toString('hex');
  const text = `300000000001${MSG_ID}${phoneNum}${SENT_AT}${TOKEN}1.0`;
  const hex = sign(
    'RSA-MD5',
    Buffer.from(text),
    privateKeyOf(TEST_KEYS.demoAppSign.privateKey),
  ).toString('hex');
  const readings = { 'verify-rsa-encoding': 'hex' } as const;
  for (const signText of [hex, hex.toUpperCase()]) {
    expect(verdict(verifyRsa({ body: { phoneNum, sign: signText } }, { readings }))).toBe(
      '000 allMet',
    );
  }
});

test.each([
  { description: '64 lower-case letters that are not hex', phoneNum: 'g'.repeat(64) },
  { description: '63 lower-case hex digits', phoneNum: 'a'.repeat(63) },
  { description: '65 lower-case hex digits', phoneNum: 'a'.repeat(65) },
])('with verify-hex-case any, $description are no hash', ({ phoneNum }) => {
  const readings = { 'verify-hex-case': 'any' } as const;
  expect(verdict(verify({ body: { phoneNum } }, { readings }))).toBe('004 phoneNumReadable');
});

describe('json-numbers any reads a number as its decimal text', () => {
  const readings = { 'json-numbers': 'any' } as const;
  const unquoted = (body: object, field: string) =>
    JSON.stringify(body).replace(new RegExp(`"${field}":"(\\d+)"`), `"${field}":$1`);

  test('for an appid', () => {
    const { decision } = judge('loginTokenValidate', unquoted(loginBody(), 'appid'), { readings });
    expect(verdict(decision)).toBe('103000 allMet');
  });

  test('for an appid that a double cannot hold', () => {
    const body = '{"appid":30001122334455667788,"msgid":1,"token":"a \\" 2"}';
    const draft = parseDraft({ ...exchangeOf('loginTokenValidate', body), body });
    expect(draft).toMatchObject({ appId: '30001122334455667788', msgId: '1', token: 'a " 2' });
  });

  // A double cannot hold 17 digits, which must not be rounded.
  test.each([
    {
      operation: 'loginTokenValidate',
      body: loginBody(),
      field: 'systemtime',
      expected: '103000 allMet',
    },
    { operation: 'tokenValidate', body: verifyBody(), field: 'timestamp', expected: '000 allMet' },
  ] as const)('for the 17 digits of $field', ({ operation, body, field, expected }) => {
    expect(verdict(judge(operation, unquoted(body, field), { readings }).decision)).toBe(expected);
  });
});

describe('a request of an unknown app follows the readings of the carrier', () => {
  const decideUnknown = (operation: Operation, body: unknown, readings: Partial<Readings>) =>
    verdict(judge(operation, body, { ...UNKNOWN_APP, readings }).decision);

  test.each([
    { readings: {}, expected: ['103119 appKnown', '102 appKnown'] },
    {
      readings: { 'system-time': 'calendar' },
      expected: ['103414 parametersValid', '102 parametersValid'],
    },
    { readings: { 'unknown-app-at-verify': '302' }, expected: ['103119 appKnown', '302 appKnown'] },
  ] as const)('$readings', ({ readings, expected }) => {
    const login17 = loginBody({ systemtime: '17955597570543730' });
    const verify17 = verifyBody({ header: { timestamp: '17955597570543730' } });
    expect([
      decideUnknown('loginTokenValidate', login17, readings),
      decideUnknown('tokenValidate', verify17, readings),
    ]).toEqual(expected);
  });

  test('a window is relative to the current time', () => {
    const readings = { 'system-time': 'window:5m' } as const;
    expect(decideUnknown('loginTokenValidate', loginBody(), readings)).toBe('103119 appKnown');
    const stale = loginBody({ systemtime: '20261125093119762' });
    expect(decideUnknown('loginTokenValidate', stale, readings)).toBe('103414 parametersValid');
  });

  test("an app's own readings override the carrier's", () => {
    const carrierReadings = { ...DEFAULTS, 'system-time': 'calendar' } as const;
    expect(
      verdict(login({ systemtime: '17955597570543730' }, { state: { carrierReadings } })),
    ).toBe('103000 allMet');
  });

  test('login-error-desc absent omits the desc of 103119', async () => {
    const { settings } = toConfiguration(
      { readings: { 'login-error-desc': 'absent' } },
      '127.0.0.1',
    );
    const answer = createAnswer({
      engine: ENGINE,
      store: createMemoryStore(DEFAULT_LIMITS),
      clock: { nowMs: () => NOW_MS, elapsedMs: () => 0 },
      random: createRandom('readings'),
      log: silentLog,
      tallies: createTallies(),
      expected: new BoundedMap(1),
      settings,
    });
    const reply = await answer(exchangeOf('loginTokenValidate', loginBody()));
    expect(JSON.parse(reply?.body ?? '')).toMatchObject({ resultCode: '103119' });
    expect(reply?.body).not.toContain('"desc"');
  });
});
