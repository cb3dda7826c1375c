/** Mistakes in phoneNum with a correct signature. The document, 2.3 phoneNum. */
import { DECRYPT_PAIR, phoneHash, type Step, SUBSCRIBER } from './attempt.js';
import { base64, beijingTime, digest, hmacSha256, lowerHex, rsaEncrypt, upperHex } from './client.js';
import type { Mistake } from './mistake.js';

const HASH = { mode: 'verify HMAC' } as const;
const RSA = { mode: 'verify RSA' } as const;

const sentAt = ({ fields }: Step) => String(fields['timestamp']);

/** The document's recipe with another number in it. */
function hashOf(number: string): (step: Step) => string {
  return (step) => phoneHash(number + step.app.appKey + sentAt(step));
}

function ciphertextOf(number: string): (step: Step) => string {
  return (step) => encrypted(step, number + step.app.appKey + sentAt(step));
}

function encrypted({ app }: Step, text: string): string {
  return base64(rsaEncrypt(text, app.platformPublicKey));
}

/** The subscriber's number as a form may hold it. */
const COUNTRY_CODES = [`+86${SUBSCRIBER}`, `86${SUBSCRIBER}`, `0086${SUBSCRIBER}`];
const FORMATTED = ['138 0013 8000', '138-0013-8000', ` ${SUBSCRIBER}`];

