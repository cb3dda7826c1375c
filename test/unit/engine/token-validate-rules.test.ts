/** verify: the code for each fault, and the order of the codes for several faults. */
import { describe, expect, test } from 'vitest';
import { TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/rules/token-validate.js';
import {
  EXPIRED,
  foreignTokenOf,
  IP,
  judge,
  PHONE_NUMBER,
  QUOTA,
  SETTINGS,
  TODAY,
  TOKEN,
  tokenOf,
  UNKNOWN_APP,
  USED,
  verdict,
  verify,
  verifyBody,
  verifyRsa,
  verifyRsaBody,
} from '../../support/engine.js';
import { verifyRequest } from '../../support/requests.js';

const OTHER_NUMBER = '13800138001';
const COUNTED = [
  { kind: 'useToken' },
  { kind: 'countCall', counter: `calls:${TODAY}`, limit: QUOTA },
  { kind: 'charge' },
];

const ROWS = [
  { fault: 'GET', decide: () => verify({}, { exchange: { method: 'GET' } }), expected: '303 urlRight' },
  { fault: 'invalid JSON', decide: () => judge('tokenValidate', '{').decision, expected: '303 bodyReadable' },
  {
    fault: 'the version of login',
    decide: () => verify({ header: { version: '2.0' } }),
    expected: '102 parametersValid',
  },
  { fault: 'an unknown app', decide: () => verify({}, UNKNOWN_APP), expected: '102 appKnown' },
  {
    fault: 'an address that is not on the whitelist',
    decide: () => verify({}, { exchange: { clientIp: '10.0.0.1' } }),
    expected: '124 ipAllowed',
  },
  {
    fault: 'only other capabilities',
    decide: () => verify({}, { settings: { capabilities: ['loginTokenValidate', 'smsFallback'] } }),
    expected: '103420 capabilityGranted',
  },
  { fault: 'a wrong HMAC', decide: () => verify({ body: { sign: '0'.repeat(64) } }), expected: '302 signValid' },
  {
    fault: 'a wrong RSA signature',
    decide: () => verifyRsa({ body: { sign: Buffer.alloc(128).toString('base64') } }),
    expected: '302 signValid',
  },
  {
    fault: 'RSA without 应用公钥1',
    decide: () => verifyRsa({}, { settings: { appVerifyKey: null } }),
    expected: '302 signValid',
  },
  {
    fault: 'a number whose service is down',
    decide: () => verify({}, { state: { unmetByPersona: ['serviceUp'] } }),
    expected: '999 serviceUp',
  },
  {
    fault: 'a phoneNum that is not a hash',
    decide: () => verify({ body: { phoneNum: 'x' } }),
    expected: '004 phoneNumReadable',
  },
  {
    fault: 'a phoneNum that does not decrypt',
    decide: () => verifyRsa({ body: { phoneNum: 'AAEC' } }),
    expected: '004 phoneNumReadable',
  },
  {
    fault: 'a number whose token service is down',
    decide: () => verify({}, { state: { unmetByPersona: ['tokenServiceUp'] } }),
    expected: '003 tokenServiceUp',
  },
  {
    fault: 'a truncated token',
    decide: () => verify({ body: { token: TOKEN.slice(1) } }),
    expected: '606 tokenWellFormed',
  },
  { fault: 'an unknown token', decide: () => verify({}, { state: { token: undefined } }), expected: '606 tokenKnown' },
  {
    fault: "another app's token",
    decide: () => verify({}, { state: { token: undefined, foreignToken: foreignTokenOf('tokenValidate') } }),
    expected: '606 tokenOfThisApp',
  },
  {
    fault: 'a token of login',
    decide: () => verify({}, { token: { capability: 'loginTokenValidate' } }),
    expected: '606 tokenOfThisCapability',
  },
  { fault: 'an expired token', decide: () => verify({}, { token: EXPIRED }), expected: '606 tokenLive' },
  { fault: 'a used token', decide: () => verify({}, { token: USED }), expected: '606 tokenUnused' },
  { fault: 'no calls left', decide: () => verify({}, { state: { callsUsed: QUOTA } }), expected: '103420 callsLeft' },
  {
    fault: 'a number that is not obtained',
    decide: () => verify({}, { state: { unmetByPersona: ['numberObtained'] } }),
    expected: '002 numberObtained',
  },
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

  test('each rule except numberMatches has a row', () => {
    const decidedBy = new Set(ROWS.map(({ expected }) => expected.split(' ')[1]));
    expect([...decidedBy, 'numberMatches']).toEqual(TOKEN_VALIDATE_RULES.map(({ requires }) => requires));
  });
});

