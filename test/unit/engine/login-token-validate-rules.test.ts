/** The rules of loginTokenValidate: each fault has its code, and with several faults the first rule decides. */
import { describe, expect, test } from 'vitest';
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/rules/login-token-validate.js';
import {
  EXPIRED,
  foreignTokenOf,
  IP,
  judge,
  login,
  loginBody,
  loginRsa,
  NOW_MS,
  QUOTA,
  TODAY,
  TOKEN,
  tokenOf,
  UNKNOWN_APP,
  USED,
  verdict,
} from '../../support/engine.js';
import { TEST_KEYS } from '../../support/keys.js';
import { loginRsaRequest } from '../../support/requests.js';

const ROWS = [
  { fault: 'GET', decide: () => login({}, { exchange: { method: 'GET' } }), expected: '105313 urlRight' },
  {
    fault: 'a body that is not JSON',
    decide: () => judge('loginTokenValidate', '{').decision,
    expected: '103412 bodyReadable',
  },
  { fault: 'a number', decide: () => login({ expandparams: 1 }), expected: '103211 valuesAreStrings' },
  { fault: 'no token', decide: () => login({ token: '' }), expected: '103811 tokenPresent' },
  { fault: 'the version of verify', decide: () => login({ version: '1.0' }), expected: '103414 parametersValid' },
  { fault: 'an unknown app', decide: () => login({}, UNKNOWN_APP), expected: '103119 appKnown' },
  {
    fault: 'an address off the list',
    decide: () => login({ strictcheck: '1' }, { exchange: { clientIp: '10.0.0.1' } }),
    expected: '103511 ipAllowed',
  },
  {
    fault: 'another capability granted',
    decide: () => login({}, { settings: { capabilities: ['tokenValidate', 'smsFallback'] } }),
    expected: '105019 capabilityGranted',
  },
  {
    fault: 'RSA without 应用公钥1',
    decide: () => loginRsa({}, { settings: { appVerifyKey: null } }),
    expected: '103412 encryptionPossible',
  },
  {
    fault: 'RSA without 应用公钥2',
    decide: () => loginRsa({}, { settings: { appEncryptKey: null } }),
    expected: '103412 encryptionPossible',
  },
  { fault: 'a wrong MD5', decide: () => login({ sign: '0'.repeat(32) }), expected: '103101 signValid' },
  { fault: 'a wrong RSA signature', decide: () => loginRsa({ sign: '00'.repeat(128) }), expected: '103101 signValid' },
  {
    fault: 'a number whose service is down',
    decide: () => login({}, { state: { unmetByPersona: ['serviceUp'] } }),
    expected: '103211 serviceUp',
  },
  { fault: 'a token cut short', decide: () => login({ token: TOKEN.slice(1) }), expected: '103113 tokenWellFormed' },
  {
    fault: 'an unknown token',
    decide: () => login({}, { state: { token: undefined } }),
    expected: '104201 tokenKnown',
  },
  {
    fault: "another app's token",
    decide: () => login({}, { state: { token: undefined, foreignToken: foreignTokenOf('loginTokenValidate') } }),
    expected: '103133 tokenOfThisApp',
  },
  {
    fault: 'a token of verify',
    decide: () => login({}, { token: { capability: 'tokenValidate' } }),
    expected: '105018 tokenOfThisCapability',
  },
  { fault: 'an expired token', decide: () => login({}, { token: EXPIRED }), expected: '104201 tokenLive' },
  { fault: 'a used token', decide: () => login({}, { token: USED }), expected: '104201 tokenUnused' },
  { fault: 'no call left', decide: () => login({}, { state: { callsUsed: QUOTA } }), expected: '105312 callsLeft' },
];

