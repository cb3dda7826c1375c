/** The bound of the signature search, in all four modes, for documented bodies and for larger ones; and its shared result. */
import { describe, expect, test } from 'vitest';
import { CANDIDATES_MAX, KEYS_MAX, searchSign } from '../../../../mock-server/explain/sign/search.js';
import type { EarlierRequest, OtherApp, Subject } from '../../../../mock-server/explain/subject.js';
import { NOW_MS } from '../../../support/engine.js';
import { publicKeyOf, TEST_KEYS } from '../../../support/keys.js';
import {
  APP_SECRET,
  DECRYPT_KEY,
  evidenceOf,
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

const EARLIER: readonly EarlierRequest[] = Array.from({ length: 1000 }, (_, at) => ({
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
  { description: 'verify, HMAC, 32 bytes', subject: () => verifySigned(() => hexOfBytes(32), VERIFY) },
  { description: 'verify, RSA, 32 bytes', subject: () => verifyRsaSigned(() => hexOfBytes(32), VERIFY_RSA) },
  {
    description: 'login, RSA, a signature',
    subject: () => loginRsaSigned(hexOf(signature('RSA-SHA256')), LOGIN_RSA),
  },
  {
    description: 'verify, RSA, a signature',
    subject: () => verifyRsaSigned(() => signature('RSA-MD5').toString('base64'), VERIFY_RSA),
  },
  {
    description: 'login, MD5, after a thousand earlier requests',
    subject: () =>
      loginSigned(hexOfBytes(16), { ...LOGIN, systemtime: '20261124080000000' }, { around: { earlier: EARLIER } }),
  },
  {
    description: 'verify, HMAC, after a thousand earlier requests',
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
    expect(search).toMatchObject({ searched: true, reproduced: false, mistakes: [], complete: true });
    expect(search.candidates).toBeLessThanOrEqual(CANDIDATES_MAX);
    expect(search.candidates).toBeGreaterThan(10_000);
  });
});

const UNKNOWN_FIELDS = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`field${i}`, `value ${i}`]));
const ODD = { ...UNKNOWN_FIELDS, msgid: 'a b+%2F', token: 'STsid+/%2B =', systemtime: '2026 11+25' };
const LONG = 'x+'.repeat(20_000);

describe('the search for an unusual body stops at the bound, and the evidence shows it', () => {
  test.each([
    { description: 'forty unknown fields', subject: () => loginSigned(hexOfBytes(16), ODD) },
    { description: 'a token of 40 000 characters', subject: () => loginSigned(hexOfBytes(16), { token: LONG }) },
    {
      description: 'an unknown field of 40 000',
      subject: () => verifySigned(() => hexOfBytes(32), { body: { x: LONG } }),
    },
  ])('$description', ({ subject }) => {
    const one = subject();
    const { candidates, complete } = searchSign(one);
    expect(complete).toBe(false);
    expect(candidates).toBeLessThanOrEqual(CANDIDATES_MAX);
    expect(evidenceOf(one, 'sign.no-match')).toMatchObject({ candidates, complete: 'no' });
  });

  test('more keys than the bound', () => {
    const verifyKey = publicKeyOf(TEST_KEYS.platform.publicKey);
    const other: OtherApp = { appId: '300000000002', verifyKey, encryptKey: undefined };
    const otherApps = Array.from({ length: KEYS_MAX }, () => other);
    const sign = hexOf(Buffer.alloc(128));
    expect(searchSign(loginRsaSigned(sign, {}, { around: { otherApps } }))).toMatchObject({
      candidates: KEYS_MAX,
      complete: false,
    });
  });
});

test('a long token does not hide a common mistake', () => {
  const { text } = searchSign(loginSigned(md5(LOGIN_TEXT), {}));
  expect(text).toBe(LOGIN_TEXT);
  const head = LOGIN_TEXT.slice(0, -56);
  expect(signIds(loginSigned(md5(APP_SECRET + head + LONG), { token: LONG }))).toBe('field-order');
});

test('all findings share one search', () => {
  const subject = loginSigned(md5(LOGIN_TEXT));
  expect(searchSign(subject)).toBe(searchSign(subject));
});

test('a signature over an unknown text still shows its key', () => {
  const subject = loginRsaSigned(hexOf(rsa('RSA-SHA256', 'another text', DECRYPT_KEY)));
  expect(searchSign(subject)).toMatchObject({ reproduced: false, text: undefined });
  expect(signIds(subject)).toBe('key-pair');
});
