/** Mistakes in verify's HMACSHA256, made as clients make them. The document, 2.3 sign. */
import { describe, expect, test } from 'vitest';
import { foreignTokenOf, PHONE_NUMBER, TOKEN } from '../../../support/engine.js';
import { subjectFor } from '../../../support/explain.js';
import { MSG_ID, SENT_AT } from '../../../support/requests.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  digest,
  evidenceOf,
  hmac,
  type Make,
  rsa,
  signIds,
  verifySigned,
  verifyText,
} from './makers.js';

const right: Make = (text) => hmac(text, APP_KEY);
const joined = (phoneNum: string, between: string) => [APP_ID, MSG_ID, phoneNum, SENT_AT, TOKEN, '1.0'].join(between);
const query = (phoneNum: string) =>
  `appId=${APP_ID}&msgId=${MSG_ID}&phoneNum=${phoneNum}&timestamp=${SENT_AT}&token=${TOKEN}&version=1.0`;

interface Row {
  readonly description: string;
  readonly make: Make;
  readonly ids: string;
}

const ROWS: readonly Row[] = [
  { description: 'APPSecret as the key', make: (text) => hmac(text, APP_SECRET), ids: 'secret-swapped' },
  { description: 'an empty key', make: (text) => hmac(text, ''), ids: 'secret-missing' },
  { description: 'SHA-256', make: (text) => digest('sha256', text), ids: 'algorithm' },
  {
    description: 'SHA-256 with the key at the end',
    make: (text) => digest('sha256', text + APP_KEY),
    ids: 'algorithm',
  },
  {
    description: 'SHA-256 with the key at the start',
    make: (text) => digest('sha256', APP_KEY + text),
    ids: 'algorithm',
  },
  { description: 'HMAC-MD5', make: (text) => hmac(text, APP_KEY, { algorithm: 'md5' }), ids: 'algorithm' },
  { description: 'HMAC-SHA1', make: (text) => hmac(text, APP_KEY, { algorithm: 'sha1' }), ids: 'algorithm' },
  { description: 'MD5 with the key at the end', make: (text) => digest('md5', text + APP_KEY), ids: 'algorithm' },
  {
    description: 'MD5withRSA, which keyType does not select',
    make: (text) => rsa('RSA-MD5', text).toString('base64'),
    ids: 'algorithm',
  },
  { description: 'version left out', make: (text) => hmac(text.slice(0, -3), APP_KEY), ids: 'field-missing' },
  { description: 'the key in the text as well', make: (text) => hmac(text + APP_KEY, APP_KEY), ids: 'field-extra' },
  { description: 'openType signed too', make: (text) => hmac(`${text}1`, APP_KEY), ids: 'field-extra' },
  {
    description: 'openType and requesterType in natural order',
    make: (_, phoneNum) => hmac(`${APP_ID}${MSG_ID}1${phoneNum}0${SENT_AT}${TOKEN}1.0`, APP_KEY),
    ids: 'field-extra',
  },
  { description: 'the plain number', make: () => hmac(verifyText(PHONE_NUMBER), APP_KEY), ids: 'phone-num-variant' },
  {
    description: 'phoneNum in lower case',
    make: (_, phoneNum) => hmac(verifyText(phoneNum.toLowerCase()), APP_KEY),
    ids: 'phone-num-variant',
  },
  {
    description: 'number + appKey + timestamp',
    make: () => hmac(verifyText(PHONE_NUMBER + APP_KEY + SENT_AT), APP_KEY),
    ids: 'phone-num-variant',
  },
  {
    description: 'the order of the sample',
    make: (_, phoneNum) => hmac(`${APP_ID}${SENT_AT}1.0${MSG_ID}${TOKEN}${phoneNum}`, APP_KEY),
    ids: 'field-order',
  },
  { description: 'joined by &', make: (_, phoneNum) => hmac(joined(phoneNum, '&'), APP_KEY), ids: 'separator' },
  { description: 'a query string', make: (_, phoneNum) => hmac(query(phoneNum), APP_KEY), ids: 'separator' },
  { description: 'Base64', make: (text) => hmac(text, APP_KEY, { encoding: 'base64' }), ids: 'encoding' },
  { description: 'lower case', make: (text) => hmac(text, APP_KEY).toLowerCase(), ids: 'case' },
];

const PAIRS: readonly Row[] = [
  {
    description: 'APPSecret, lower case',
    make: (text) => hmac(text, APP_SECRET).toLowerCase(),
    ids: 'secret-swapped case',
  },
  {
    description: 'APPSecret, the plain number',
    make: () => hmac(verifyText(PHONE_NUMBER), APP_SECRET),
    ids: 'secret-swapped phone-num-variant',
  },
  {
    description: 'APPSecret, an odd order',
    make: (_, phoneNum) => hmac(`${TOKEN}${phoneNum}1.0${APP_ID}${SENT_AT}${MSG_ID}`, APP_SECRET),
    ids: 'secret-swapped field-order',
  },
  {
    description: 'APPSecret, in Base64',
    make: (text) => hmac(text, APP_SECRET, { encoding: 'base64' }),
    ids: 'secret-swapped encoding',
  },
  {
    description: 'SHA-256 with APPSecret at the end',
    make: (text) => digest('sha256', text + APP_SECRET),
    ids: 'secret-swapped algorithm',
  },
  {
    description: 'SHA-256, an odd order, lower case',
    make: (_, phoneNum) =>
      digest('sha256', `${TOKEN}${phoneNum}1.0${APP_ID}${SENT_AT}${MSG_ID}${APP_KEY}`).toLowerCase(),
    ids: 'algorithm field-order case',
  },
  {
    description: 'a field left out, an odd order',
    make: (_, phoneNum) => hmac(`${TOKEN}${phoneNum}${APP_ID}${SENT_AT}${MSG_ID}`, APP_KEY),
    ids: 'field-missing field-order',
  },
  {
    description: 'the plain number, version left out',
    make: () => hmac(verifyText(PHONE_NUMBER).slice(0, -3), APP_KEY),
    ids: 'field-missing phone-num-variant',
  },
  {
    description: 'a query string with the key, and HMAC',
    make: (_, phoneNum) => hmac(`${query(phoneNum)}&key=${APP_KEY}`, APP_KEY),
    ids: 'field-extra separator',
  },
  {
    description: 'a query string with the plain number',
    make: () => hmac(query(PHONE_NUMBER), APP_KEY),
    ids: 'phone-num-variant separator',
  },
  {
    description: 'an empty key, joined by &',
    make: (_, phoneNum) => hmac(joined(phoneNum, '&'), ''),
    ids: 'secret-missing separator',
  },
];

