/** token-validate-phone-num.json and token-validate-phone-num-pitfalls.json: the hashed number, keyType 0. The document, 2.3 phoneNum. */
import { APP_ID, APP_KEY, APP_SECRET, FIRST_SOURCE, PHONE_NUMBER, SOURCE, VERIFY_TIMESTAMP } from './app.mjs';
import { asNumber, base64, byteByByte, lowerHex, mixedHex, upperHex } from './bytes.mjs';
import { digest, hmac } from './openssl.mjs';
import { asDouble, joined } from './sign-test.mjs';

const sha256 = (text) => upperHex(digest('sha256', text));

function testAt(timestamp) {
  return ({ comment, phoneNumber = PHONE_NUMBER, result = 'invalid', flags = [], hashed, make = sha256 }) => {
    const right = phoneNumber + APP_KEY + timestamp;
    const text = hashed === undefined ? right : hashed({ phoneNumber, timestamp });
    return {
      comment,
      phoneNumber,
      phoneNum: make(text),
      result,
      flags,
      stringToHash: right,
      ...(text !== right && { hashedText: text }),
    };
  };
}

/** Hashes a changed number. */
const number =
  (change) =>
  ({ phoneNumber, timestamp }) =>
    change(phoneNumber) + APP_KEY + timestamp;
const secret =
  (text) =>
  ({ phoneNumber, timestamp }) =>
    phoneNumber + text + timestamp;
const parts = (order) => (values) => joined(order({ appKey: APP_KEY, ...values }));

const FIRST = [
  { comment: 'valid', result: 'valid' },
  { comment: 'only the phone number', flags: ['MissingField'], hashed: parts(({ phoneNumber }) => [phoneNumber]) },
  {
    comment: 'no timestamp',
    flags: ['MissingField'],
    hashed: parts(({ phoneNumber, appKey }) => [phoneNumber, appKey]),
  },
  { comment: 'with +86', flags: ['CountryCode'], hashed: number((text) => `+86${text}`) },
  {
    comment: 'another timestamp',
    flags: ['StaleField'],
    hashed: ({ phoneNumber }) => `${phoneNumber}${APP_KEY}20180104090953789`,
  },
  { comment: 'appSecret instead of appKey', flags: ['WrongSecret'], hashed: secret(APP_SECRET) },
];

const VALID = [
  { comment: 'the highest number', phoneNumber: '19999999999' },
  { comment: 'a number of a virtual operator', phoneNumber: '17012345678' },
  { comment: 'a number of another operator', phoneNumber: '18900000000' },
].map((row) => ({ ...row, result: 'valid', flags: ['Basic'] }));

const NUMBERS = [
  { comment: 'with 86', flags: ['CountryCode'], hashed: number((text) => `86${text}`) },
  { comment: 'with 0086', flags: ['CountryCode'], hashed: number((text) => `0086${text}`) },
  { comment: 'with +86 and a space', flags: ['CountryCode'], hashed: number((text) => `+86 ${text}`) },
  { comment: 'with a leading zero', flags: ['FormattedNumber'], hashed: number((text) => `0${text}`) },
  { comment: 'with spaces', flags: ['FormattedNumber'], hashed: number(() => '138 0013 8000') },
  { comment: 'with dashes', flags: ['FormattedNumber'], hashed: number(() => '138-0013-8000') },
  { comment: 'with a space after it', flags: ['FormattedNumber'], hashed: number((text) => `${text} `) },
  { comment: 'masked', flags: ['FormattedNumber'], hashed: number(() => '138****8000') },
  { comment: 'in full-width digits', flags: ['FormattedNumber'], hashed: number(() => '１３８００１３８０００') },
  { comment: 'another number', flags: ['StaleField'], hashed: number(() => '13800138001') },
];

const SECRETS = [
  { comment: 'appKey in lower case', hashed: secret(APP_KEY.toLowerCase()) },
  { comment: 'appId instead of appKey', hashed: secret(APP_ID) },
  { comment: 'appKey and appSecret', hashed: secret(APP_KEY + APP_SECRET) },
].map((row) => ({ ...row, flags: ['WrongSecret'] }));

