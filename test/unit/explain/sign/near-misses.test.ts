/** Signatures with one published difference: characters around the secret, a line break at the end, other bytes, another time or msgid. */
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../../mock-server/explain/explain.js';
import type { EarlierRequest, Subject } from '../../../../mock-server/explain/subject.js';
import { NOW_MS, TOKEN } from '../../../support/engine.js';
import { MSG_ID, SENT_AT } from '../../../support/requests.js';
import {
  APP_ID,
  APP_KEY,
  APP_SECRET,
  digest,
  evidenceOf,
  hexOf,
  hmac,
  LOGIN_RSA_TEXT,
  LOGIN_TEXT,
  loginRsaSigned,
  loginSigned,
  md5,
  rsa,
  rsaPss,
  signIds,
  verifyRsaSigned,
  verifySigned,
} from './makers.js';

const upper = (hex: string) => hex.toUpperCase();
const md5Bytes = (bytes: Buffer) => upper(createHash('md5').update(bytes).digest('hex'));

describe('extra characters around the secret', () => {
  const ADDED = [
    { name: 'a line feed', add: (secret: string) => `${secret}\n` },
    { name: 'a Windows line break', add: (secret: string) => `${secret}\r\n` },
    { name: 'a space behind it', add: (secret: string) => `${secret} ` },
    { name: 'a space before it', add: (secret: string) => ` ${secret}` },
    { name: 'double quotes', add: (secret: string) => `"${secret}"` },
    { name: 'single quotes', add: (secret: string) => `'${secret}'` },
    { name: 'a byte order mark', add: (secret: string) => `\ufeff${secret}` },
    { name: 'a no-break space', add: (secret: string) => `${secret}\u00a0` },
    { name: 'a zero-width space', add: (secret: string) => `${secret}\u200b` },
  ];

  test.each(ADDED)('$name, at login', ({ add }) => {
    const subject = loginSigned(md5(LOGIN_TEXT + add(APP_SECRET)));
    expect(signIds(subject)).toBe('secret-extra');
    expect(evidenceOf(subject, 'sign.secret-extra')).toMatchObject({ fields: ['appSecret'], signed: add(APP_SECRET) });
  });

  test.each(ADDED)('$name, at verify', ({ add }) => {
    expect(signIds(verifySigned((text) => hmac(text, add(APP_KEY))))).toBe('secret-extra');
  });

  test('of the other secret is two mistakes', () => {
    expect(signIds(loginSigned(md5(`${LOGIN_TEXT}${APP_KEY}\n`)))).toBe('secret-swapped secret-extra');
    expect(signIds(verifySigned((text) => hmac(text, ` ${APP_SECRET}`)))).toBe('secret-swapped secret-extra');
  });

  test('a line break after a secret at the end of the text may be after the text', () => {
    const detail = (subject: Subject) => explain(subject, 'en').findings[0]?.detail;
    expect(detail(loginSigned(md5(`${LOGIN_TEXT}${APP_SECRET}\n`)))).toContain('echo');
    expect(detail(loginSigned(md5(`${LOGIN_TEXT}${APP_SECRET} `)))).not.toContain('echo');
    expect(detail(verifySigned((text) => hmac(text, `${APP_KEY}\n`)))).not.toContain('echo');
  });

  test('two spaces are not searched', () => {
    expect(signIds(loginSigned(md5(`${LOGIN_TEXT}${APP_SECRET}  `)))).toBe('no-match');
  });
});

describe('a line break after the text', () => {
  test.each(['\n', '\r\n', '\r'])('%j', (ending) => {
    expect(signIds(verifySigned((text) => hmac(text + ending, APP_KEY)))).toBe('line-feed');
    expect(signIds(loginRsaSigned(hexOf(rsa('RSA-SHA256', LOGIN_RSA_TEXT + ending))))).toBe('line-feed');
    expect(signIds(verifyRsaSigned((text) => rsa('RSA-MD5', text + ending).toString('base64')))).toBe('line-feed');
  });
});

describe('the encoding of the text', () => {
  const LITTLE = (text: string) => Buffer.from(text, 'utf16le');
  const BIG = (text: string) => LITTLE(text).swap16();

  test.each([
    { used: 'UTF-16LE', encode: LITTLE },
    { used: 'UTF-16BE', encode: BIG },
    { used: 'UTF-16BE with a byte order mark', encode: (text: string) => BIG(`\ufeff${text}`) },
    { used: 'UTF-16LE with a byte order mark', encode: (text: string) => LITTLE(`\ufeff${text}`) },
  ])('$used', ({ used, encode }) => {
    const subject = loginSigned(md5Bytes(encode(LOGIN_TEXT + APP_SECRET)));
    expect(signIds(subject)).toBe('charset');
    expect(evidenceOf(subject, 'sign.charset')).toMatchObject({ used, due: 'UTF-8' });
    for (const key of [APP_KEY, encode(APP_KEY)]) {
      const make = (text: string) => upper(createHmac('sha256', key).update(encode(text)).digest('hex'));
      expect(signIds(verifySigned(make))).toBe('charset');
    }
  });

  const CHINESE = '订单一号';

  test.each([
    { used: 'GBK', bytes: Buffer.from('b6a9b5a5d2bbbac5', 'hex') },
    { used: 'ISO-8859-1', bytes: Buffer.from('????') },
  ])('a msgid in Chinese as $used', ({ used, bytes }) => {
    const [head, tail] = [Buffer.from(`${APP_ID}2.0`), Buffer.from(`${SENT_AT}0${TOKEN}${APP_SECRET}`)];
    const subject = loginSigned(md5Bytes(Buffer.concat([head, bytes, tail])), { msgid: CHINESE });
    expect(signIds(subject)).toBe('charset');
    expect(evidenceOf(subject, 'sign.charset')).toMatchObject({ used });
  });
});

