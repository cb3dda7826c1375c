/** Checks that only a calibrated order has: some carriers refuse these requests, by default the mock does not. */
import { describe, expect, test } from 'vitest';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import {
  checkIds,
  orderedRuleSets,
  type PlacedCheck,
  type RuleSets,
} from '../../../mock-server/carrier/engine/rules.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import {
  IP,
  loginBody,
  NOW_MS,
  requestOf,
  stateOf,
  TOKEN,
  verdict,
  verifyBody,
} from '../../support/engine.js';
import { MSG_ID } from '../../support/requests.js';

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';
const OUTCOMES = { loginTokenValidate: '103113', tokenValidate: '102' } as const;

test.each([
  {
    description: 'a msgid that is no UUID',
    check: 'parametersValid/msgId.uuid',
    operation: 'loginTokenValidate',
    wrong: loginBody({ msgid: `x${MSG_ID}` }),
    right: loginBody(),
  },
  {
    description: 'an unknown field',
    check: 'parametersValid/unknownField',
    operation: 'loginTokenValidate',
    wrong: { ...loginBody(), other: 'x' },
    right: loginBody(),
  },
  {
    description: 'an unknown field of the envelope',
    check: 'parametersValid/unknownField',
    operation: 'tokenValidate',
    wrong: verifyBody({ body: { other: 'x' } }),
    right: verifyBody(),
  },
  {
    description: 'a byte order mark',
    check: 'bodyReadable/mark',
    operation: 'loginTokenValidate',
    wrong: `\ufeff${JSON.stringify(loginBody())}`,
    right: loginBody(),
  },
] as const)(
  '$description is refused where a carrier refuses it',
  ({ check, operation, ...bodies }) => {
    const rules = orderedRuleSets({ [operation]: [{ check, outcome: OUTCOMES[operation] }] });
    const verdictOn = (body: unknown, inputs: object = {}) => {
      const place = { nowMs: NOW_MS, clientIp: IP, ...inputs };
      return verdict(ENGINE.decide(requestOf(operation, body), stateOf(operation), place));
    };
    const [requirement] = check.split('/');
    expect(verdictOn(bodies.wrong, { rules })).toBe(`${OUTCOMES[operation]} ${requirement}`);
    expect(verdictOn(bodies.right, { rules })).toMatch(/ allMet$/);
    expect(verdictOn(bodies.wrong)).toMatch(/ allMet$/);
  },
);

const TOKENS = {
  prefix: `YZsid${TOKEN.slice(5)}`,
  blank: `${TOKEN} `,
  encoded: `${TOKEN.slice(0, -3)}%2B`,
  length: TOKEN.slice(0, -1),
  characters: `${TOKEN.slice(0, -1)}-`,
};

/** A check that a carrier has a code of its own for, and a request whose only mistake it is. */
const PARTS: readonly (readonly [operation: Operation, check: string, body: unknown])[] = [
  ...Object.entries(TOKENS).flatMap(([part, token]) => [
    [LOGIN, `tokenWellFormed/${part}`, loginBody({ token })] as const,
    [VERIFY, `tokenWellFormed/${part}`, verifyBody({ body: { token } })] as const,
  ]),
  [LOGIN, 'bodyReadable/json', '{'],
  [LOGIN, 'bodyReadable/object', '"text"'],
  [LOGIN, 'bodyReadable/list', '[]'],
  [LOGIN, 'parametersValid/version.empty', loginBody({ version: '' })],
  [LOGIN, 'bodyReadable/null', 'null'],
  [LOGIN, 'bodyReadable/empty', ''],
  [VERIFY, 'parametersValid/envelope.header', { body: verifyBody().body }],
  [VERIFY, 'parametersValid/envelope.body', { header: verifyBody().header }],
  [VERIFY, 'parametersValid/envelope.flat', { token: TOKEN }],
  [VERIFY, 'parametersValid/envelope.header.object', { ...verifyBody(), header: 'x' }],
  [VERIFY, 'parametersValid/envelope.body.object', { ...verifyBody(), body: 'x' }],
  ...Object.entries({ null: null, number: 1, boolean: true, object: {}, array: [] }).flatMap(
    ([kind, value]) => [
      [LOGIN, `valuesAreStrings/required.${kind}`, loginBody({ version: value })] as const,
      [LOGIN, `valuesAreStrings/optional.${kind}`, loginBody({ expandparams: value })] as const,
    ],
  ),
];

const OTHER_CODE = '999999';

