/** token-validate-phone-num-rsa.json: the encrypted number, keyType 1. The document, 2.3 phoneNum. */
import {
  APP_KEY,
  APP_SECRET,
  keySize,
  PHONE_NUMBER,
  privateHalf,
  publicHalf,
  SOURCE,
  VERIFY_TIMESTAMP,
} from './app.mjs';
import {
  base64,
  encrypted,
  endedAfter,
  filledWith,
  lowerHex,
  plusModulus,
  upperHex,
  withLastByteChanged,
  withoutLeadingZero,
  wrapped,
} from './bytes.mjs';
import { digest, publicPower } from './openssl.mjs';
import { joined } from './sign-test.mjs';

export const KEY = 'platform';
/** Labels of the padding: the first ciphertext begins with a zero byte, and the modulus can be added to the second. */
const LEADING_ZERO = 'phoneNum 224';
const SMALL = 'phoneNum 0';

/** The RSAES-OAEP block of the usual text, before encryption. */
const OAEP_BLOCK =
  '005b0ce8e34b36ef26f0ecaacd41df302f035f47be4cc8021f6b11aeae2b01ca53fa46ab313abe39b8568064fbc94b83' +
  'a2d09a666567070198f20029f426c879f1bfccc7b91e37a3da95417842d87b7cf8c37415c7797947c55f4963eca81471' +
  'df496323001a140bbf23a5b40ca4e6e72fb2736977457e03167adf7df37e4163';

/** The label of the fixed padding is `padding` or the comment, so a changed comment needs the old one as `padding`. */
function test({ comment, phoneNumber = PHONE_NUMBER, result = 'invalid', flags = [], make = base64, ...row }) {
  const right = phoneNumber + APP_KEY + VERIFY_TIMESTAMP;
  const { key = KEY, text = right, padding = comment } = row;
  const { ciphertext = encrypted(text, { key, padding, ...row.block }) } = row;
  return {
    comment,
    phoneNumber,
    phoneNum: make(ciphertext),
    result,
    flags,
    stringToEncrypt: right,
    ...(text !== right && { encryptedText: text }),
  };
}

const VALID = [
  { comment: 'valid', flags: ['Basic'] },
  { comment: 'another number', flags: ['Basic'], phoneNumber: '19912345678' },
  { comment: 'a ciphertext that begins with zero', flags: ['LeadingZero'], padding: LEADING_ZERO },
  { comment: 'a padding of only FF', flags: ['PaddingEdge'], padding: filledWith(0xff) },
  { comment: 'a padding of only 01', flags: ['PaddingEdge'], padding: filledWith(0x01) },
].map((row) => ({ ...row, result: 'valid' }));

const wrap = (width, lineEnd) => (bytes) => wrapped(base64(bytes), { width, lineEnd });

const WRAPPED = [
  { comment: 'base64 wrapped at 76 characters with CR LF', make: wrap(76, '\r\n') },
  { comment: 'base64 wrapped at 64 characters', make: wrap(64, '\n') },
  { comment: 'base64 with a line feed at the end', make: (bytes) => `${base64(bytes)}\n` },
].map((row) => ({ ...row, result: 'acceptable', flags: ['WrappedBase64'] }));

const ENCODINGS = [
  { comment: 'upper-case hex', flags: ['WrongEncoding'], make: upperHex },
  { comment: 'lower-case hex', flags: ['WrongEncoding'], make: lowerHex },
  { comment: 'Base64 of the hex', flags: ['WrongEncoding'], make: (bytes) => base64(Buffer.from(upperHex(bytes))) },
  { comment: 'base64url', flags: ['WrongEncoding'], make: (bytes) => bytes.toString('base64url') },
  { comment: 'Base64, URL-encoded', flags: ['UrlEncoding'], make: (bytes) => encodeURIComponent(base64(bytes)) },
  { comment: 'the plain number', flags: ['NotEncrypted'], text: PHONE_NUMBER, make: () => PHONE_NUMBER },
  {
    comment: 'the SHA-256 of keyType 0',
    flags: ['Branch'],
    make: () => upperHex(digest('sha256', PHONE_NUMBER + APP_KEY + VERIFY_TIMESTAMP)),
  },
  { comment: 'empty', flags: ['Empty'], make: () => '' },
];