test.each([...ROWS, ...PAIRS])('$description is $ids', ({ make, ids }) => {
  expect(signIds(verifySigned(make))).toBe(ids);
});

describe('the evidence', () => {
  test.each([
    { used: 'SHA-256', keyInText: 'no', dueKey: 'appKey', make: (text: string) => digest('sha256', text) },
    { used: 'SHA-256', keyInText: 'yes', dueKey: 'appKey', make: (text: string) => digest('sha256', text + APP_KEY) },
    { used: 'SHA-1', keyInText: 'yes', dueKey: 'appKey', make: (text: string) => digest('sha1', APP_KEY + text) },
    {
      used: 'HMACSHA1',
      keyInText: 'no',
      dueKey: undefined,
      make: (text: string) => hmac(text, APP_KEY, { algorithm: 'sha1' }),
    },
  ])('of $used shows whether the key is in the text: $keyInText', ({ make, used, keyInText, dueKey }) => {
    const evidence = evidenceOf(verifySigned(make), 'sign.algorithm');
    expect(evidence).toMatchObject({ used, keyInText, due: 'HMACSHA256' });
    expect(evidence?.['dueKey']).toBe(dueKey);
    expect(evidence).not.toHaveProperty('selectedBy');
  });

  test('of MD5withRSA names the field that selects it', () => {
    const make: Make = (text) => rsa('RSA-MD5', text).toString('base64');
    const evidence = evidenceOf(verifySigned(make), 'sign.algorithm');
    expect(evidence).toMatchObject({ used: 'MD5withRSA', due: 'HMACSHA256', selectedBy: 'keyType' });
  });

  test.each([
    { used: 'the plain number', signed: PHONE_NUMBER },
    { used: 'the plain number', signed: `+86${PHONE_NUMBER}` },
    { used: 'number + appKey + timestamp', signed: PHONE_NUMBER + APP_KEY + SENT_AT },
  ])('of $signed names it: $used', ({ used, signed }) => {
    const subject = verifySigned(() => hmac(verifyText(signed), APP_KEY));
    expect(evidenceOf(subject, 'sign.phone-num-variant')).toMatchObject({ used, signed, text: verifyText(signed) });
  });

  test('finds the number of another app’s token', () => {
    const number = '13900139000';
    const foreignToken = foreignTokenOf('tokenValidate', { phoneNumber: number });
    const make: Make = () => hmac(verifyText(number), APP_KEY);
    const scene = { state: { token: undefined, foreignToken } };
    expect(signIds(verifySigned(make, {}, { scene }))).toBe('phone-num-variant');
    expect(signIds(verifySigned(make, {}, { scene: { state: { token: undefined } } }))).toBe('no-match');
  });

  test('names the extra fields, documented or not', () => {
    const make: Make = (text) => hmac(`${text}web${'m'}`, APP_KEY);
    const subject = verifySigned(make, { body: { channel: 'web', message: 'm' } });
    expect(evidenceOf(subject, 'sign.field-extra')).toMatchObject({ fields: ['channel', 'message'] });
  });

  test('names a field next to header and body', () => {
    const { exchange } = verifySigned((text) => hmac(`${text}web`, APP_KEY));
    const body = JSON.stringify({ channel: 'web', nothing: null, ...JSON.parse(exchange.body) });
    expect(evidenceOf(subjectFor('tokenValidate', body), 'sign.field-extra')).toMatchObject({ fields: ['channel'] });
  });

  test('uses a numeric keyType as its digits', () => {
    const subject = verifySigned((text) => hmac(`${text}0`, APP_KEY), { body: { keyType: 0, requesterType: '1' } });
    expect(evidenceOf(subject, 'sign.field-extra')).toMatchObject({ fields: ['keyType'] });
  });
});

describe('no mistake is found', () => {
  test.each([
    { description: 'in the correct signature', make: right, ids: '' },
    { description: 'in random hex', make: () => 'AB12'.repeat(16), ids: 'no-match' },
    {
      description: 'in another timestamp',
      make: (text: string) => hmac(text.replace(SENT_AT, '20190226111842617'), APP_KEY),
      ids: 'no-match',
    },
    { description: 'in an empty signature', make: () => '', ids: '' },
  ])('$description', ({ make, ids }) => {
    expect(signIds(verifySigned(make))).toBe(ids);
  });

  test('except the case, which the reading any accepts', () => {
    const subject = verifySigned(
      (text) => right(text, '').toLowerCase(),
      {},
      { scene: { readings: { 'verify-hex-case': 'any' } } },
    );
    expect(subject.decidedBy).toBe('allMet');
    expect(signIds(subject)).toBe('case');
  });

  test('in an invalid envelope', () => {
    const subject = verifySigned(right);
    expect(signIds({ ...subject, draft: { ...subject.draft, json: undefined } })).toBe('');
  });
});