test.each(PARTS)('%s: %s has a code of its own', (operation, check, body) => {
  const verdictAt = (rules?: RuleSets) =>
    verdict(
      ENGINE.decide(requestOf(operation, body), stateOf(operation), {
        nowMs: NOW_MS,
        clientIp: IP,
        rules,
      }),
    );
  const [requirement] = check.split('/');
  const usual = verdictAt().split(' ');
  expect(usual[1]).toBe(requirement);
  const own = orderedRuleSets({ [operation]: [{ check, outcome: OTHER_CODE }] });
  expect(verdictAt(own)).toBe(`${OTHER_CODE} ${requirement}`);
  // No other part of the requirement fails.
  const others = checkIds(operation).filter(
    (id) => id.startsWith(`${requirement}/`) && id !== check && !EXTRA.test(id),
  );
  const placed = orderedRuleSets({
    [operation]: [
      ...others.map((id) => ({ check: id, outcome: OTHER_CODE })),
      { check, outcome: usual[0] ?? '' },
    ],
  });
  expect(verdictAt(placed)).not.toContain(OTHER_CODE);
});

/** Checks that by default the mock does not have, and those that a missing object fails too. */
const EXTRA = /unknownField|uuid|mark|\.missing$/;

describe('a calibrated order', () => {
  const decidedWith = (placed: readonly PlacedCheck[], body: object, token?: object) =>
    verdict(
      ENGINE.decide(
        requestOf(LOGIN, body),
        stateOf(LOGIN, token ? {} : { state: { token: undefined } }),
        { nowMs: NOW_MS, clientIp: IP, rules: orderedRuleSets({ [LOGIN]: placed }) },
      ),
    );

  test('a check that an unknown token hides comes after the token, with its own code', () => {
    const placed = [
      { check: 'tokenKnown', outcome: '104201' },
      { check: 'signValid', outcome: 'afterToken' },
    ];
    const wrong = { ...loginBody(), sign: 'x' };
    expect(decidedWith(placed, wrong)).toBe('104201 tokenKnown');
    expect(decidedWith(placed, wrong, {})).toBe('103101 signValid');
  });

  test('a wrong Content-Type can come before an unreadable body', () => {
    const rules = orderedRuleSets({
      [LOGIN]: [
        { check: 'valuesAreStrings/contentType', outcome: '103211' },
        { check: 'bodyReadable/json', outcome: '103412' },
      ],
    });
    const readings = { ...DEFAULT_READINGS, 'content-type': 'json' } as const;
    const request = requestOf(LOGIN, '{', {
      exchange: { rawHeaders: ['content-type', 'text/plain'] },
      readings,
    });
    const decision = ENGINE.decide(request, stateOf(LOGIN), { nowMs: NOW_MS, clientIp: IP, rules });
    expect(verdict(decision)).toBe('103211 valuesAreStrings');
  });

  test.each([
    { null: 'accepted', expected: '103414 parametersValid' },
    { null: '103211', expected: '103211 valuesAreStrings' },
  ])('null in a required field that is $null: $expected', ({ null: outcome, expected }) => {
    const placed = [
      { check: 'parametersValid/version.missing', outcome: '103414' },
      { check: 'valuesAreStrings/required.null', outcome },
      { check: 'appKnown', outcome: '103119' },
    ];
    expect(decidedWith(placed, loginBody({ version: null }), {})).toBe(expected);
  });

  test('an empty field has the place of a missing one, and a list that of a text, until they have their own', () => {
    const missing = { check: 'parametersValid/version.missing', outcome: '103211' };
    const object = { check: 'bodyReadable/object', outcome: '103412' };
    const unknown = { check: 'appKnown', outcome: '103119' };
    const empty = { check: 'parametersValid/version.empty', outcome: '103414' };
    const list = { check: 'bodyReadable/list', outcome: '103119' };
    const body = loginBody({ version: '', appid: '1' });
    const lost = (placed: readonly PlacedCheck[], sent: unknown) =>
      verdict(
        ENGINE.decide(requestOf(LOGIN, sent), stateOf(LOGIN, { state: { app: undefined } }), {
          nowMs: NOW_MS,
          clientIp: IP,
          rules: orderedRuleSets({ [LOGIN]: placed }),
        }),
      );
    expect(lost([missing, unknown], body)).toBe('103211 parametersValid');
    expect(lost([missing, unknown, empty], body)).toBe('103119 appKnown');
    expect(lost([object, unknown], '[]')).toBe('103412 bodyReadable');
    expect(lost([object, list, unknown], '[]')).toBe('103119 bodyReadable');
  });
});
