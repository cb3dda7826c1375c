/** The signature search: its bound in all four modes, its shared result, and strings to sign in pieces; and other bounds. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compileApp } from '../../../../mock-server/carrier/engine/app-settings.js';
import { explain } from '../../../../mock-server/explain/explain.js';
import { findCalculation } from '../../../../mock-server/explain/phone/hash-search.js';
import { candidatesOf } from '../../../../mock-server/explain/sign/candidates.js';
import {
  before,
  PLAIN,
  type Recipe,
  segmentsOf,
  textOf,
} from '../../../../mock-server/explain/sign/recipe.js';
import { CANDIDATES_MAX, searchSign } from '../../../../mock-server/explain/sign/search.js';
import { searchInputOf } from '../../../../mock-server/explain/sign/search-input.js';
import type { EarlierRequest, Subject } from '../../../../mock-server/explain/subject.js';
import {
  loginBody,
  NOW_MS,
  PHONE_NUMBER,
  SETTINGS,
  TOKEN as SIGNED_TOKEN,
} from '../../../support/engine.js';
import { evidenceFor, subjectFor } from '../../../support/explain.js';
import { MSG_ID, SENT_AT } from '../../../support/requests.js';
import {
  APP_SECRET,
  DECRYPT_KEY,
  evidenceOf,
  HEAD,
  hexOf,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  md5,
  rsa,
  signIds,
  verifyRsaSigned,
  verifySigned,
} from './makers.js';

const hexOfBytes = (bytes: number) => 'A7'.repeat(bytes);
const signature = (algorithm: string) => rsa(algorithm, 'another text');

const LOGIN = { expandparams: 'a=1|b=2', encryptionalgorithm: 'MD5' };
const LOGIN_RSA = { expandparams: 'a=1|b=2', encryptionalgorithm: 'RSA' };
const VERIFY = { body: { message: 'm%20+', expandParams: 'p%3D1', keyType: '0' } };
const VERIFY_RSA = { body: { message: 'm%20+', expandParams: 'p%3D1', keyType: '1' } };

const EARLIER: readonly EarlierRequest[] = Array.from({ length: 100 }, (_, at) => ({
  id: `abc123-${at}`,
  receivedAtMs: NOW_MS - 60_000,
  token: undefined,
  sentAt: String(20261123080000000n + BigInt(at)),
  msgId: `earlier-${at}`,
  resultCode: undefined,
}));

interface Row {
  readonly description: string;
  readonly subject: () => Subject;
}

/** All documented fields, and a signature that nothing reproduces. Which texts are tried depends on the mode, and not on the digest. */
const UNEXPLAINED: readonly Row[] = [
  ...[8, 16].map((bytes) => ({
    description: `login, MD5, ${bytes} bytes`,
    subject: () => loginSigned(hexOfBytes(bytes), LOGIN),
  })),
  { description: 'login, RSA, 16 bytes', subject: () => loginRsaSigned(hexOfBytes(16), LOGIN_RSA) },
  {
    description: 'verify, HMAC, 32 bytes',
    subject: () => verifySigned(() => hexOfBytes(32), VERIFY),
  },
  {
    description: 'verify, RSA, 32 bytes',
    subject: () => verifyRsaSigned(() => hexOfBytes(32), VERIFY_RSA),
  },
  {
    description: 'login, RSA, a signature',
    subject: () => loginRsaSigned(hexOf(signature('RSA-SHA256')), LOGIN_RSA),
  },
  {
    description: 'verify, RSA, a signature',
    subject: () => verifyRsaSigned(() => signature('RSA-MD5').toString('base64'), VERIFY_RSA),
  },
  {
    description: 'login, MD5, after a hundred earlier requests',
    subject: () =>
      loginSigned(
        hexOfBytes(16),
        { ...LOGIN, systemtime: '20261124080000000' },
        { around: { earlier: EARLIER } },
      ),
  },
  {
    description: 'verify, HMAC, after a hundred earlier requests',
    subject: () =>
      verifySigned(
        () => hexOfBytes(32),
        { ...VERIFY, header: { timestamp: '20261124080000000' } },
        { around: { earlier: EARLIER } },
      ),
  },
];

