/** Mistakes in login's MD5 signature, made as clients make them. The document, 1.2 sign. */
import { describe, expect, test } from 'vitest';
import { TOKEN, UNKNOWN_APP } from '../../../support/engine.js';
import { findingIds, subjectFor } from '../../../support/explain.js';
import { MSG_ID, SENT_AT } from '../../../support/requests.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  digest,
  evidenceOf,
  HEAD,
  hexOf,
  hmac,
  LOGIN_RSA_TEXT,
  LOGIN_TEXT,
  loginSigned,
  md5,
  rsa,
  signIds,
} from './makers.js';

const right = md5(LOGIN_TEXT + APP_SECRET);
const natural = `${APP_ID}${MSG_ID}0${SENT_AT}${TOKEN}2.0`;
const values = [APP_ID, '2.0', MSG_ID, SENT_AT, '0', TOKEN];
const joinedBy = (between: string) => [...values, APP_SECRET].join(between);
const query = `appid=${APP_ID}&msgid=${MSG_ID}&strictcheck=0&systemtime=${SENT_AT}&token=${TOKEN}&version=2.0`;

test.each([
  { description: 'appKey for APPSecret', sign: md5(LOGIN_TEXT + APP_KEY), ids: 'secret-swapped' },
  { description: 'no secret', sign: md5(LOGIN_TEXT), ids: 'secret-missing' },
  { description: 'SHA-1', sign: digest('sha1', LOGIN_TEXT + APP_SECRET), ids: 'algorithm' },
  { description: 'SHA-256', sign: digest('sha256', LOGIN_TEXT + APP_SECRET), ids: 'algorithm' },
  { description: 'SHA-512', sign: digest('sha512', LOGIN_TEXT + APP_SECRET), ids: 'algorithm' },
  { description: 'the 16-character MD5', sign: right.slice(8, 24), ids: 'algorithm' },
  { description: 'HMAC with the secret as its key', sign: hmac(LOGIN_TEXT, APP_SECRET), ids: 'algorithm' },
  {
    description: 'HMAC-MD5 with the secret as its key',
    sign: hmac(LOGIN_TEXT, APP_SECRET, { algorithm: 'md5' }),
    ids: 'algorithm',
  },
  {
    description: 'strictcheck left out',
    sign: md5(values.toSpliced(4, 1).join('') + APP_SECRET),
    ids: 'field-missing',
  },
  { description: 'three fields left out', sign: md5(APP_ID + MSG_ID + TOKEN + APP_SECRET), ids: 'field-missing' },
  { description: 'natural order', sign: md5(natural + APP_SECRET), ids: 'field-order' },
  { description: 'the secret first', sign: md5(APP_SECRET + LOGIN_TEXT), ids: 'field-order' },
  { description: 'the secret at both ends', sign: md5(APP_SECRET + LOGIN_TEXT + APP_SECRET), ids: 'field-order' },
  {
    description: 'a random order',
    sign: md5(`${TOKEN}0${APP_SECRET}${SENT_AT}${APP_ID}${MSG_ID}2.0`),
    ids: 'field-order',
  },
  ...['+', '&', ',', ' ', '|', '\n'].map((between) => ({
    description: `joined by ${JSON.stringify(between)}`,
    sign: md5(joinedBy(between)),
    ids: 'separator',
  })),
  {
    description: 'joined by +, the secret appended without one',
    sign: md5(values.join('+') + APP_SECRET),
    ids: 'separator',
  },
  {
    description: 'the secret joined as key=SECRET',
    sign: md5(`${LOGIN_TEXT}key=${APP_SECRET}`),
    ids: 'separator',
  },
  { description: 'a query string and &key=', sign: md5(`${query}&key=${APP_SECRET}`), ids: 'field-order separator' },
  { description: 'a query string and the secret', sign: md5(query + APP_SECRET), ids: 'field-order separator' },
  {
    description: 'Base64',
    sign: digest('md5', LOGIN_TEXT + APP_SECRET, 'base64'),
    ids: 'encoding',
  },
  { description: 'Base64 of the hex text', sign: Buffer.from(right).toString('base64'), ids: 'encoding' },
  { description: 'hex with dashes', sign: right.replace(/..(?=.)/g, '$&-'), ids: 'encoding' },
  { description: 'lower case', sign: right.toLowerCase(), ids: 'case' },
  { description: 'half of it in lower case', sign: right.slice(0, 16) + right.slice(16).toLowerCase(), ids: 'case' },
  {
    description: 'RSA, which encryptionalgorithm does not select',
    sign: hexOf(rsa('RSA-SHA256', LOGIN_RSA_TEXT)),
    ids: 'algorithm',
  },
])('$description is $ids', ({ sign, ids }) => {
  expect(signIds(loginSigned(sign))).toBe(ids);
});

