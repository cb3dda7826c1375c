/** The order of the rules: of several faults the first decides, and a refusal has no effect. The document, 1.4 and 2.5. */
import { describe, expect, test } from 'vitest';
import { rulesFor } from '../../../mock-server/carrier/engine/decide.js';
import type { Decision } from '../../../mock-server/carrier/engine/decision.js';
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/operations/login-token-validate.js';
import { TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/operations/token-validate.js';
import type { Operation } from '../../../src/protocol/operations.js';
import {
  EXPIRED,
  foreignTokenOf,
  IP,
  judge,
  listsOf,
  login,
  loginBody,
  loginRsa,
  NOW_MS,
  PHONE_NUMBER,
  QUOTA,
  SETTINGS,
  TODAY,
  TOKEN,
  tokenOf,
  USED,
  verdict,
  verify,
  verifyBody,
  verifyRsaBody,
} from '../../support/engine.js';
import { TEST_KEYS } from '../../support/keys.js';
import { loginRsaRequest, verifyRequest } from '../../support/requests.js';

const OTHER_NUMBER = '13800138001';

/** The inputs of a request with all faults. */
const ALL_FAULTS = {
  method: 'GET',
  afterJson: ' and more',
  expandparams: 1 as number | undefined,
  version: '9',
  appKnown: false,
  ipWhitelist: '',
  capabilities: [] as readonly Operation[],
  keys: false,
  sign: '00' as string | undefined,
  unmetByNumber: ['serviceUp', 'tokenServiceUp', 'numberObtained'] as readonly string[],
  phoneNum: 'no hash' as string | undefined,
  token: '',
  owner: 'no app' as 'no app' | 'another app' | 'this app',
  capability: 'none' as Operation | 'none',
  lifetime: EXPIRED as Partial<typeof EXPIRED>,
  use: USED as Partial<typeof USED>,
  callsUsed: QUOTA,
  phoneNumber: OTHER_NUMBER,
};

type Inputs = typeof ALL_FAULTS;

/** The rule that decides, its code, and the fix for its fault only. */
type Fault = readonly [requires: string, otherwise: string, fix: Partial<Inputs>];

const LOGIN: readonly Fault[] = [
  ['urlRight', '105313', { method: 'POST' }],
  ['bodyReadable', '103412', { afterJson: '' }],
  ['valuesAreStrings', '103211', { expandparams: undefined }],
  ['tokenPresent', '103811', { token: 'no token' }],
  ['parametersValid', '103414', { version: '2.0' }],
  ['appKnown', '103119', { appKnown: true }],
  ['ipAllowed', '103511', { ipWhitelist: IP }],
  ['capabilityGranted', '105019', { capabilities: ['loginTokenValidate'] }],
  ['encryptionPossible', '103412', { keys: true }],
  ['signValid', '103101', { sign: undefined }],
  ['serviceUp', '103211', { unmetByNumber: [] }],
  ['tokenWellFormed', '103113', { token: TOKEN }],
  ['tokenKnown', '104201', { owner: 'another app' }],
  ['tokenOfThisApp', '103133', { owner: 'this app' }],
  ['tokenOfThisCapability', '105018', { capability: 'loginTokenValidate' }],
  ['tokenLive', '104201', { lifetime: {} }],
  ['tokenUnused', '104201', { use: {} }],
  ['callsLeft', '105312', { callsUsed: QUOTA - 1 }],
];

const VERIFY: readonly Fault[] = [
  ['urlRight', '303', { method: 'POST' }],
  ['bodyReadable', '303', { afterJson: '' }],
  ['parametersValid', '102', { version: '1.0', token: 'no token' }],
  ['appKnown', '102', { appKnown: true }],
  ['ipAllowed', '124', { ipWhitelist: IP }],
  ['capabilityGranted', '103420', { capabilities: ['tokenValidate'] }],
  ['signValid', '302', { sign: undefined }],
  ['serviceUp', '999', { unmetByNumber: ['tokenServiceUp', 'numberObtained'] }],
  ['phoneNumReadable', '004', { phoneNum: undefined }],
  ['tokenServiceUp', '003', { unmetByNumber: ['numberObtained'] }],
  ['tokenWellFormed', '606', { token: TOKEN }],
  ['tokenKnown', '606', { owner: 'another app' }],
  ['tokenOfThisApp', '606', { owner: 'this app' }],
  ['tokenOfThisCapability', '606', { capability: 'tokenValidate' }],
  ['tokenLive', '606', { lifetime: {} }],
  ['tokenUnused', '606', { use: {} }],
  ['callsLeft', '103420', { callsUsed: QUOTA - 1 }],
  ['numberObtained', '002', { unmetByNumber: [] }],
  ['numberMatches', '001', { phoneNumber: PHONE_NUMBER }],
];

function loginFor({ version, expandparams, sign, token }: Inputs) {
  const changes = { version, expandparams, strictcheck: '1', ...(sign !== undefined && { sign }) };
  return loginRsaRequest(SETTINGS.appId, TEST_KEYS.demoAppSign.privateKey, token, changes);
}

function verifyFor({ version, sign, phoneNum, token, phoneNumber }: Inputs) {
  const body = { ...(sign !== undefined && { sign }), ...(phoneNum !== undefined && { phoneNum }) };
  return verifyRequest(SETTINGS, { token, phoneNumber }, { header: { version }, body });
}

function decisionOn(operation: Operation, inputs: Inputs): Decision {
  const { capability, lifetime, use, owner, keys, ipWhitelist } = inputs;
  const other = operation === 'tokenValidate' ? 'loginTokenValidate' : 'tokenValidate';
  const record = [capability === 'none' ? other : capability, { ...lifetime, ...use }] as const;
  const body = operation === 'tokenValidate' ? verifyFor(inputs) : loginFor(inputs);
  return judge(operation, JSON.stringify(body) + inputs.afterJson, {
    exchange: { method: inputs.method },
    settings: {
      ipWhitelist: listsOf({ [operation]: ipWhitelist }, ''),
      capabilities: inputs.capabilities,
      appVerifyKey: keys ? TEST_KEYS.demoAppSign.publicKey : null,
      appEncryptKey: keys ? TEST_KEYS.demoAppDecrypt.publicKey : null,
    },
    state: {
      ...(!inputs.appKnown && { app: undefined }),
      token: owner === 'this app' ? tokenOf(...record) : undefined,
      foreignToken: owner === 'another app' ? foreignTokenOf(...record) : undefined,
      unmetByNumber: inputs.unmetByNumber,
      callsUsed: inputs.callsUsed,
    },
  }).decision;
}

const decided = (resultCode: string, decidedBy: string, changes: Partial<Decision> = {}) => ({
  resultCode,
  decidedBy,
  charged: false,
  phoneNumber: undefined,
  grantsAccessToken: false,
  effects: [],
  ...changes,
});

const COUNTED = [
  { kind: 'useToken' },
  { kind: 'countCall', counter: `calls:${TODAY}`, limit: QUOTA },
  { kind: 'charge' },
] as const;
const CHARGED = { charged: true, effects: COUNTED };

describe.each([
  {
    operation: 'loginTokenValidate',
    faults: LOGIN,
    rules: LOGIN_TOKEN_VALIDATE_RULES,
    success: '103000',
  },
  { operation: 'tokenValidate', faults: VERIFY, rules: TOKEN_VALIDATE_RULES, success: '000' },
] as const)('$operation', ({ operation, faults, rules, success }) => {
  const inputsAfter = (fixed: number): Inputs =>
    Object.assign({}, ALL_FAULTS, ...faults.slice(0, fixed).map(([, , fix]) => fix));
  const steps = faults.map(([requires, otherwise], at) => ({
    requires,
    otherwise,
    inputs: inputsAfter(at),
  }));

  test.each(steps.filter(({ requires }) => requires !== 'numberMatches'))(
    '$requires decides next, with $otherwise and without an effect',
    ({ requires, otherwise, inputs }) => {
      expect(decisionOn(operation, inputs)).toEqual(decided(otherwise, requires));
    },
  );

  test('without a fault the request succeeds', () => {
    expect(verdict(decisionOn(operation, inputsAfter(faults.length)))).toBe(`${success} allMet`);
  });

  test('the rules have this order', () => {
    expect(rules.map(({ requires, otherwise }) => [requires, otherwise])).toEqual(
      faults.map(([requires, otherwise]) => [requires, otherwise]),
    );
  });

  test('an explanation evaluates each of them, with its basis', () => {
    const body = operation === 'tokenValidate' ? verifyBody() : loginBody();
    const unmetOf = (token: Partial<typeof USED>) => {
      const { request, state, decision } = judge(operation, body, { token });
      const evaluated = rulesFor(request, state, { nowMs: NOW_MS, clientIp: IP });
      expect(evaluated.map(({ requires, basis }) => [requires, basis])).toEqual(
        rules.map(({ requires, basis }) => [requires, basis]),
      );
      return [
        decision.decidedBy,
        ...evaluated.filter(({ holds }) => !holds()).map(({ requires }) => requires),
      ];
    };
    expect([unmetOf({}), unmetOf(USED)]).toEqual([['allMet'], ['tokenUnused', 'tokenUnused']]);
  });
});

test('the code of an evaluated rule follows the app’s reading', () => {
  const { request, state } = judge('tokenValidate', verifyBody(), {
    readings: { 'verify-quota-code': '102315' },
  });
  const rules = rulesFor(request, state, { nowMs: NOW_MS, clientIp: IP });
  expect(rules.find(({ requires }) => requires === 'callsLeft')?.otherwise).toBe('102315');
});

const SMS = { settings: { capabilities: ['tokenValidate', 'smsFallback'] } } as const;

test.each([
  { description: 'login by MD5', decide: login },
  { description: 'login by RSA', decide: loginRsa },
])(
  '$description gets the number, uses the token, and is counted and charged once',
  ({ decide }) => {
    expect(decide()).toEqual(
      decided('103000', 'allMet', { ...CHARGED, phoneNumber: PHONE_NUMBER }),
    );
  },
);

test.each([
  { description: 'HMAC', bodyOf: (phoneNumber: string) => verifyBody({}, phoneNumber) },
  { description: 'RSA', bodyOf: (phoneNumber: string) => verifyRsaBody({}, { phoneNumber }) },
])(
  'verify by $description is charged for the own number and for another, which may get an accessToken',
  ({ bodyOf }) => {
    const [own, other] = [bodyOf(PHONE_NUMBER), bodyOf(OTHER_NUMBER)];
    expect(judge('tokenValidate', own, SMS).decision).toEqual(decided('000', 'allMet', CHARGED));
    expect(judge('tokenValidate', other).decision).toEqual(
      decided('001', 'numberMatches', CHARGED),
    );
    const effects = [...COUNTED, { kind: 'grantAccessToken' }] as const;
    expect(judge('tokenValidate', other, SMS).decision).toEqual(
      decided('001', 'numberMatches', { charged: true, grantsAccessToken: true, effects }),
    );
  },
);

test('another refusal with smsFallback gets no accessToken', () => {
  expect(verify({}, { ...SMS, token: USED })).toEqual(decided('606', 'tokenUnused'));
});

describe('if the store is unavailable', () => {
  const DOWN = { storeUp: false, app: undefined, token: undefined };

  test.each([
    { description: 'a valid login', body: loginBody(), expected: '103211 serviceUp' },
    {
      description: 'a wrong signature',
      body: loginBody({ sign: '00' }),
      expected: '103211 serviceUp',
    },
    {
      description: 'an ill-formed token',
      body: loginBody({ token: 'x' }),
      expected: '103211 serviceUp',
    },
    { description: 'no token', body: loginBody({ token: '' }), expected: '103811 tokenPresent' },
    {
      description: 'a number as a value',
      body: loginBody({ expandparams: 1 }),
      expected: '103211 valuesAreStrings',
    },
    {
      description: 'a wrong parameter',
      body: loginBody({ version: '1.0' }),
      expected: '103414 parametersValid',
    },
    { description: 'an empty body', body: '', expected: '103412 bodyReadable' },
    { description: 'a valid verify', body: verifyBody(), expected: '999 serviceUp' },
    {
      description: 'a wrong HMAC',
      body: verifyBody({ body: { sign: '00' } }),
      expected: '999 serviceUp',
    },
    {
      description: 'an unreadable phoneNum',
      body: verifyBody({ body: { phoneNum: 'x' } }),
      expected: '999 serviceUp',
    },
    {
      description: 'a wrong version',
      body: verifyBody({ header: { version: '2' } }),
      expected: '102 parametersValid',
    },
  ])('$description is $expected', ({ body, expected }) => {
    const operation = Object(body).header === undefined ? 'loginTokenValidate' : 'tokenValidate';
    const { decision } = judge(operation, body, { state: DOWN });
    expect({ verdict: verdict(decision), effects: decision.effects }).toEqual({
      verdict: expected,
      effects: [],
    });
  });

  test('nothing is written, even if the app was loaded before', () => {
    const readings = { 'daily-quota-counts': 'every-call', 'msgid-replay': 'refused' } as const;
    const decision = login({}, { readings, state: { storeUp: false } });
    expect([verdict(decision), decision.effects]).toEqual(['103211 serviceUp', []]);
  });
});
