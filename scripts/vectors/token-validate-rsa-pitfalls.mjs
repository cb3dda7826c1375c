/** token-validate-rsa-pitfalls.json. */
import { APP_KEY, PHONE_NUMBER, SOURCE, signKeys, VERIFY_TIMESTAMP } from './app.mjs';
import {
  base64,
  lowerHex,
  plusModulus,
  privatelyEncrypted,
  upperHex,
  withLastByteChanged,
  withoutLeadingZero,
  wrapped,
} from './bytes.mjs';
import { digest, privatePower, signature } from './openssl.mjs';
import { joined } from './sign-test.mjs';
import { hmacSign } from './token-validate-hmac.mjs';
import {
  md5WithRsa,
  ofSignature,
  PHONE_NUM,
  PHONE_NUM_BYTES,
  signedWith,
  verifyRsaGroup,
  withDigest,
} from './token-validate-rsa.mjs';
import { GBK_MSG_ID, joinedBy, leftOut, msgIdBytes, over, signedFields } from './token-validate-sign.mjs';

const changedBytes = (change) => ofSignature((bytes) => base64(change(bytes)));

/** With this msgId, the signature begins with a zero byte. */
const LEADING_ZERO = { msgId: '8ADFF305C7FCB3E1B1AECC1307920301' };
/** With this msgId, the signature is small enough to add the modulus. */
const SMALL = { msgId: '8ADFF305C7FCB3E1B1AECC1307920000' };

/** The RSASSA-PSS block of the usual text with MD5 and a salt of 16 bytes, before signing. */
const PSS_BLOCK =
  '2c2a18200c9044827aa9f222057144abe42125131f7d03c519d4bbf7ca6ff67eaa1e6ca252c7d4fa637135c86d9a39ae' +
  '317078a86a093fc52a221e62baeb16e502a00e6beb9e2bb7c7a6acc56eea16953aed3ff932b7587c726ebb6ad61922f7' +
  'fd7cc1230737f0817aefc74dfaf3019029b1c8dc0aace70a9f0b8a5a40e34ebc';

/** The longest text in a block with a signature's padding. */
const BLOCK_TEXT_BYTES = 117;

/** Encrypts a text with the private key, block by block. */
function blockwise(text) {
  const count = Math.ceil(text.length / BLOCK_TEXT_BYTES);
  const blocks = Array.from({ length: count }, (_, at) =>
    text.slice(at * BLOCK_TEXT_BYTES, (at + 1) * BLOCK_TEXT_BYTES),
  );
  return Buffer.concat(blocks.map((each) => privatelyEncrypted(each)));
}

const VALUES = [
  {
    comment: 'optional fields are not signed',
    result: 'valid',
    flags: ['NotSigned'],
    body: { message: 'a%20b', expandParams: 'a%3D1%7Cb%3D2', openType: '0' },
  },
  {
    comment: 'msgId with characters of two, three and four bytes',
    result: 'valid',
    flags: ['TextEncoding'],
    header: { msgId: '请求-éß-😀-1' },
  },
  {
    comment: 'msgId was signed in GBK',
    flags: ['TextEncoding'],
    header: { msgId: '请求-001' },
    signed: msgIdBytes(GBK_MSG_ID),
  },
  { comment: 'keyType is a number', result: 'acceptable', flags: ['JsonNumber'], body: { keyType: 1 } },
  {
    comment: 'a phoneNum wrapped at 64 characters, signed unchanged',
    result: 'acceptable',
    flags: ['WrappedBase64'],
    body: { phoneNum: wrapped(PHONE_NUM, { width: 64, lineEnd: '\n' }) },
  },
  {
    comment: 'a phoneNum wrapped at 64 characters, signed without its line ends',
    flags: ['WrappedBase64'],
    body: { phoneNum: wrapped(PHONE_NUM, { width: 64, lineEnd: '\n' }) },
    signed: over({ phoneNum: PHONE_NUM }),
  },
];

const TEXTS = [
  { comment: 'the plain phone number was signed', flags: ['WrongText'], signed: over({ phoneNum: PHONE_NUMBER }) },
  {
    comment: 'the string to encrypt was signed instead of phoneNum',
    flags: ['WrongText'],
    signed: over({ phoneNum: PHONE_NUMBER + APP_KEY + VERIFY_TIMESTAMP }),
  },
  {
    comment: 'the hex of phoneNum was signed',
    flags: ['WrongText'],
    signed: over({ phoneNum: upperHex(PHONE_NUM_BYTES) }),
  },
  {
    comment: 'the bytes of phoneNum were signed',
    flags: ['WrongText'],
    signed: (_, { header, body }) =>
      Buffer.concat([
        Buffer.from(header.appId + header.msgId),
        PHONE_NUM_BYTES,
        Buffer.from(header.timestamp + body.token + header.version),
      ]),
  },
  {
    comment: 'phoneNum was URL-encoded before it was signed',
    flags: ['UrlEncoding'],
    signed: over({ phoneNum: encodeURIComponent(PHONE_NUM) }),
  },
  { comment: 'version left out', flags: ['MissingField'], signed: leftOut('version') },
  { comment: 'phoneNum left out', flags: ['MissingField'], signed: leftOut('phoneNum') },
  {
    comment: 'appid and token, as in loginTokenValidate',
    flags: ['MissingField'],
    signed: (_, { header, body }) => header.appId + body.token,
  },
  { comment: 'appKey after the text', flags: ['ExtraField'], signed: (right) => right + APP_KEY },
  {
    comment: 'the order of the document’s table',
    flags: ['FieldOrder'],
    signed: (_, { header, body }) =>
      joined([header.version, header.msgId, header.timestamp, header.appId, body.phoneNum, body.token]),
  },
  {
    comment: 'the fields in reverse order',
    flags: ['FieldOrder'],
    signed: (_, message) => joined(Object.values(signedFields(message)).reverse()),
  },
  { comment: 'joined with +', flags: ['Separator'], signed: joinedBy('+') },
  { comment: 'a line feed at the end', flags: ['TrailingNewline'], signed: (right) => `${right}\n` },
  {
    comment: 'another timestamp was signed',
    flags: ['StaleField'],
    signed: over({ timestamp: '20180104090953789' }),
  },
];

