/** login-msisdn.json and login-msisdn-pitfalls.json: the encrypted number in the response of loginTokenValidate. The document, 1.2 msisdn. */
import { FIRST_SOURCE, keySize, PHONE_NUMBER, privateHalf, publicHalf, SOURCE } from './app.mjs';
import {
  base64,
  encrypted,
  endedAfter,
  filledWith,
  fixedBytes,
  lowerHex,
  mixedHex,
  plusModulus,
  upperHex,
  withLastByteChanged,
  withoutLeadingZero,
} from './bytes.mjs';
import { publicPower } from './openssl.mjs';

export const KEY = 'appEncrypt';
/** Labels of the padding: the first ciphertext begins with a zero byte, and the modulus can be added to the second. */
const LEADING_ZERO = 'msisdn 143';
const SMALL = 'msisdn 6';

/** The RSAES-OAEP block of the number, before encryption. */
const OAEP_BLOCK =
  '0099c048db455772a58284ef5230ab0c10e812a0c64158c6a58b1e5c900d7ed975d07cf2fd9e90658ba8131801906fe5' +
  '54c4f9b9b88ebfddaa9c7454fcd881bbdb08f500c554b2e2e2cfabb35a2c932ec8da553ce4702b6b07d2622356fadf3b' +
  '7e24d429eb2d0f92bc7cdbc5352d49fdfdc62e744162dd39b0463584939b3947';

/** The label of the fixed padding is `padding` or the comment, so a changed comment needs the old one as `padding`. */
function test({ comment, result = 'invalid', flags = [], msisdn = PHONE_NUMBER, make = upperHex, ...row }) {
  const {
    key = KEY,
    text = msisdn,
    ciphertext = encrypted(text, { key, padding: row.padding ?? comment, ...row.block }),
  } = row;
  return { comment, msisdn, ciphertext: make(ciphertext), result, flags };
}

const FIRST = [
  {
    msisdn: PHONE_NUMBER,
    padding: fixedBytes(
      '3511e1ac5a39040d6814acf5ba3caa9379a3a8a9065e19c2f17049c250cf701dffdc1e0a699ce2dbe112ba3ef09af8fe' +
        'ae82e3d7a68070282cd6a44566e3b7dd7c2ccae9b0bd4ba82dd7d1677e4964647a736aab6b137bcb94783d63e9873aa1' +
        'b7925d04bb1fe01711bcbd4d989552d14bc3',
    ),
  },
  {
    msisdn: '19912345678',
    padding: fixedBytes(
      '7fb0f00227157129b395d1c7beec85172a763010584fe644a0f09bcd169e7d42e85d16edad6478b83b2591971a1e08cb' +
        '536fb33f47661216ed08c0d25026438962b3ab8347bd2f47ffb605b457e6e103fe145d22679f9fbbae54e802a0ad8629' +
        '091bd792deff54f75b9eb3b354e2edcb1708',
    ),
  },
].map((row) => ({ ...row, comment: 'upper-case hex of the ciphertext', result: 'valid' }));

const VALID = [
  { comment: 'lower-case hex', flags: ['HexCase'], make: lowerHex },
  { comment: 'another number', flags: ['Basic'], msisdn: '17012345678' },
  { comment: 'a ciphertext that begins with zero', flags: ['LeadingZero'], padding: LEADING_ZERO },
  {
    comment: 'a ciphertext that begins with zero, in lower-case hex',
    flags: ['HexCase', 'LeadingZero'],
    padding: LEADING_ZERO,
    make: lowerHex,
  },
  { comment: 'a padding of only FF', flags: ['PaddingEdge'], padding: filledWith(0xff) },
  { comment: 'a padding of only 01', flags: ['PaddingEdge'], padding: filledWith(0x01) },
  { comment: 'a padding of only digits', flags: ['PaddingEdge'], padding: filledWith(0x31) },
].map((row) => ({ ...row, result: 'valid' }));

const ENCODINGS = [
  { comment: 'hex in mixed case', result: 'acceptable', flags: ['HexCase'], make: mixedHex },
  { comment: 'Base64 instead of hex', flags: ['WrongEncoding'], make: base64 },
  {
    comment: 'hex with the prefix 0x',
    flags: ['WrongEncoding'],
    padding: 'hex after 0x',
    make: (bytes) => `0x${upperHex(bytes)}`,
  },
  {
    comment: 'a letter that is not a hex digit',
    flags: ['WrongEncoding'],
    padding: 'hex with a letter that is no digit',
    make: (bytes) => upperHex(bytes).replace(/.$/, 'G'),
  },
  { comment: 'an odd number of digits', flags: ['Truncated'], make: (bytes) => upperHex(bytes).slice(0, -1) },
  { comment: 'empty', flags: ['Empty'], make: () => '' },
  { comment: 'the plain number', flags: ['NotEncrypted'], make: () => PHONE_NUMBER },
];