describe('two and three mistakes at once', () => {
  test.each([
    {
      description: 'the other secret, lower case',
      sign: md5(LOGIN_TEXT + APP_KEY).toLowerCase(),
      ids: 'secret-swapped case',
    },
    {
      description: 'the other secret, SHA-256',
      sign: digest('sha256', LOGIN_TEXT + APP_KEY),
      ids: 'secret-swapped algorithm',
    },
    { description: 'the other secret first', sign: md5(APP_KEY + LOGIN_TEXT), ids: 'secret-swapped field-order' },
    {
      description: 'the other secret, an odd order',
      sign: md5(`${TOKEN}2.0${APP_KEY}${APP_ID}${SENT_AT}${MSG_ID}0`),
      ids: 'secret-swapped field-order',
    },
    {
      description: 'no secret, an odd order',
      sign: md5(`${TOKEN}2.0${APP_ID}${SENT_AT}${MSG_ID}0`),
      ids: 'secret-missing field-order',
    },
    {
      description: 'natural order without version',
      sign: md5(`${APP_ID}${MSG_ID}0${SENT_AT}${TOKEN}${APP_SECRET}`),
      ids: 'field-missing field-order',
    },
    { description: 'joined by & without a secret', sign: md5(values.join('&')), ids: 'secret-missing separator' },
    {
      description: 'joined by & without strictcheck',
      sign: md5([...values.toSpliced(4, 1), APP_SECRET].join('&')),
      ids: 'field-missing separator',
    },
    {
      description: 'an odd order joined by &',
      sign: md5([TOKEN, MSG_ID, APP_ID, '0', '2.0', SENT_AT, APP_SECRET].join('&')),
      ids: 'field-order separator',
    },
    { description: 'SHA-1, natural order', sign: digest('sha1', natural + APP_SECRET), ids: 'algorithm field-order' },
    {
      description: 'the other secret, natural order, lower case',
      sign: md5(natural + APP_KEY).toLowerCase(),
      ids: 'secret-swapped field-order case',
    },
    {
      description: 'the other secret, SHA-256 in Base64',
      sign: digest('sha256', LOGIN_TEXT + APP_KEY, 'base64'),
      ids: 'secret-swapped algorithm encoding',
    },
    {
      description: 'a query string with the other secret',
      sign: md5(`${query}&key=${APP_KEY}`),
      ids: 'secret-swapped field-order separator',
    },
  ])('$description: $ids', ({ sign, ids }) => {
    expect(signIds(loginSigned(sign))).toBe(ids);
  });
});

describe('extra fields', () => {
  const sent = { expandparams: 'a=1|b=2', encryptionalgorithm: 'SM', channel: 'web' };
  test.each([
    {
      description: 'after the token',
      text: `${LOGIN_TEXT}a=1|b=2${APP_SECRET}`,
      fields: ['expandparams'],
      ids: 'field-extra',
    },
    {
      description: 'after the secret',
      text: `${LOGIN_TEXT}${APP_SECRET}SM`,
      fields: ['encryptionalgorithm'],
      ids: 'field-extra',
    },
    {
      description: 'before everything',
      text: `SM${LOGIN_TEXT}${APP_SECRET}`,
      fields: ['encryptionalgorithm'],
      ids: 'field-extra',
    },
    {
      description: 'in the order of the table of parameters',
      text: `2.0${MSG_ID}${SENT_AT}0${APP_ID}a=1|b=2${TOKEN}${APP_SECRET}`,
      fields: ['expandparams'],
      ids: 'field-extra field-order',
    },
    {
      description: 'both, apart',
      text: `SM${HEAD}a=1|b=2${TOKEN}${APP_SECRET}`,
      fields: ['encryptionalgorithm', 'expandparams'],
      ids: 'field-extra',
    },
    {
      description: 'an undocumented one',
      text: `${LOGIN_TEXT}web${APP_SECRET}`,
      fields: ['channel'],
      ids: 'field-extra',
    },
    {
      description: 'all in natural order',
      text: `${APP_ID}webSMa=1|b=2${MSG_ID}0${SENT_AT}${TOKEN}2.0${APP_SECRET}`,
      fields: ['channel', 'encryptionalgorithm', 'expandparams'],
      ids: 'field-extra field-order',
    },
    {
      description: 'one extra and one missing',
      text: `${values.toSpliced(4, 1).join('')}a=1|b=2${APP_SECRET}`,
      fields: ['expandparams'],
      ids: 'field-missing field-extra',
    },
  ])('$description', ({ text, fields, ids }) => {
    const subject = loginSigned(md5(text), sent);
    expect(signIds(subject)).toBe(ids);
    expect(evidenceOf(subject, 'sign.field-extra')).toMatchObject({ fields, text });
  });

  test('every field of the body as a query string, the empty ones too', () => {
    const text = `appid=${APP_ID}&encryptionalgorithm=&expandparams=&msgid=${MSG_ID}&strictcheck=0&systemtime=${SENT_AT}&token=${TOKEN}&version=2.0&key=${APP_SECRET}`;
    const subject = loginSigned(md5(text), { expandparams: '', encryptionalgorithm: '' });
    expect(signIds(subject)).toBe('field-extra field-order separator');
    expect(evidenceOf(subject, 'sign.separator')).toMatchObject({ used: 'name=value&name=value…key=', text });
  });

  test('an empty field changes nothing', () => {
    expect(signIds(loginSigned(right, { expandparams: '', encryptionalgorithm: '' }))).toBe('');
  });
});