const ALGORITHMS = [
  { comment: 'HMACSHA256, as with keyType 0', flags: ['Branch'], sign: hmacSign },
  { comment: 'SHA1withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha1') },
  { comment: 'SHA512withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha512') },
  { comment: 'MD5 without RSA', flags: ['WrongAlgorithm'], sign: (text) => base64(digest('md5', text)) },
  {
    comment: 'MD5withRSA of the MD5 bytes',
    flags: ['DoubleHash'],
    sign: (text) => base64(md5WithRsa(digest('md5', text))),
  },
  {
    comment: 'MD5withRSA of the MD5 in hex',
    flags: ['DoubleHash'],
    sign: (text) => base64(md5WithRsa(lowerHex(digest('md5', text)))),
  },
  {
    comment: 'the text encrypted with the private key, block by block',
    flags: ['NoHash'],
    sign: (text) => base64(blockwise(text)),
  },
  {
    comment: 'the digest encrypted with the private key, without a DigestInfo',
    flags: ['NoDigestInfo'],
    sign: (text) => base64(privatelyEncrypted(digest('md5', text))),
  },
  {
    comment: 'the MD5 in hex, encrypted with the private key',
    flags: ['NoDigestInfo'],
    sign: (text) => base64(privatelyEncrypted(lowerHex(digest('md5', text)))),
  },
  {
    comment: 'RSASSA-PSS',
    flags: ['WrongPadding'],
    sign: () => base64(privatePower(Buffer.from(PSS_BLOCK, 'hex'), 'appSign')),
  },
  {
    comment: 'signed with the private half of appEncryptKey',
    flags: ['WrongKey'],
    sign: signedWith('appEncrypt'),
  },
  { comment: 'signed with a longer key', flags: ['WrongKey'], sign: signedWith('appSign2048') },
];

const ENCODINGS = [
  {
    comment: 'base64 wrapped at 64 characters with CR LF',
    result: 'acceptable',
    flags: ['WrappedBase64'],
    sign: ofSignature((bytes) => wrapped(base64(bytes), { width: 64, lineEnd: '\r\n' })),
  },
  {
    comment: 'base64 with a line feed at the end',
    result: 'acceptable',
    flags: ['WrappedBase64'],
    sign: ofSignature((bytes) => `${base64(bytes)}\n`),
  },
  { comment: 'lower-case hex', flags: ['WrongEncoding'], sign: ofSignature(lowerHex) },
  {
    comment: 'Base64 of the hex',
    flags: ['WrongEncoding'],
    sign: ofSignature((bytes) => base64(Buffer.from(upperHex(bytes)))),
  },
  { comment: 'base64url', flags: ['WrongEncoding'], sign: ofSignature((bytes) => bytes.toString('base64url')) },
  {
    comment: 'Base64, URL-encoded',
    flags: ['UrlEncoding'],
    sign: ofSignature((bytes) => encodeURIComponent(base64(bytes))),
  },
  {
    comment: 'a space instead of each + of the Base64',
    flags: ['UrlEncoding'],
    sign: ofSignature((bytes) => base64(bytes).replaceAll('+', ' ')),
  },
];

const BYTES = [
  { comment: 'a signature that begins with zero', result: 'valid', flags: ['LeadingZero'], header: LEADING_ZERO },
  {
    comment: 'the leading zero byte of the signature is missing',
    flags: ['LeadingZero'],
    header: LEADING_ZERO,
    sign: changedBytes(withoutLeadingZero),
  },
  {
    comment: 'a zero byte before the signature',
    flags: ['Malleable'],
    sign: changedBytes((bytes) => Buffer.concat([Buffer.alloc(1), bytes])),
  },
  {
    comment: 'the signature plus the modulus',
    flags: ['Malleable'],
    header: SMALL,
    sign: changedBytes((bytes) => plusModulus(bytes, 'appSign')),
  },
  { comment: 'the last byte is missing', flags: ['Truncated'], sign: changedBytes((bytes) => bytes.subarray(0, -1)) },
  { comment: 'the last byte is changed', flags: ['Tampered'], sign: changedBytes(withLastByteChanged) },
  { comment: 'all bits are zero', flags: ['Tampered'], sign: changedBytes((bytes) => Buffer.alloc(bytes.length)) },
  { comment: 'empty', flags: ['Empty'], sign: () => '' },
];

const LONG = [
  { comment: 'valid, 2048-bit key', result: 'valid', flags: ['KeySize'], sign: signedWith('appSign2048') },
  {
    comment: 'SHA256withRSA, 2048-bit key',
    flags: ['KeySize', 'WrongAlgorithm'],
    sign: (text) => base64(signature('sha256', text, 'appSign2048')),
  },
];

export const TOKEN_VALIDATE_RSA_PITFALLS = {
  file: 'token-validate-rsa-pitfalls',
  firstTcId: 601,
  type: 'TokenValidateRsaSign',
  groups: [
    verifyRsaGroup(SOURCE, signKeys('appSign'), [...VALUES, ...TEXTS, ...ALGORITHMS, ...ENCODINGS, ...BYTES]),
    verifyRsaGroup(SOURCE, signKeys('appSign2048'), LONG),
  ],
};