const BYTES = [
  { comment: 'the last byte is missing', flags: ['Truncated'], make: (bytes) => base64(bytes.subarray(0, -1)) },
  {
    comment: 'the leading zero byte of the ciphertext is missing',
    result: 'acceptable',
    flags: ['LeadingZero'],
    padding: LEADING_ZERO,
    make: (bytes) => base64(withoutLeadingZero(bytes)),
  },
  {
    comment: 'a zero byte before the ciphertext',
    flags: ['Malleable'],
    make: (bytes) => base64(Buffer.concat([Buffer.alloc(1), bytes])),
  },
  {
    comment: 'the ciphertext plus the modulus',
    flags: ['Malleable'],
    padding: SMALL,
    make: (bytes) => base64(plusModulus(bytes, KEY)),
  },
  {
    comment: 'the last byte is changed',
    flags: ['Tampered'],
    padding: 'the last byte is another',
    make: (bytes) => base64(withLastByteChanged(bytes)),
  },
  { comment: 'all bits are zero', flags: ['Tampered'], make: (bytes) => base64(Buffer.alloc(bytes.length)) },
];

const PADDINGS = [
  { comment: 'encrypted with appEncryptKey', flags: ['WrongKey'], key: 'appEncrypt' },
  { comment: 'encrypted with appVerifyKey', flags: ['WrongKey'], key: 'appSign' },
  { comment: 'RSAES-OAEP', flags: ['WrongPadding'], ciphertext: publicPower(Buffer.from(OAEP_BLOCK, 'hex'), KEY) },
  { comment: 'block type 1', flags: ['BadPadding'], block: { start: '0001' } },
  { comment: 'the first byte of the block is not zero', flags: ['BadPadding'], block: { start: '0102' } },
  { comment: 'no zero after the padding', flags: ['BadPadding'], block: { separator: 'FF' } },
  { comment: 'seven bytes of padding', flags: ['BadPadding'], padding: endedAfter(7) },
];

const textOf = ({ phoneNumber = PHONE_NUMBER, appKey = APP_KEY, timestamp = VERIFY_TIMESTAMP }) =>
  phoneNumber + appKey + timestamp;

const TEXTS = [
  { comment: 'only the number', flags: ['MissingField'], padding: 'the number alone', text: PHONE_NUMBER },
  { comment: 'no timestamp', flags: ['MissingField'], text: PHONE_NUMBER + APP_KEY },
  { comment: 'no appKey', flags: ['MissingField'], text: PHONE_NUMBER + VERIFY_TIMESTAMP },
  { comment: 'no number', flags: ['MissingField'], text: APP_KEY + VERIFY_TIMESTAMP },
  { comment: 'timestamp before appKey', flags: ['FieldOrder'], text: PHONE_NUMBER + VERIFY_TIMESTAMP + APP_KEY },
  { comment: 'joined with +', flags: ['Separator'], text: joined([PHONE_NUMBER, APP_KEY, VERIFY_TIMESTAMP], '+') },
  { comment: 'a line feed at the end', flags: ['TrailingNewline'], text: `${textOf({})}\n` },
  { comment: 'appSecret instead of appKey', flags: ['WrongSecret'], text: textOf({ appKey: APP_SECRET }) },
  { comment: 'appKey in lower case', flags: ['WrongSecret'], text: textOf({ appKey: APP_KEY.toLowerCase() }) },
  { comment: 'another timestamp', flags: ['StaleField'], text: textOf({ timestamp: '20180104090953789' }) },
  { comment: 'with +86', flags: ['CountryCode'], text: textOf({ phoneNumber: `+86${PHONE_NUMBER}` }) },
  { comment: 'with 86', flags: ['CountryCode'], text: textOf({ phoneNumber: `86${PHONE_NUMBER}` }) },
  { comment: 'with spaces', flags: ['FormattedNumber'], text: textOf({ phoneNumber: '138 0013 8000' }) },
  {
    comment: 'the hash of the number was encrypted',
    flags: ['DoubleHash'],
    text: upperHex(digest('sha256', textOf({}))),
  },
];

/** Returns a group with the usual app, time and platform key. */
export function phoneNumGroup(source, rows) {
  return {
    source,
    operation: 'tokenValidate',
    algorithm: 'RSA-PKCS1v15 phoneNum',
    appKey: APP_KEY,
    timestamp: VERIFY_TIMESTAMP,
    platformPrivateKey: privateHalf(KEY),
    platformPublicKey: publicHalf(KEY),
    keySize: keySize(KEY),
    tests: rows.map(test),
  };
}

export const TOKEN_VALIDATE_PHONE_NUM_RSA = {
  file: 'token-validate-phone-num-rsa',
  firstTcId: 701,
  type: 'TokenValidatePhoneNumDecrypt',
  groups: [phoneNumGroup(SOURCE, [...VALID, ...WRAPPED, ...ENCODINGS, ...BYTES, ...PADDINGS, ...TEXTS])],
};
