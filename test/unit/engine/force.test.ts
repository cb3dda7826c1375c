/** A forced code: no rule is evaluated, no token is used, nothing is charged. */
import { describe, expect, test } from 'vitest';
import { decide } from '../../../mock-server/carrier/engine/decide.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import {
  IP,
  loginBody,
  NOW_MS,
  requestOf,
  type Scene,
  stateOf,
  UNKNOWN_APP,
  verifyBody,
} from '../../support/engine.js';

const FALLBACK = '13900139000';
const SMS: Scene = { settings: { capabilities: ['smsFallback'] } };

type Given = { readonly resultCode: string; readonly desc?: string };

const forced = (operation: Operation, given: Given, scene: Scene, body: unknown) =>
  decide(requestOf(operation, body, scene), stateOf(operation, scene), {
    nowMs: NOW_MS,
    clientIp: IP,
    forced: { ...given, fallbackNumber: FALLBACK },
  });
const login = (resultCode: string, scene: Scene = {}, body: unknown = loginBody()) =>
  forced('loginTokenValidate', { resultCode }, scene, body);
const verify = (resultCode: string, scene: Scene = {}) =>
  forced('tokenValidate', { resultCode }, scene, verifyBody());

const withoutEffect = (resultCode: string) => ({
  resultCode,
  decidedBy: 'forced',
  charged: false,
  phoneNumber: undefined,
  grantsAccessToken: false,
  effects: [],
});

test.each(RESULTS.loginTokenValidate.filter(({ code }) => code !== '103000'))(
  'login: $code has no effect',
  ({ code }) => {
    expect(login(code, SMS)).toEqual(withoutEffect(code));
  },
);

test.each(RESULTS.tokenValidate.filter(({ code }) => code !== '001'))(
  'verify: $code has no effect',
  ({ code }) => {
    expect(verify(code, SMS)).toEqual(withoutEffect(code));
  },
);

test.each([
  { description: 'with a text', given: { desc: 'too frequent' }, desc: 'too frequent' },
  { description: 'without a text', given: {}, desc: '' },
])('an undocumented code $description has no effect', ({ given, desc }) => {
  for (const [operation, body] of [
    ['loginTokenValidate', loginBody()],
    ['tokenValidate', verifyBody()],
  ] as const) {
    const decision = forced(operation, { resultCode: '102315', ...given }, SMS, body);
    expect(decision).toEqual({ ...withoutEffect('102315'), desc });
  }
});

describe('103000 has a phone number', () => {
  test.each([
    { description: 'of the token', scene: {}, expected: '13800138000' },
    {
      description: 'of the first subscriber without a token',
      scene: { state: { token: undefined } },
      expected: FALLBACK,
    },
    {
      description: 'of the first subscriber without an app',
      scene: UNKNOWN_APP,
      expected: FALLBACK,
    },
  ])('$description', ({ scene, expected }) => {
    expect(login('103000', scene)).toEqual({ ...withoutEffect('103000'), phoneNumber: expected });
  });

  test('whatever the request contains', () => {
    expect(login('103000', { exchange: { method: 'GET' } }, '{')).toMatchObject({
      phoneNumber: '13800138000',
    });
  });

  test('at login only', () => {
    expect(verify('103000')).toEqual({ ...withoutEffect('103000'), desc: '' });
  });
});

describe('001 has an accessToken', () => {
  test('if the app has smsFallback', () => {
    const expected = {
      ...withoutEffect('001'),
      grantsAccessToken: true,
      effects: [{ kind: 'grantAccessToken' }],
    };
    expect(verify('001', SMS)).toEqual(expected);
  });

  test.each([
    { description: 'but not without smsFallback', scene: {} },
    { description: 'but not without an app', scene: UNKNOWN_APP },
  ])('$description', ({ scene }) => {
    expect(verify('001', scene)).toEqual(withoutEffect('001'));
  });

  test('at verify only', () => {
    expect(login('001', SMS)).toEqual({ ...withoutEffect('001'), desc: '' });
  });
});

test('no reading charges, counts or remembers a forced code', () => {
  const readings = {
    'daily-quota-counts': 'every-call',
    'refused-call-uses-token': 'yes',
    'msgid-replay': 'refused',
  } as const;
  expect([login('103101', { readings }).effects, verify('302', { readings }).effects]).toEqual([
    [],
    [],
  ]);
});