const timed = (time: string) => `${APP_ID}2.0${MSG_ID}${time}0${TOKEN}${APP_SECRET}`;

describe('the signed time differs from the sent time', () => {
  test.each([
    { description: 'a millisecond later', time: '20261125093619763' },
    { description: '2500 ms earlier', time: '20261125093617262' },
    { description: 'in seconds', time: '20261125093619' },
    { description: 'in UTC', time: '20261125013619762' },
    { description: 'in epoch milliseconds', time: String(NOW_MS - 238) },
  ])('$description', ({ time }) => {
    const subject = loginSigned(md5(timed(time)));
    expect(signIds(subject)).toBe('time-differs');
    expect(evidenceOf(subject, 'sign.time-differs')).toMatchObject({
      fields: ['systemtime'],
      signed: time,
      sent: SENT_AT,
      text: timed(time),
    });
  });

  test('a millisecond later, at verify and with RSA', () => {
    const swap = (text: string) => text.replace(SENT_AT, '20261125093619763');
    expect(signIds(verifySigned((text) => hmac(swap(text), APP_KEY)))).toBe('time-differs');
    expect(signIds(verifyRsaSigned((text) => rsa('RSA-MD5', swap(text)).toString('base64')))).toBe('time-differs');
  });

  test('2501 ms earlier is not searched', () => {
    expect(signIds(loginSigned(md5(timed('20261125093617261'))))).toBe('no-match');
  });

  test('the current time, although the sent time is frozen', () => {
    const systemtime = '20261124080000000';
    expect(signIds(loginSigned(md5(timed('20261125093619990')), { systemtime }))).toBe('time-differs');
  });
});

describe('a time of 17 digits that was converted to a double', () => {
  const detail = (subject: Subject) =>
    explain(subject, 'en').findings.find(({ id }) => id === 'sign.time-differs')?.detail;

  // As OpenJDK 17, Python, .NET Framework and PHP write them.
  test.each([
    { systemtime: SENT_AT, time: '2.026112509361976E16' },
    { systemtime: '20261125093619767', time: '2.0261125093619768E16' },
    { systemtime: SENT_AT, time: '2.026112509361976e+16' },
    { systemtime: SENT_AT, time: '2.02611250936198E+16' },
    { systemtime: SENT_AT, time: '2.026112509362E+16' },
  ])('$time was signed', ({ systemtime, time }) => {
    const subject = loginSigned(md5(timed(time)), { systemtime });
    expect(signIds(subject)).toBe('time-differs');
    expect(detail(subject)).toMatch(/^The time was converted to a floating-point number/);
  });

  test('a rounded time may also come from two calls of the clock', () => {
    // Beyond 2^54 only every fourth number is a double.
    const subject = loginSigned(md5(timed('20261125093619760')));
    expect(detail(subject)).toMatch(/^The signed string has 20261125093619760 .* Or the 17 digits were converted/);
    const inJavaScript = loginSigned(md5(timed('20261125093619767')), { systemtime: '20261125093619770' });
    expect(detail(inJavaScript)).toContain('floating');
    expect(detail(loginSigned(md5(timed('20261125093619765'))))).not.toContain('floating');
  });

  test('a time sent as a number was certainly converted', () => {
    const readings = { 'json-numbers': 'any' } as const;
    const sign = md5(timed('20261125093619762'));
    const subject = loginSigned(sign, { systemtime: 20261125093619760 }, { scene: { readings } });
    expect(signIds(subject)).toBe('time-differs');
    expect(detail(subject)).toMatch(/^The time was converted to a floating-point number/);
  });
});

describe('the signed msgid differs from the sent msgid', () => {
  const withMsgId = (msgId: string) => md5(`${APP_ID}2.0${msgId}${SENT_AT}0${TOKEN}${APP_SECRET}`);
  const DASHED = 'bed1dc7f-6cd6-45b9-be90-06ae08040c93';

  test.each([
    { description: 'with dashes', msgId: DASHED },
    { description: 'in upper case', msgId: MSG_ID.toUpperCase() },
    { description: 'with dashes, in upper case', msgId: DASHED.toUpperCase() },
  ])('$description', ({ msgId }) => {
    const subject = loginSigned(withMsgId(msgId));
    expect(signIds(subject)).toBe('msgid-differs');
    expect(evidenceOf(subject, 'sign.msgid-differs')).toMatchObject({ fields: ['msgid'], signed: msgId, sent: MSG_ID });
  });

  test('without the dashes of the sent msgid', () => {
    expect(signIds(loginSigned(withMsgId(MSG_ID), { msgid: DASHED }))).toBe('msgid-differs');
  });

  test('an unrelated msgid is not found', () => {
    expect(signIds(loginSigned(withMsgId('0123456789abcdef0123456789abcdef')))).toBe('no-match');
  });
});