describe('the search for an irreproducible signature ends within the bound', () => {
  test.each(UNEXPLAINED)('$description', ({ subject }) => {
    const search = searchSign(subject());
    expect(search).toMatchObject({
      searched: true,
      recipe: undefined,
      mistakes: [],
      complete: true,
    });
    expect(search.candidates).toBeLessThanOrEqual(CANDIDATES_MAX);
    expect(search.candidates).toBeGreaterThan(1000);
  });
});

const LONG = 'x+'.repeat(20_000);

describe('the search for an unusual body stops at the bound, and the evidence shows it', () => {
  test.each([
    {
      description: 'a token of 40 000 characters',
      subject: () => loginSigned(hexOfBytes(16), { token: LONG }),
    },
    {
      description: 'an unknown field of 40 000',
      subject: () => verifySigned(() => hexOfBytes(32), { body: { x: LONG } }),
    },
  ])('$description', ({ subject }) => {
    const one = subject();
    const { candidates, complete } = searchSign(one);
    expect(complete).toBe(false);
    expect(candidates).toBeLessThanOrEqual(CANDIDATES_MAX);
    expect(evidenceOf(one, 'sign.no-match')).toMatchObject({
      candidates,
      complete: 'no',
      limit: CANDIDATES_MAX,
    });
    const [finding] = explain(one, 'en').findings.filter(({ id }) => id === 'sign.no-match');
    expect(finding?.detail).toContain('The search stopped at its limit of 30000');
  });
});

test('a long token does not hide a common mistake', () => {
  const { recipe } = searchSign(loginSigned(md5(LOGIN_TEXT), {}));
  expect(recipe && textOf(recipe)).toBe(LOGIN_TEXT);
  const head = LOGIN_TEXT.slice(0, -56);
  expect(signIds(loginSigned(md5(APP_SECRET + head + LONG), { token: LONG }))).toBe('field-order');
});

describe('values in an order that no list has', () => {
  const reversed = [SIGNED_TOKEN, '0', SENT_AT, MSG_ID, '2.0', SETTINGS.appId];
  const at = (place: number) => reversed.toSpliced(place, 0, APP_SECRET).join('');

  test.each([
    { place: 'last', text: at(6) },
    { place: 'before the last value', text: at(5) },
    { place: 'first', text: at(0) },
  ])('are found with the secret $place', ({ text }) => {
    const { recipe } = searchSign(loginSigned(md5(text)));
    expect(recipe && textOf(recipe)).toBe(text);
  });
});

test('all findings share one search', () => {
  const subject = loginSigned(md5(LOGIN_TEXT));
  const search = searchSign(subject);
  expect(searchSign({ ...subject, signedByClient: true })).toMatchObject({ searched: false });
  expect(searchSign(subject)).toBe(search);
});

test('a signature over an unknown text still shows its key', () => {
  const subject = loginRsaSigned(hexOf(rsa('RSA-SHA256', 'another text', DECRYPT_KEY)));
  expect(searchSign(subject)).toMatchObject({ recipe: undefined });
  expect(signIds(subject)).toBe('key-pair');
});

test('a secret that belongs between two fields is expected there', () => {
  const subject = loginSigned(md5(''));
  const input = searchInputOf(subject, { app: compileApp(SETTINGS), family: 'hash' });
  const [{ names = [], ...text } = {}] = input.expected.texts;
  const secret = names.at(-1) ?? '';
  const between = names.toSpliced(-1, 1).toSpliced(-1, 0, secret);
  const expected = { ...input.expected, texts: [{ ...text, names: between }] };
  const groups = candidatesOf({ ...input, expected, secretPlace: before('token') });
  const [right, ...others] = [...groups].flatMap(({ texts, recipeAt }) =>
    texts.map((text, at) => ({ text, mistakes: recipeAt(at).mistakes })),
  );
  expect(right).toEqual({ text: HEAD + APP_SECRET + SIGNED_TOKEN, mistakes: [] });
  const last = others.find((one) => one.text === LOGIN_TEXT + APP_SECRET);
  expect(last?.mistakes).toEqual(['sign.field-order']);
});

const APP_ID = { name: 'appid', value: '3000' };
const TOKEN = { name: 'token', value: '' };
const SECRET = { name: 'appSecret', value: 'S', secret: true } as const;
const value = (field: string | null, text: string) => ({ field, value: text });