describe('a field in another form', () => {
  const msgid = 'a b+c/d=';
  const textOf = (form: string) => `${APP_ID}2.0${form}${SENT_AT}0${TOKEN}`;
  test.each([
    { description: 'encodeURIComponent', form: 'a%20b%2Bc%2Fd%3D', used: 'URL-encoded' },
    { description: 'java.net.URLEncoder', form: 'a+b%2Bc%2Fd%3D', used: 'URL-encoded, + for a space' },
    { description: 'HttpUtility.UrlEncode', form: 'a+b%2bc%2fd%3d', used: 'URL-encoded, in lower case' },
    { description: 'a decoder of forms', form: 'a b c/d=', used: 'URL-decoded, a space for +' },
  ])('$description', ({ form, used }) => {
    const subject = loginSigned(md5(textOf(form) + APP_SECRET), { msgid });
    expect(signIds(subject)).toBe('url-encoding');
    expect(evidenceOf(subject, 'sign.url-encoding')).toMatchObject({ used, fields: ['msgid'] });
  });

  test('a token that was sent percent-encoded and signed as received', () => {
    const token = 'STsid%2B%3D';
    const sign = md5(`${HEAD}STsid+=${APP_SECRET}`);
    expect(signIds(loginSigned(sign, { token }))).toBe('url-encoding');
  });

  test('all fields at once, with the other secret', () => {
    const sign = md5(`${APP_ID}2.0a%2Bb${SENT_AT}0c%2Fd${APP_KEY}`);
    const subject = loginSigned(sign, { msgid: 'a+b', token: 'c/d' });
    expect(signIds(subject)).toBe('secret-swapped url-encoding');
    expect(evidenceOf(subject, 'sign.url-encoding')).toMatchObject({ fields: ['msgid', 'token'] });
  });

  test('java.net.URLEncoder encodes characters that encodeURIComponent keeps', () => {
    const sign = md5(textOf('a%21%7E*') + APP_SECRET);
    expect(signIds(loginSigned(sign, { msgid: 'a!~*' }))).toBe('url-encoding');
  });

  test('a percent sign without a code does no harm', () => {
    expect(signIds(loginSigned(md5('another text'), { msgid: '100%' }))).toBe('no-match');
  });

  test('white space around a token that was signed without it is not a mistake in the signature', () => {
    const sign = md5(LOGIN_TEXT + APP_SECRET);
    expect(signIds(loginSigned(sign, { token: `${TOKEN}\n` }))).toBe('');
  });
});

describe('the evidence', () => {
  test('has the text, including the secret, and both signatures', () => {
    const received = md5(LOGIN_TEXT + APP_KEY);
    expect(evidenceOf(loginSigned(received), 'sign.secret-swapped')).toEqual({
      field: 'sign',
      received,
      expected: right,
      text: LOGIN_TEXT + APP_KEY,
      used: 'appKey',
      due: 'appSecret',
    });
  });

  test.each([
    {
      id: 'sign.algorithm',
      sign: digest('sha256', LOGIN_TEXT + APP_SECRET),
      evidence: { used: 'SHA-256', due: 'MD5' },
    },
    { id: 'sign.algorithm', sign: right.slice(8, 24), evidence: { used: '16-character MD5', due: 'MD5' } },
    { id: 'sign.algorithm', sign: hmac(LOGIN_TEXT, APP_SECRET), evidence: { used: 'HMACSHA256', due: 'MD5' } },
    {
      id: 'sign.field-missing',
      sign: md5(APP_ID + MSG_ID + TOKEN + APP_SECRET),
      evidence: { fields: ['version', 'systemtime', 'strictcheck'] },
    },
    {
      id: 'sign.field-order',
      sign: md5(APP_KEY + LOGIN_TEXT),
      evidence: {
        order: ['appKey', 'appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token'],
        due: ['appid', 'version', 'msgid', 'systemtime', 'strictcheck', 'token', 'appSecret'],
      },
    },
    { id: 'sign.separator', sign: md5(joinedBy('+')), evidence: { used: '+' } },
    { id: 'sign.separator', sign: md5(joinedBy(' ')), evidence: { used: 'space' } },
    {
      id: 'sign.encoding',
      sign: digest('md5', LOGIN_TEXT + APP_SECRET, 'base64'),
      evidence: { used: 'Base64', due: 'hex' },
    },
    { id: 'sign.case', sign: right.toLowerCase(), evidence: { used: 'lower', due: 'upper' } },
  ])('of $id', ({ id, sign, evidence }) => {
    expect(evidenceOf(loginSigned(sign), id)).toMatchObject(evidence);
  });

  test('of no match has the number of attempts', () => {
    expect(evidenceOf(loginSigned(md5('x')), 'sign.no-match')).toMatchObject({
      field: 'sign',
      expected: right,
      complete: 'yes',
    });
  });
});