describe('one fault', () => {
  test.each(ROWS)('$fault is $expected, charges nothing and uses no token', ({ decide, expected }) => {
    const [resultCode, decidedBy] = expected.split(' ');
    expect(decide()).toEqual({
      resultCode,
      decidedBy,
      charged: false,
      phoneNumber: undefined,
      grantsAccessToken: false,
      effects: [],
    });
  });

  test('each rule has a row', () => {
    const decidedBy = new Set(ROWS.map(({ expected }) => expected.split(' ')[1]));
    expect([...decidedBy]).toEqual(LOGIN_TOKEN_VALIDATE_RULES.map(({ requires }) => requires));
  });
});

test.each([
  { description: 'MD5', decide: login },
  { description: 'RSA', decide: loginRsa },
])('without a fault, $description: returns the number, uses the token, counts and charges one call', ({ decide }) => {
  expect(decide()).toEqual({
    resultCode: '103000',
    decidedBy: 'allMet',
    charged: true,
    phoneNumber: '13800138000',
    grantsAccessToken: false,
    effects: [{ kind: 'useToken' }, { kind: 'countCall', counter: `calls:${TODAY}`, limit: QUOTA }, { kind: 'charge' }],
  });
});

/** All faults that can occur together. */
const BROKEN = {
  method: 'GET',
  behindJson: ' and more',
  expandparams: 1 as number | undefined,
  token: '',
  version: '1.0',
  appKnown: false,
  ipWhitelist: '',
  capabilities: [] as readonly 'loginTokenValidate'[],
  keys: false,
  sign: '00' as string | undefined,
  unmetByPersona: ['serviceUp'] as readonly string[],
  owner: 'unknown' as 'unknown' | 'another app' | 'this app',
  capability: 'tokenValidate' as 'tokenValidate' | 'loginTokenValidate',
  lifetime: EXPIRED as Partial<typeof EXPIRED>,
  use: USED as Partial<typeof USED>,
  callsUsed: QUOTA,
};

type Setup = typeof BROKEN;

/** In order: the rule that decides, its code, and the change that fixes only this fault. */
const LADDER: readonly { requires: string; otherwise: string; fix: Partial<Setup> }[] = [
  { requires: 'urlRight', otherwise: '105313', fix: { method: 'POST' } },
  { requires: 'bodyReadable', otherwise: '103412', fix: { behindJson: '' } },
  { requires: 'valuesAreStrings', otherwise: '103211', fix: { expandparams: undefined } },
  { requires: 'tokenPresent', otherwise: '103811', fix: { token: 'no token' } },
  { requires: 'parametersValid', otherwise: '103414', fix: { version: '2.0' } },
  { requires: 'appKnown', otherwise: '103119', fix: { appKnown: true } },
  { requires: 'ipAllowed', otherwise: '103511', fix: { ipWhitelist: IP } },
  { requires: 'capabilityGranted', otherwise: '105019', fix: { capabilities: ['loginTokenValidate'] } },
  { requires: 'encryptionPossible', otherwise: '103412', fix: { keys: true } },
  { requires: 'signValid', otherwise: '103101', fix: { sign: undefined } },
  { requires: 'serviceUp', otherwise: '103211', fix: { unmetByPersona: [] } },
  { requires: 'tokenWellFormed', otherwise: '103113', fix: { token: TOKEN } },
  { requires: 'tokenKnown', otherwise: '104201', fix: { owner: 'another app' } },
  { requires: 'tokenOfThisApp', otherwise: '103133', fix: { owner: 'this app' } },
  { requires: 'tokenOfThisCapability', otherwise: '105018', fix: { capability: 'loginTokenValidate' } },
  { requires: 'tokenLive', otherwise: '104201', fix: { lifetime: {} } },
  { requires: 'tokenUnused', otherwise: '104201', fix: { use: {} } },
  { requires: 'callsLeft', otherwise: '105312', fix: { callsUsed: QUOTA - 1 } },
];

function setupAfter(steps: typeof LADDER): Setup {
  return Object.assign({}, BROKEN, ...steps.map(({ fix }) => fix));
}