const TEXTS = [
  {
    comment: 'no appKey',
    flags: ['MissingField'],
    hashed: parts(({ phoneNumber, timestamp }) => [phoneNumber, timestamp]),
  },
  {
    comment: 'timestamp before appKey',
    flags: ['FieldOrder'],
    hashed: parts(({ phoneNumber, appKey, timestamp }) => [phoneNumber, timestamp, appKey]),
  },
  {
    comment: 'appKey first',
    flags: ['FieldOrder'],
    hashed: parts(({ phoneNumber, appKey, timestamp }) => [appKey, phoneNumber, timestamp]),
  },
  {
    comment: 'appId after the text',
    flags: ['ExtraField'],
    hashed: parts(({ phoneNumber, appKey, timestamp }) => [phoneNumber, appKey, timestamp, APP_ID]),
  },
  {
    comment: 'joined with +',
    flags: ['Separator'],
    hashed: ({ phoneNumber, timestamp }) => joined([phoneNumber, APP_KEY, timestamp], '+'),
  },
  {
    comment: 'joined with a space',
    flags: ['Separator'],
    hashed: ({ phoneNumber, timestamp }) => joined([phoneNumber, APP_KEY, timestamp], ' '),
  },
  {
    comment: 'a line feed at the end',
    flags: ['TrailingNewline'],
    hashed: ({ phoneNumber, timestamp }) => `${phoneNumber}${APP_KEY}${timestamp}\n`,
  },
  {
    comment: 'timestamp without milliseconds',
    flags: ['StaleField'],
    hashed: ({ phoneNumber, timestamp }) => phoneNumber + APP_KEY + timestamp.slice(0, 14),
  },
];

const HASHES = [
  {
    comment: 'lower-case hex',
    result: 'acceptable',
    flags: ['HexCase'],
    make: (text) => lowerHex(digest('sha256', text)),
  },
  {
    comment: 'hex in mixed case',
    result: 'acceptable',
    flags: ['HexCase'],
    make: (text) => mixedHex(digest('sha256', text)),
  },
  { comment: 'MD5', flags: ['WrongAlgorithm'], make: (text) => upperHex(digest('md5', text)) },
  { comment: 'SHA-1', flags: ['WrongAlgorithm'], make: (text) => upperHex(digest('sha1', text)) },
  { comment: 'SHA-512', flags: ['WrongAlgorithm'], make: (text) => upperHex(digest('sha512', text)) },
  {
    comment: 'HMACSHA256 of the number and the timestamp, with appKey as the key',
    flags: ['WrongAlgorithm'],
    hashed: ({ phoneNumber, timestamp }) => phoneNumber + timestamp,
    make: (text) => upperHex(hmac('sha256', APP_KEY, text)),
  },
  { comment: 'SHA-256 of the SHA-256', flags: ['DoubleHash'], make: (text) => sha256(sha256(text)) },
  { comment: 'Base64 instead of hex', flags: ['WrongEncoding'], make: (text) => base64(digest('sha256', text)) },
  {
    comment: 'the plain number',
    flags: ['NotEncrypted'],
    hashed: ({ phoneNumber }) => phoneNumber,
    make: (text) => text,
  },
  { comment: 'the first 32 digits', flags: ['Truncated'], make: (text) => sha256(text).slice(0, 32) },
  { comment: 'empty', flags: ['Empty'], make: () => '' },
];

const LEADING_ZERO = [
  { comment: 'a hash that begins with zero', result: 'valid' },
  { comment: 'the leading zero is missing', make: (text) => asNumber(sha256(text)) },
  { comment: 'the leading zero of each byte below 16 is missing', make: (text) => byteByByte(sha256(text)) },
].map((row) => ({ ...row, flags: ['LeadingZero'], phoneNumber: '13800000003' }));

const YEAR_END = [{ comment: 'the last millisecond of a year', result: 'valid', flags: ['TimeEdge'] }];
const LEAP_DAY = [{ comment: 'the first millisecond of a leap day', result: 'valid', flags: ['TimeEdge'] }];
const ODD_TIME = '20180104090953789';
const ODD = [
  {
    comment: 'timestamp was converted to a double before it was hashed',
    flags: ['Precision'],
    hashed: ({ phoneNumber }) => phoneNumber + APP_KEY + asDouble(ODD_TIME),
  },
];

function group(source, timestamp, rows) {
  const credentials = { appKey: APP_KEY, timestamp };
  return {
    source,
    operation: 'tokenValidate',
    algorithm: 'SHA256 phoneNum',
    ...credentials,
    tests: rows.map(testAt(timestamp)),
  };
}

export const TOKEN_VALIDATE_PHONE_NUM = {
  file: 'token-validate-phone-num',
  firstTcId: 41,
  type: 'TokenValidatePhoneNumHash',
  groups: [group(FIRST_SOURCE, VERIFY_TIMESTAMP, FIRST)],
};

export const TOKEN_VALIDATE_PHONE_NUM_PITFALLS = {
  file: 'token-validate-phone-num-pitfalls',
  firstTcId: 501,
  type: 'TokenValidatePhoneNumHash',
  groups: [
    group(SOURCE, VERIFY_TIMESTAMP, [...VALID, ...NUMBERS, ...SECRETS, ...TEXTS, ...HASHES, ...LEADING_ZERO]),
    group(SOURCE, '20241231235959999', YEAR_END),
    group(SOURCE, '20240229000000000', LEAP_DAY),
    group(SOURCE, ODD_TIME, ODD),
  ],
};