describe('no mistake is found', () => {
  test.each([
    { description: 'in the correct signature', subject: loginSigned(right), ids: '' },
    { description: 'in a correct signature with white space around it', subject: loginSigned(` ${right}\n`), ids: '' },
    { description: 'in an empty signature', subject: loginSigned(''), ids: '' },
    {
      description: 'for an unknown app',
      subject: loginSigned(md5(LOGIN_TEXT), {}, { scene: UNKNOWN_APP }),
      ids: '',
    },
    {
      description: 'in the appKey of an app that signs with it',
      subject: loginSigned(md5(LOGIN_TEXT + APP_KEY), {}, { scene: { settings: { signSecret: 'appKey' } } }),
      ids: '',
    },
    {
      description: 'in another systemtime',
      subject: loginSigned(md5(`${APP_ID}2.0${MSG_ID}201902261118426170${TOKEN}${APP_SECRET}`)),
      ids: 'no-match',
    },
    { description: 'in random hex', subject: loginSigned('0C17F305AB3E8B4694829319167310D1'), ids: 'no-match' },
    { description: 'in a text that is neither hex nor Base64', subject: loginSigned('签名'), ids: 'no-match' },
    { description: 'in a signature that is one digit short', subject: loginSigned(right.slice(1)), ids: 'no-match' },
  ])('$description', ({ subject, ids }) => {
    expect(signIds(subject)).toBe(ids);
  });

  test('in an unreadable body', () => {
    const scene = { exchange: { bodyBytes: 64 * 1024 + 1 } };
    expect(signIds(loginSigned(md5(LOGIN_TEXT), {}, { scene }))).toBe('');
  });
});

describe('whichever rule decided', () => {
  test('APPSecret is the wrong secret if the app signs with appKey', () => {
    const subject = loginSigned(right, {}, { scene: { settings: { signSecret: 'appKey' } } });
    expect(evidenceOf(subject, 'sign.secret-swapped')).toMatchObject({ used: 'appSecret', due: 'appKey' });
  });

  test('a malformed time does not hide the wrong secret, which comes after it', () => {
    const subject = loginSigned(md5(`${APP_ID}2.0${MSG_ID}202611250${TOKEN}${APP_KEY}`), { systemtime: '20261125' });
    expect(subject.decidedBy).toBe('parametersValid');
    expect(findingIds(subject).at(-1)).toBe('sign.secret-swapped');
  });

  test('numbers are used as their digits', () => {
    const sign = md5(`${APP_ID}2.0${MSG_ID}${SENT_AT}0${TOKEN}${APP_KEY}`);
    const body = `{"version":"2.0","msgid":"${MSG_ID}","systemtime":${SENT_AT},"strictcheck":0,"appid":"${APP_ID}","token":"${TOKEN}","sign":"${sign}"}`;
    const subject = subjectFor('loginTokenValidate', body);
    expect(subject.decidedBy).toBe('valuesAreStrings');
    expect(signIds(subject)).toBe('secret-swapped');
  });

  test.each([
    { reading: 'any', decidedBy: 'allMet' },
    { reading: 'upper', decidedBy: 'signValid' },
  ] as const)('lower case under login-md5-case $reading is named, decided by $decidedBy', ({ reading, decidedBy }) => {
    const subject = loginSigned(right.toLowerCase(), {}, { scene: { readings: { 'login-md5-case': reading } } });
    expect(subject.decidedBy).toBe(decidedBy);
    expect(signIds(subject)).toBe('case');
  });

  test('a misspelt field that was signed instead of the real one is extra', () => {
    const subject = loginSigned(right, { msgid: undefined, msgId: MSG_ID });
    expect(evidenceOf(subject, 'sign.field-extra')).toMatchObject({ fields: ['msgId'] });
  });
});