describe('the two charged results', () => {
  test.each([
    { description: 'HMAC', body: verifyBody() },
    { description: 'RSA', body: verifyRsaBody() },
  ])('the own number by $description uses the token, and is counted and charged once', ({ body }) => {
    expect(
      judge('tokenValidate', body, { settings: { capabilities: ['tokenValidate', 'smsFallback'] } }).decision,
    ).toEqual({
      resultCode: '000',
      decidedBy: 'allMet',
      charged: true,
      phoneNumber: undefined,
      grantsAccessToken: false,
      effects: COUNTED,
    });
  });

  test.each([
    { description: 'HMAC', body: verifyBody({}, OTHER_NUMBER) },
    { description: 'RSA', body: verifyRsaBody({}, { phoneNumber: OTHER_NUMBER }) },
  ])('another number by $description is charged too, without an accessToken', ({ body }) => {
    expect(judge('tokenValidate', body).decision).toEqual({
      resultCode: '001',
      decidedBy: 'numberMatches',
      charged: true,
      phoneNumber: undefined,
      grantsAccessToken: false,
      effects: COUNTED,
    });
  });

  test('another number with smsFallback gets an accessToken', () => {
    const settings = { capabilities: ['tokenValidate', 'smsFallback'] } as const;
    expect(judge('tokenValidate', verifyBody({}, OTHER_NUMBER), { settings }).decision).toEqual({
      resultCode: '001',
      decidedBy: 'numberMatches',
      charged: true,
      phoneNumber: undefined,
      grantsAccessToken: true,
      effects: [...COUNTED, { kind: 'grantAccessToken' }],
    });
  });

  test('another refusal with smsFallback gets no accessToken', () => {
    const scene = { settings: { capabilities: ['tokenValidate', 'smsFallback'] }, token: USED } as const;
    expect(verify({}, scene)).toMatchObject({ resultCode: '606', grantsAccessToken: false, effects: [] });
  });
});

/** The inputs of a request with all faults. */
const ALL_FAULTS = {
  method: 'GET',
  afterJson: ' and more',
  version: '2.0',
  appKnown: false,
  ipWhitelist: '',
  capabilities: [] as readonly 'tokenValidate'[],
  sign: '00' as string | undefined,
  unmetByPersona: ['serviceUp', 'tokenServiceUp', 'numberObtained'] as readonly string[],
  phoneNum: 'no hash' as string | undefined,
  token: 'no token',
  owner: 'no app' as 'no app' | 'another app' | 'this app',
  capability: 'loginTokenValidate' as 'tokenValidate' | 'loginTokenValidate',
  lifetime: EXPIRED as Partial<typeof EXPIRED>,
  use: USED as Partial<typeof USED>,
  callsUsed: QUOTA,
  phoneNumber: OTHER_NUMBER,
};

type Inputs = typeof ALL_FAULTS;