const BYTES = [
  { comment: 'the last byte is missing', flags: ['Truncated'], make: (bytes) => upperHex(bytes.subarray(0, -1)) },
  { comment: 'half of the ciphertext', flags: ['Truncated'], make: (bytes) => upperHex(bytes.subarray(0, 64)) },
  {
    comment: 'the leading zero byte of the ciphertext is missing',
    result: 'acceptable',
    flags: ['LeadingZero'],
    padding: LEADING_ZERO,
    make: (bytes) => upperHex(withoutLeadingZero(bytes)),
  },
  {
    comment: 'a zero byte before the ciphertext',
    flags: ['Malleable'],
    make: (bytes) => upperHex(Buffer.concat([Buffer.alloc(1), bytes])),
  },
  {
    comment: 'the ciphertext plus the modulus',
    flags: ['Malleable'],
    padding: SMALL,
    make: (bytes) => upperHex(plusModulus(bytes, KEY)),
  },
  {
    comment: 'the last byte is changed',
    flags: ['Tampered'],
    padding: 'the last byte is another',
    make: (bytes) => upperHex(withLastByteChanged(bytes)),
  },
  { comment: 'all bits are zero', flags: ['Tampered'], make: (bytes) => upperHex(Buffer.alloc(bytes.length)) },
  { comment: 'all bits are one', flags: ['Tampered'], make: (bytes) => upperHex(Buffer.alloc(bytes.length, 0xff)) },
];

const PADDINGS = [
  { comment: 'encrypted with appVerifyKey', flags: ['WrongKey'], key: 'appSign' },
  { comment: 'encrypted with a longer key', flags: ['WrongKey'], key: 'appSign2048' },
  {
    comment: 'RSAES-OAEP',
    flags: ['WrongPadding'],
    ciphertext: publicPower(Buffer.from(OAEP_BLOCK, 'hex'), KEY),
  },
  { comment: 'block type 1', flags: ['BadPadding'], block: { start: '0001' } },
  { comment: 'block type 0', flags: ['BadPadding'], block: { start: '0000' } },
  { comment: 'the first byte of the block is not zero', flags: ['BadPadding'], block: { start: '0102' } },
  { comment: 'no zero after the padding', flags: ['BadPadding'], block: { separator: 'FF' } },
  { comment: 'seven bytes of padding', flags: ['BadPadding'], padding: endedAfter(7) },
  { comment: 'no padding', flags: ['BadPadding'], padding: endedAfter(0) },
];

const TEXTS = [
  { comment: 'an empty text was encrypted', padding: 'nothing was encrypted', text: '' },
  { comment: 'ten digits', text: '1380013800' },
  { comment: 'twelve digits', text: '138001380001' },
  { comment: 'eleven digits that do not begin with 1', text: '23800138000' },
  { comment: 'the number with +86', text: `+86${PHONE_NUMBER}` },
  { comment: 'the masked number', text: '138****8000' },
  { comment: 'a line feed after the number', padding: 'the number and a line feed', text: `${PHONE_NUMBER}\n` },
  { comment: 'a zero byte before the number', text: `\0${PHONE_NUMBER}` },
  { comment: 'full-width digits', text: '１３８００１３８０００' },
].map((row) => ({ ...row, flags: ['NotANumber'] }));

const LONG = [
  { comment: 'valid, 2048-bit key', result: 'valid', flags: ['KeySize'] },
  { comment: 'seven bytes of padding, 2048-bit key', flags: ['BadPadding', 'KeySize'], padding: endedAfter(7) },
].map((row) => ({ ...row, key: 'appSign2048' }));

export function msisdnGroup(source, key, rows) {
  return {
    source,
    operation: 'loginTokenValidate',
    algorithm: 'RSA-PKCS1v15 msisdn',
    privatePkcs8Base64: privateHalf(key),
    appEncryptKey: publicHalf(key),
    keySize: keySize(key),
    tests: rows.map(test),
  };
}

export const LOGIN_MSISDN = {
  file: 'login-msisdn',
  firstTcId: 29,
  type: 'LoginMsisdnDecrypt',
  groups: [msisdnGroup(FIRST_SOURCE, KEY, FIRST)],
};

export const LOGIN_MSISDN_PITFALLS = {
  file: 'login-msisdn-pitfalls',
  firstTcId: 301,
  type: 'LoginMsisdnDecrypt',
  groups: [
    msisdnGroup(SOURCE, KEY, [...VALID, ...ENCODINGS, ...BYTES, ...PADDINGS, ...TEXTS]),
    msisdnGroup(SOURCE, 'appSign2048', LONG),
  ],
};