export const PHONES: readonly Mistake[] = [
  {
    ...HASH,
    description: 'HashUtil receives only the number',
    phoneNum: () => phoneHash(SUBSCRIBER),
    resultCode: '001',
    finding: 'phone.hash-alone',
  },
  {
    ...HASH,
    description: 'only phoneNum has APPSecret instead of appKey',
    phoneNum: (step) => phoneHash(SUBSCRIBER + step.app.appSecret + sentAt(step)),
    resultCode: '001',
    finding: 'phone.secret-swapped',
  },
  {
    ...RSA,
    description: 'the ciphertext has APPSecret instead of appKey',
    phoneNum: (step) => encrypted(step, SUBSCRIBER + step.app.appSecret + sentAt(step)),
    resultCode: '004',
    finding: 'phone.secret-swapped',
  },
  {
    ...HASH,
    description: 'phoneNum is hashed as appKey + number + timestamp',
    phoneNum: (step) => phoneHash(step.app.appKey + SUBSCRIBER + sentAt(step)),
    resultCode: '001',
    finding: 'phone.field-order',
    begins: { en: 'phoneNum was calculated from ', zh: 'phoneNum 是用 ' },
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is hashed as number + timestamp + appKey',
    phoneNum: (step) => phoneHash(SUBSCRIBER + sentAt(step) + step.app.appKey),
    resultCode: '001',
    finding: 'phone.field-order',
    next: '000',
  },
  {
    ...RSA,
    description: 'the ciphertext has appKey + number + timestamp',
    phoneNum: (step) => encrypted(step, step.app.appKey + SUBSCRIBER + sentAt(step)),
    resultCode: '004',
    finding: 'phone.field-order',
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is hashed without the timestamp',
    phoneNum: (step) => phoneHash(SUBSCRIBER + step.app.appKey),
    resultCode: '001',
    finding: 'phone.timestamp-missing',
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is hashed with MD5',
    phoneNum: (step) => upperHex(digest('md5', SUBSCRIBER + step.app.appKey + sentAt(step))),
    resultCode: '004',
    finding: 'phone.algorithm',
    begins: {
      en: 'phoneNum was made with MD5. Use SHA-256',
      zh: 'phoneNum 用的算法是 MD5，应该用不带密钥的 SHA-256',
    },
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is hashed with SHA-1 in lower case',
    phoneNum: (step) => lowerHex(digest('sha1', SUBSCRIBER + step.app.appKey + sentAt(step))),
    resultCode: '004',
    finding: 'phone.algorithm',
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is an HMAC, like the signature',
    phoneNum: (step) => upperHex(hmacSha256(SUBSCRIBER + sentAt(step), step.app.appKey)),
    resultCode: '001',
    finding: 'phone.algorithm',
    next: '000',
  },
  {
    ...HASH,
    description: 'phoneNum is the number itself',
    phoneNum: () => SUBSCRIBER,
    resultCode: '004',
    finding: 'phone.plain',
    begins: { en: `phoneNum was sent in plain text: ${SUBSCRIBER}.`, zh: `phoneNum 传的是明文：${SUBSCRIBER}。` },
    next: '000',
  },
  {
    ...RSA,
    description: 'phoneNum is the number itself with keyType 1',
    phoneNum: () => SUBSCRIBER,
    resultCode: '004',
    finding: 'phone.plain',
    next: '000',
  },
  {
    ...HASH,
    description: 'the time is taken once for phoneNum and once for the header',
    phoneNum: ({ app, nowMs }) => phoneHash(SUBSCRIBER + app.appKey + beijingTime(nowMs - 3)),
    resultCode: '001',
    finding: 'phone.timestamp-differs',
  },
  {
    ...RSA,
    description: 'the time is taken once for the ciphertext and once for the header',
    phoneNum: (step) => encrypted(step, SUBSCRIBER + step.app.appKey + beijingTime(step.nowMs - 3)),
    resultCode: '004',
    finding: 'phone.timestamp-differs',
  },
  {
    ...HASH,
    description: 'hexdigest() writes phoneNum in lower case',
    phoneNum: (step) => lowerHex(digest('sha256', SUBSCRIBER + step.app.appKey + sentAt(step))),
    resultCode: '004',
    finding: 'phone.case',
  },
  ...COUNTRY_CODES.flatMap((number): readonly Mistake[] => [
    {
      ...HASH,
      description: `the number is hashed as ${number}`,
      phoneNum: hashOf(number),
      resultCode: '001',
      finding: 'phone.country-code',
    },
    {
      ...RSA,
      description: `the number is encrypted as ${number}`,
      phoneNum: ciphertextOf(number),
      resultCode: '004',
      finding: 'phone.country-code',
    },
  ]),
  ...FORMATTED.map(
    (number): Mistake => ({
      ...HASH,
      description: `the number is hashed as "${number}"`,
      phoneNum: hashOf(number),
      resultCode: '001',
      finding: 'phone.formatted',
    }),
  ),
  {
    ...RSA,
    description: 'the number is encrypted with its dashes',
    phoneNum: ciphertextOf('138-0013-8000'),
    resultCode: '004',
    finding: 'phone.formatted',
  },
  {
    ...RSA,
    description: 'the ciphertext is written in hex',
    phoneNum: (step) => upperHex(rsaEncrypt(SUBSCRIBER + step.app.appKey + sentAt(step), step.app.platformPublicKey)),
    resultCode: '004',
    finding: 'phone.encoding',
  },
  {
    ...RSA,
    description: 'the number is encrypted with 应用公钥2 instead of 平台公钥',
    phoneNum: (step) => base64(rsaEncrypt(SUBSCRIBER + step.app.appKey + sentAt(step), DECRYPT_PAIR.publicKey)),
    resultCode: '004',
    finding: 'phone.key-pair',
  },
  {
    ...HASH,
    description: 'the user typed the number of another SIM card',
    phoneNum: hashOf('13800138001'),
    resultCode: '001',
    finding: 'phone.different',
  },
  {
    ...RSA,
    description: 'the user typed the number of another SIM card with keyType 1',
    phoneNum: ciphertextOf('13800138001'),
    resultCode: '001',
    finding: 'phone.different',
  },
  {
    ...HASH,
    description: 'a 联通 number is verified here, which works',
    mint: { phoneNumber: '13000130000' },
    phoneNum: hashOf('13000130000'),
    resultCode: '000',
    finding: 'phone.other-network',
  },
  {
    ...RSA,
    description: 'a 电信 number is verified here, which works',
    mint: { phoneNumber: '13300133000' },
    phoneNum: ciphertextOf('13300133000'),
    resultCode: '000',
    finding: 'phone.other-network',
  },
];