/** In the order of the rules: the rule that decides, its code, and the fix for its fault only. */
const FAULTS: readonly { requires: string; otherwise: string; fix: Partial<Inputs> }[] = [
  { requires: 'urlRight', otherwise: '303', fix: { method: 'POST' } },
  { requires: 'bodyReadable', otherwise: '303', fix: { afterJson: '' } },
  { requires: 'parametersValid', otherwise: '102', fix: { version: '1.0' } },
  { requires: 'appKnown', otherwise: '102', fix: { appKnown: true } },
  { requires: 'ipAllowed', otherwise: '124', fix: { ipWhitelist: IP } },
  { requires: 'capabilityGranted', otherwise: '103420', fix: { capabilities: ['tokenValidate'] } },
  { requires: 'signValid', otherwise: '302', fix: { sign: undefined } },
  { requires: 'serviceUp', otherwise: '999', fix: { unmetByPersona: ['tokenServiceUp', 'numberObtained'] } },
  { requires: 'phoneNumReadable', otherwise: '004', fix: { phoneNum: undefined } },
  { requires: 'tokenServiceUp', otherwise: '003', fix: { unmetByPersona: ['numberObtained'] } },
  { requires: 'tokenWellFormed', otherwise: '606', fix: { token: TOKEN } },
  { requires: 'tokenKnown', otherwise: '606', fix: { owner: 'another app' } },
  { requires: 'tokenOfThisApp', otherwise: '606', fix: { owner: 'this app' } },
  { requires: 'tokenOfThisCapability', otherwise: '606', fix: { capability: 'tokenValidate' } },
  { requires: 'tokenLive', otherwise: '606', fix: { lifetime: {} } },
  { requires: 'tokenUnused', otherwise: '606', fix: { use: {} } },
  { requires: 'callsLeft', otherwise: '103420', fix: { callsUsed: QUOTA - 1 } },
  { requires: 'numberObtained', otherwise: '002', fix: { unmetByPersona: [] } },
  { requires: 'numberMatches', otherwise: '001', fix: { phoneNumber: PHONE_NUMBER } },
];

function inputsAfter(steps: typeof FAULTS): Inputs {
  return Object.assign({}, ALL_FAULTS, ...steps.map(({ fix }) => fix));
}

function verdictOn(inputs: Inputs): string {
  const { appKnown, capability, lifetime, use, owner, sign, phoneNum, token, phoneNumber } = inputs;
  const body = { ...(sign !== undefined && { sign }), ...(phoneNum !== undefined && { phoneNum }) };
  const envelope = verifyRequest(SETTINGS, { token, phoneNumber }, { header: { version: inputs.version }, body });
  const record = { ...lifetime, ...use };
  const { decision } = judge('tokenValidate', JSON.stringify(envelope) + inputs.afterJson, {
    exchange: { method: inputs.method },
    settings: {
      ipWhitelist: { loginTokenValidate: '', tokenValidate: inputs.ipWhitelist },
      capabilities: inputs.capabilities,
    },
    state: {
      ...(!appKnown && { app: undefined }),
      token: owner === 'this app' ? tokenOf(capability, record) : undefined,
      foreignToken: owner === 'another app' ? foreignTokenOf(capability, record) : undefined,
      unmetByPersona: inputs.unmetByPersona,
      callsUsed: inputs.callsUsed,
    },
  });
  return verdict(decision);
}

describe('several faults: the first decides', () => {
  const steps = FAULTS.map(({ requires, otherwise }, at) => ({
    requires,
    otherwise,
    inputs: inputsAfter(FAULTS.slice(0, at)),
  }));

  test.each(steps)('$requires decides next, with $otherwise', ({ requires, otherwise, inputs }) => {
    expect(verdictOn(inputs)).toBe(`${otherwise} ${requires}`);
  });

  test('without a fault the number matches', () => {
    expect(verdictOn(inputsAfter(FAULTS))).toBe('000 allMet');
  });

  test('the rules have this order', () => {
    const rules = TOKEN_VALIDATE_RULES.map(({ requires, otherwise }) => ({ requires, otherwise }));
    expect(rules).toEqual(FAULTS.map(({ requires, otherwise }) => ({ requires, otherwise })));
  });
});

describe('the store is unavailable', () => {
  const STORE_DOWN = { storeUp: false, app: undefined, token: undefined };

  test.each([
    { description: 'a valid request', body: verifyBody(), expected: '999 serviceUp' },
    { description: 'a wrong signature', body: verifyBody({ body: { sign: '00' } }), expected: '999 serviceUp' },
    {
      description: 'a phoneNum that is no hash',
      body: verifyBody({ body: { phoneNum: 'x' } }),
      expected: '999 serviceUp',
    },
    {
      description: 'a wrong parameter',
      body: verifyBody({ header: { version: '2' } }),
      expected: '102 parametersValid',
    },
    { description: 'an empty body', body: '', expected: '303 bodyReadable' },
  ])('$description is $expected', ({ body, expected }) => {
    const { decision } = judge('tokenValidate', body, { state: STORE_DOWN });
    expect({ verdict: verdict(decision), effects: decision.effects }).toEqual({ verdict: expected, effects: [] });
  });
});
