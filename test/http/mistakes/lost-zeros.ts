/** Hex from number formatters, for digests that begin with a zero: one in sixteen. The document, 1.2 sign, 2.3 sign and phoneNum. */
import { type Given, loginFields, phoneHash, type Step, SUBSCRIBER, verifyFields } from './attempt.js';
import {
  bigIntegerHex,
  byteByByteHex,
  digest,
  type Fields,
  hmacSha256,
  join,
  LOGIN_ORDER,
  upperHex,
  VERIFY_ORDER,
} from './client.js';
import type { Mistake } from './mistake.js';

const MD5 = { mode: 'login MD5' } as const;
const HMAC = { mode: 'verify HMAC' } as const;

const md5Of = ({ fields, app }: Step) => digest('md5', join(fields, LOGIN_ORDER) + app.appSecret);
const hmacOf = ({ fields, app }: Step) => hmacSha256(join(fields, VERIFY_ORDER), app.appKey);
const phoneTextOf = ({ fields, app }: Step) => SUBSCRIBER + app.appKey + String(fields['timestamp']);

/** Only the first byte is under 16: then both formatters produce the same text, and the more common one is reported. */
const beginsWithZero = (bytes: Buffer) => upperHex(bytes).startsWith('0');
const hasZeroWithin = (bytes: Buffer) => !beginsWithZero(bytes) && bytes.some((byte) => byte < 16);

/** The first msgid with such a signature. */
function login(matches: (sign: Buffer) => boolean): (given: Given) => Fields {
  return (given) => {
    const signFor = (msgid: string) => md5Of({ ...given, fields: { ...loginFields(given), msgid } });
    return { msgid: firstMatch((msgid) => matches(signFor(msgid))) };
  };
}

function verify(matches: (sign: Buffer) => boolean): (given: Given) => Fields {
  return (given) => {
    const fields = verifyFields(given);
    const phoneNum = phoneHash(phoneTextOf({ ...given, fields }));
    const signFor = (msgId: string) => hmacOf({ ...given, fields: { ...fields, phoneNum, msgId } });
    return { msgId: firstMatch((msgId) => matches(signFor(msgId))) };
  };
}

/** Tries texts until one fits. */
function firstMatch(matches: (text: string) => boolean): string {
  for (let at = 1; ; at += 1) if (matches(String(at))) return String(at);
}

/** The latest moment, no more than some milliseconds ago, at which phoneNum begins with a zero. */
function timestampFor(given: Given): Fields {
  const matches = (ago: string) => {
    const fields = verifyFields({ ...given, nowMs: given.nowMs - Number(ago) });
    return beginsWithZero(digest('sha256', phoneTextOf({ ...given, fields })));
  };
  return { timestamp: verifyFields({ ...given, nowMs: given.nowMs - Number(firstMatch(matches)) })['timestamp'] };
}

export const LOST_ZEROS: readonly Mistake[] = [
  {
    ...MD5,
    description: 'a Java client writes the MD5 by BigInteger.toString(16), in upper case',
    fields: login(beginsWithZero),
    sign: (step) => bigIntegerHex(md5Of(step)).toUpperCase(),
    resultCode: '103101',
    finding: 'sign.leading-zero',
  },
  {
    ...MD5,
    description: 'a Java client writes the MD5 by BigInteger.toString(16)',
    fields: login(beginsWithZero),
    sign: (step) => bigIntegerHex(md5Of(step)),
    resultCode: '103101',
    finding: 'sign.leading-zero',
    behind: ['sign.case'],
  },
  {
    ...MD5,
    description: 'BigInteger.toString(16) of a digest without a leading zero is complete, and works',
    fields: login((sign) => !beginsWithZero(sign)),
    sign: (step) => bigIntegerHex(md5Of(step)),
    resultCode: '103000',
    finding: 'sign.case',
  },
  {
    ...MD5,
    description: 'a Java client writes each byte of the MD5 by Integer.toHexString',
    fields: login(hasZeroWithin),
    sign: (step) => byteByByteHex(md5Of(step)).toUpperCase(),
    resultCode: '103101',
    finding: 'sign.leading-zero',
  },
  {
    ...HMAC,
    description: 'a Java client writes the HMAC by BigInteger.toString(16), in upper case',
    fields: verify(beginsWithZero),
    sign: (step) => bigIntegerHex(hmacOf(step)).toUpperCase(),
    resultCode: '302',
    finding: 'sign.leading-zero',
  },
  {
    ...HMAC,
    description: 'a Java client writes phoneNum by BigInteger.toString(16), in upper case',
    fields: timestampFor,
    phoneNum: (step) => bigIntegerHex(digest('sha256', phoneTextOf(step))).toUpperCase(),
    resultCode: '004',
    finding: 'phone.leading-zero',
  },
  {
    ...MD5,
    description: 'the last digit of a signature is lost in transit',
    // A last byte of zero, cut, is also what a loop that writes byte by byte makes of it.
    fields: login((sign) => !beginsWithZero(sign) && sign.at(-1) !== 0),
    sign: (step) => upperHex(md5Of(step)).slice(0, -1),
    resultCode: '103101',
    finding: 'sign.no-match',
  },
];