describe('values of an earlier request', () => {
  const earlier: readonly EarlierRequest[] = [
    {
      id: 'abc123-1',
      receivedAtMs: NOW_MS - 60_000,
      token: undefined,
      sentAt: '20261125093519111',
      msgId: 'earlier-1',
      resultCode: '103000',
    },
  ];
  const signed = (msgId: string, time: string) =>
    loginSigned(md5(`${APP_ID}2.0${msgId}${time}0${TOKEN}${APP_SECRET}`), {}, { around: { earlier } });

  test.each([
    { description: 'the time', subject: signed(MSG_ID, '20261125093519111'), ids: 'time-differs' },
    { description: 'the msgid', subject: signed('earlier-1', SENT_AT), ids: 'msgid-differs' },
    { description: 'both', subject: signed('earlier-1', '20261125093519111'), ids: 'time-differs msgid-differs' },
  ])('$description', ({ subject, ids }) => {
    expect(signIds(subject)).toBe(ids);
    const [id = ''] = ids.split(' ');
    expect(evidenceOf(subject, `sign.${id}`)).toMatchObject({ requestId: 'abc123-1' });
  });
});

describe('RSA-PSS', () => {
  test.each(['SHA256', 'SHA1', 'SHA512'])('with %s', (name) => {
    const login = loginRsaSigned(hexOf(rsaPss(`RSA-${name}`, LOGIN_RSA_TEXT)));
    expect(signIds(login)).toBe('algorithm');
    const used = `${name}withRSA/PSS`;
    expect(evidenceOf(login, 'sign.algorithm')).toMatchObject({ used, due: 'SHA256withRSA', text: LOGIN_RSA_TEXT });
    const verify = verifyRsaSigned((text) => rsaPss(`RSA-${name}`, text).toString('base64'));
    expect(evidenceOf(verify, 'sign.algorithm')).toMatchObject({ used, due: 'MD5withRSA' });
  });

  test('with the longest salt is always recognised', () => {
    const signed = () => loginRsaSigned(hexOf(rsaPss('RSA-SHA512', LOGIN_RSA_TEXT)));
    const used = Array.from({ length: 40 }, () => evidenceOf(signed(), 'sign.algorithm')?.['used']);
    expect(new Set(used)).toEqual(new Set(['SHA512withRSA/PSS']));
  });

  test('of an unknown text still shows the padding', () => {
    expect(signIds(loginRsaSigned(hexOf(rsaPss('RSA-SHA256', 'another text'))))).toBe('algorithm');
  });
});

describe('the text of a Java map', () => {
  const ENTRIES = {
    appid: APP_ID,
    version: '2.0',
    msgid: MSG_ID,
    systemtime: SENT_AT,
    strictcheck: '0',
    token: TOKEN,
  };
  const mapOf = (names: readonly string[], more: readonly string[] = []) =>
    `{${[...names.map((name) => `${name}=${ENTRIES[name as keyof typeof ENTRIES]}`), ...more].join(', ')}}`;
  const NATURAL = Object.keys(ENTRIES).toSorted();
  // As OpenJDK 17 prints a HashMap of these.
  const HASHED = ['appid', 'strictcheck', 'msgid', 'systemtime', 'version', 'token'];

  test.each([
    {
      description: 'a TreeMap, with the secret after it',
      text: mapOf(NATURAL) + APP_SECRET,
      ids: 'field-order separator',
    },
    { description: 'a LinkedHashMap', text: mapOf(Object.keys(ENTRIES)) + APP_SECRET, ids: 'separator' },
    { description: 'a HashMap', text: mapOf(HASHED) + APP_SECRET, ids: 'field-order separator' },
    {
      description: 'with the secret as an entry',
      text: mapOf(Object.keys(ENTRIES), [`key=${APP_SECRET}`]),
      ids: 'separator',
    },
  ])('$description', ({ text, ids }) => {
    const subject = loginSigned(md5(text));
    expect(signIds(subject)).toBe(ids);
    expect(evidenceOf(subject, 'sign.separator')?.['used']).toMatch(/^\{name=value, name=value\}/);
  });

  test('as the text of an HMAC', () => {
    const make = (_: string, phoneNum: string) => {
      const entries = { appId: APP_ID, msgId: MSG_ID, phoneNum, timestamp: SENT_AT, token: TOKEN, version: '1.0' };
      const text = Object.entries(entries).map(([name, value]) => `${name}=${value}`);
      return hmac(`{${text.join(', ')}}`, APP_KEY);
    };
    expect(signIds(verifySigned(make))).toBe('separator');
  });
});

test('a correct signature has none of these differences', () => {
  expect(signIds(loginSigned(digest('md5', LOGIN_TEXT + APP_SECRET)))).toBe('');
});