const ROWS: readonly (Partial<Recipe> & {
  readonly description: string;
  readonly segments: readonly object[];
})[] = [
  {
    description: 'without separators each value is one piece, even an empty one',
    segments: [value('appid', '3000'), value('token', ''), value('appSecret', 'S')],
  },
  {
    description: 'separators and names are pieces without a field',
    between: '&',
    pair: '=',
    parts: [APP_ID, { ...SECRET, label: 'key' }],
    segments: [
      value(null, 'appid='),
      value('appid', '3000'),
      value(null, '&'),
      value(null, 'key='),
      value('appSecret', 'S'),
    ],
  },
  {
    description: 'a line break at the end is a piece without a field',
    parts: [APP_ID],
    ending: '\n',
    segments: [value('appid', '3000'), value(null, '\n')],
  },
];

test.each(ROWS)('$description', ({ description: _, segments, ...changes }) => {
  const recipe: Recipe = { ...PLAIN, parts: [APP_ID, TOKEN, SECRET], key: undefined, ...changes };
  expect(segmentsOf(recipe)).toEqual(segments);
  expect(segmentsOf(recipe).reduce((text, segment) => text + segment.value, '')).toBe(
    textOf(recipe),
  );
});

const brackets = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const DEEP = 30_000;

describe('a value that consists only of brackets', () => {
  test.each([
    {
      description: 'a token',
      operation: 'loginTokenValidate',
      body: `{"token":${brackets(DEEP)}}`,
      field: 'token',
    },
    {
      description: 'a header',
      operation: 'tokenValidate',
      body: `{"header":${brackets(DEEP)},"body":{}}`,
      field: 'header',
    },
    {
      description: 'objects in a body',
      operation: 'tokenValidate',
      body: `{"header":{},"body":{"sign":${'{"a":'.repeat(DEEP / 6)}1${'}'.repeat(DEEP / 6)}}}`,
      field: 'sign',
    },
  ] as const)('instead of $description is explained', ({ operation, body, field }) => {
    const { findings } = explain(subjectFor(operation, body), 'en');
    const received = findings.find(({ evidence }) => evidence.field === field)?.evidence.received;
    expect(received).toContain('"…"');
    expect(received?.length).toBeLessThan(100);
  });

  test.each([
    { levels: 8, received: '[[[[[[[[]]]]]]]]' },
    { levels: 9, received: '[[[[[[[["…"]]]]]]]]' },
  ])('is shown to a depth of eight levels: $levels', ({ levels, received }) => {
    const subject = subjectFor(
      'loginTokenValidate',
      loginBody({ token: JSON.parse(brackets(levels)) }),
    );
    expect(evidenceFor(subject, 'value.not-a-string')[0]?.received).toBe(received);
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'a field named %s is treated like any other',
    (name) => {
      const body = `{"token":{"${name}":{"polluted":1}},"${name}":"x"}`;
      const subject = subjectFor('loginTokenValidate', body);
      expect(evidenceFor(subject, 'value.not-a-string')[0]?.received).toBe(
        `{"${name}":{"polluted":1}}`,
      );
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );
});

describe('a phoneNum with an earlier time', () => {
  const { appKey, appSecret } = SETTINGS;
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');

  const isFound = ({
    characters,
    at,
  }: {
    readonly characters: number;
    readonly at: number;
  }): boolean => {
    const earlierTimes = Array.from({ length: at }, (_, before) =>
      String(before).padStart(characters, '1'),
    );
    const hash = digest(PHONE_NUMBER + appKey + earlierTimes.at(-1));
    const isSent = (one: string) => one === hash;
    const sought = {
      appKey,
      appSecret,
      phoneNumber: PHONE_NUMBER,
      isSent,
      earlierTimes,
      timestamp: '',
    };
    return findCalculation({ ...sought, digest: 'SHA256', receivedAtMs: NOW_MS }) !== undefined;
  };

  test.each([
    { description: 'the last of 300 is found', characters: 17, at: 300, found: true },
    {
      description: 'the 20th of 60 000 characters each is found',
      characters: 60_000,
      at: 20,
      found: true,
    },
    { description: 'the 300th is beyond the bound', characters: 60_000, at: 300, found: false },
  ])('$description', ({ found, ...made }) => {
    expect(isFound(made)).toBe(found);
  });
});