function decideIn(setup: Setup): string {
  const { appKnown, capability, lifetime, use, owner, keys, sign } = setup;
  const changes = {
    version: setup.version,
    expandparams: setup.expandparams,
    strictcheck: '1',
    ...(sign !== undefined && { sign }),
  };
  const body = loginRsaRequest('300000000001', TEST_KEYS.demoAppSign.privateKey, setup.token, changes);
  const record = { ...lifetime, ...use };
  const { decision } = judge('loginTokenValidate', JSON.stringify(body) + setup.behindJson, {
    exchange: { method: setup.method },
    settings: {
      ipWhitelist: { loginTokenValidate: setup.ipWhitelist, tokenValidate: '' },
      capabilities: setup.capabilities,
      appVerifyKey: keys ? TEST_KEYS.demoAppSign.publicKey : null,
      appEncryptKey: keys ? TEST_KEYS.demoAppDecrypt.publicKey : null,
    },
    state: {
      ...(!appKnown && { app: undefined }),
      token: owner === 'this app' ? tokenOf(capability, record) : undefined,
      foreignToken: owner === 'another app' ? foreignTokenOf(capability, record) : undefined,
      unmetByPersona: setup.unmetByPersona,
      callsUsed: setup.callsUsed,
    },
  });
  return verdict(decision);
}

describe('several faults: the first decides', () => {
  const steps = LADDER.map(({ requires, otherwise }, at) => ({
    requires,
    otherwise,
    setup: setupAfter(LADDER.slice(0, at)),
  }));

  test.each(steps)('$requires comes next, $otherwise', ({ requires, otherwise, setup }) => {
    expect(decideIn(setup)).toBe(`${otherwise} ${requires}`);
  });

  test('a request with all faults fixed succeeds', () => {
    expect(decideIn(setupAfter(LADDER))).toBe('103000 allMet');
  });

  test('the table has all rules in order', () => {
    const rules = LOGIN_TOKEN_VALIDATE_RULES.map(({ requires, otherwise }) => ({ requires, otherwise }));
    expect(rules).toEqual(LADDER.map(({ requires, otherwise }) => ({ requires, otherwise })));
  });
});

describe('without the store', () => {
  const GONE = { storeUp: false, app: undefined, token: undefined };

  test.each([
    { description: 'a valid request', body: loginBody(), expected: '103211 serviceUp' },
    { description: 'a wrong signature', body: loginBody({ sign: '00' }), expected: '103211 serviceUp' },
    { description: 'a malformed token', body: loginBody({ token: 'x' }), expected: '103211 serviceUp' },
    { description: 'no token', body: loginBody({ token: '' }), expected: '103811 tokenPresent' },
    { description: 'a number', body: loginBody({ expandparams: 1 }), expected: '103211 valuesAreStrings' },
    { description: 'a wrong parameter', body: loginBody({ version: '1.0' }), expected: '103414 parametersValid' },
    { description: 'a body that is not JSON', body: '', expected: '103412 bodyReadable' },
  ])('$description is $expected', ({ body, expected }) => {
    const { decision } = judge('loginTokenValidate', body, { state: GONE });
    expect({ verdict: verdict(decision), effects: decision.effects }).toEqual({ verdict: expected, effects: [] });
  });

  test('GET is 105313', () => {
    const scene = { state: GONE, exchange: { method: 'GET' } };
    expect(verdict(judge('loginTokenValidate', loginBody(), scene).decision)).toBe('105313 urlRight');
  });

  test('nothing is written, even if the app was already loaded', () => {
    const readings = { 'daily-quota-counts': 'every-call', 'msgid-replay': 'refused' } as const;
    const { decision } = judge('loginTokenValidate', loginBody(), {
      readings,
      state: { storeUp: false },
      nowMs: NOW_MS,
    });
    expect({ verdict: verdict(decision), effects: decision.effects }).toEqual({
      verdict: '103211 serviceUp',
      effects: [],
    });
  });
});
