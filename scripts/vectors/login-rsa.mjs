/** login-rsa.json and login-rsa-pitfalls.json: the RSA signature of loginTokenValidate. The document, 1.2 sign. */
import { APP_ID, APP_SECRET, FIRST_SOURCE, LOGIN_MESSAGE, SOURCE, signKeys } from './app.mjs';
import {
  base64,
  lowerHex,
  mixedHex,
  plusModulus,
  privatelyEncrypted,
  upperHex,
  withLastByteChanged,
  withoutLeadingZero,
} from './bytes.mjs';
import { md5, partsOf } from './login-md5-sign.mjs';
import { digest, privatePower, signature } from './openssl.mjs';
import { joined, signTest } from './sign-test.mjs';

const sha256WithRsa = (text, key) => signature('sha256', text, key);
const signedWith = (key) => (text) => upperHex(sha256WithRsa(text, key));
const ofSignature = (change) => (text) => change(sha256WithRsa(text));
const changedBytes = (change) => ofSignature((bytes) => upperHex(change(bytes)));
const withDigest = (name) => (text) => upperHex(signature(name, text));

function test({ fields = {}, ...row }) {
  const message = { ...LOGIN_MESSAGE, encryptionalgorithm: 'RSA', ...fields };
  return signTest({ sign: signedWith('appSign'), ...row }, { message, right: message.appid + message.token });
}

const md5Text = (_, message) => joined([...partsOf(message), APP_SECRET]);

const FIRST = [
  { comment: 'valid, upper-case hex', result: 'valid' },
  { comment: 'valid, lower-case hex', result: 'valid', flags: ['HexCase'], sign: ofSignature(lowerHex) },
  { comment: 'base64 instead of hex', flags: ['WrongEncoding'], sign: ofSignature(base64) },
  {
    comment: 'signed with the private half of appEncryptKey',
    flags: ['WrongKey'],
    sign: signedWith('appEncrypt'),
  },
  { comment: 'MD5withRSA', flags: ['WrongAlgorithm'], sign: withDigest('md5') },
  { comment: 'SHA1withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha1') },
  { comment: 'the string to sign of MD5 was signed', flags: ['WrongText'], signed: md5Text },
  { comment: 'token before appid', flags: ['FieldOrder'], signed: (_, { appid, token }) => token + appid },
  { comment: 'last byte changed', flags: ['Tampered'], sign: changedBytes(withLastByteChanged) },
  { comment: 'truncated', flags: ['Truncated'], sign: changedBytes((bytes) => bytes.subarray(0, -1)) },
  { comment: 'empty', flags: ['Empty'], sign: () => '' },
];

const LONG = [{ comment: 'valid, 2048-bit key', result: 'valid', flags: ['KeySize'], sign: signedWith('appSign2048') }];

/** With this token, the signature begins with a zero byte. */
const LEADING_ZERO = { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVK0212' };
/** With this token, the hex of the signature begins with one zero. */
const LEADING_ZERO_DIGIT = { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVK0001' };
/** With this token, the signature is small enough to add the modulus. */
const SMALL = { token: 'STsid0000001551151128045KPXuevVDFWyMSy00gbDjxTnn3BVK0000' };

/** The RSASSA-PSS block of the usual text with SHA-256 and a salt of 32 bytes, before signing. */
const PSS_BLOCK =
  '33ca917d34e68402f9345d878838e8cb6d0c497302db5cb17e36eafe5eaacdd542d49d9e73c6d4d5b9d37665dabe7b36' +
  'f30ec4b4a3fb93bc048aa069e6ec04bc2b00b30931a316dea5e1cf3621c1bc7c8301fddfe1effff2950030ac2a587114' +
  '9d52fe3fc32064dcffc3c2ce7384d43766ba3126aee9d4510dd333c85c5e1bbc';

const NOT_SIGNED = [
  {
    comment: 'another systemtime, msgid and strictcheck are not signed',
    fields: { systemtime: '20241231235959999', msgid: '7', strictcheck: '1' },
  },
  { comment: 'a msgid with characters outside ASCII is not signed', fields: { msgid: '请求-😀-1' } },
  { comment: 'expandparams is not signed', fields: { expandparams: 'k=v' } },
].map((row) => ({ ...row, result: 'valid', flags: ['NotSigned'] }));

const TEXTS = [
  { comment: 'only token', flags: ['MissingField'], signed: (_, { token }) => token },
  { comment: 'only appid', flags: ['MissingField'], signed: (_, { appid }) => appid },
  { comment: 'appSecret after the text', flags: ['ExtraField'], signed: (right) => right + APP_SECRET },
  {
    comment: 'version between appid and token',
    flags: ['ExtraField'],
    signed: (_, { appid, version, token }) => appid + version + token,
  },
  { comment: 'joined with +', flags: ['Separator'], signed: (_, { appid, token }) => `${appid}+${token}` },
  { comment: 'joined with &', flags: ['Separator'], signed: (_, { appid, token }) => `${appid}&${token}` },
  {
    comment: 'name=value pairs',
    flags: ['Separator'],
    signed: (_, { appid, token }) => `appid=${appid}&token=${token}`,
  },
  { comment: 'a line feed at the end', flags: ['TrailingNewline'], signed: (right) => `${right}\n` },
  {
    comment: 'another app’s appid was signed',
    flags: ['StaleField'],
    signed: (_, { token }) => `300011223345${token}`,
  },
];

const ALGORITHMS = [
  { comment: 'signed with MD5, as without encryptionalgorithm', flags: ['Branch'], signed: md5Text, sign: md5 },
  { comment: 'SHA384withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha384') },
  { comment: 'SHA512withRSA', flags: ['WrongAlgorithm'], sign: withDigest('sha512') },
  { comment: 'SHA-256 without RSA', flags: ['WrongAlgorithm'], sign: (text) => upperHex(digest('sha256', text)) },
  {
    comment: 'SHA256withRSA of the SHA-256 bytes',
    flags: ['DoubleHash'],
    sign: (text) => upperHex(sha256WithRsa(digest('sha256', text))),
  },
  {
    comment: 'SHA256withRSA of the SHA-256 in hex',
    flags: ['DoubleHash'],
    sign: (text) => upperHex(sha256WithRsa(upperHex(digest('sha256', text)))),
  },
  {
    comment: 'the text encrypted with the private key',
    flags: ['NoHash'],
    sign: (text) => upperHex(privatelyEncrypted(text)),
  },
  {
    comment: 'the digest encrypted with the private key, without a DigestInfo',
    flags: ['NoDigestInfo'],
    sign: (text) => upperHex(privatelyEncrypted(digest('sha256', text))),
  },
  {
    comment: 'RSASSA-PSS',
    flags: ['WrongPadding'],
    sign: () => upperHex(privatePower(Buffer.from(PSS_BLOCK, 'hex'), 'appSign')),
  },
];

const KEYS = [
  { comment: 'signed with another app’s key', flags: ['WrongKey'], sign: signedWith('otherApp') },
  { comment: 'signed with a longer key', flags: ['WrongKey'], sign: signedWith('appSign2048') },
];

const ENCODINGS = [
  { comment: 'hex in mixed case', result: 'acceptable', flags: ['HexCase'], sign: ofSignature(mixedHex) },
  { comment: 'base64url', flags: ['WrongEncoding'], sign: ofSignature((bytes) => bytes.toString('base64url')) },
  {
    comment: 'Base64 of the hex',
    flags: ['WrongEncoding'],
    sign: ofSignature((bytes) => base64(Buffer.from(upperHex(bytes)))),
  },
  {
    comment: 'hex with colons',
    flags: ['WrongEncoding'],
    sign: ofSignature((bytes) => upperHex(bytes).match(/../g).join(':')),
  },
  { comment: 'hex with the prefix 0x', flags: ['WrongEncoding'], sign: ofSignature((bytes) => `0x${upperHex(bytes)}`) },
  {
    comment: 'a line feed after the signature',
    flags: ['TrailingNewline'],
    sign: ofSignature((bytes) => `${upperHex(bytes)}\n`),
  },
  {
    comment: 'an odd number of digits',
    flags: ['Truncated'],
    sign: ofSignature((bytes) => upperHex(bytes).slice(0, -1)),
  },
];

const BYTES = [
  { comment: 'a signature that begins with zero', result: 'valid', flags: ['LeadingZero'], fields: LEADING_ZERO },
  {
    comment: 'the leading zero byte of the signature is missing',
    flags: ['LeadingZero'],
    fields: LEADING_ZERO,
    sign: changedBytes(withoutLeadingZero),
  },
  {
    comment: 'the leading zero digit of the hex is missing',
    flags: ['LeadingZero'],
    fields: LEADING_ZERO_DIGIT,
    sign: ofSignature((bytes) => upperHex(bytes).replace(/^0(?=[1-9A-F])/, '')),
  },
  {
    comment: 'a zero byte before the signature',
    flags: ['Malleable'],
    sign: changedBytes((bytes) => Buffer.concat([Buffer.alloc(1), bytes])),
  },
  {
    comment: 'the signature plus the modulus',
    flags: ['Malleable'],
    fields: SMALL,
    sign: changedBytes((bytes) => plusModulus(bytes, 'appSign')),
  },
  { comment: 'half of the signature', flags: ['Truncated'], sign: changedBytes((bytes) => bytes.subarray(0, 64)) },
  {
    comment: 'one byte too many',
    flags: ['Tampered'],
    sign: changedBytes((bytes) => Buffer.concat([bytes, Buffer.alloc(1)])),
  },
  {
    comment: 'the bytes in reverse order',
    flags: ['Tampered'],
    sign: changedBytes((bytes) => Buffer.from(bytes).reverse()),
  },
  { comment: 'all bits are zero', flags: ['Tampered'], sign: changedBytes((bytes) => Buffer.alloc(bytes.length)) },
  { comment: 'all bits are one', flags: ['Tampered'], sign: changedBytes((bytes) => Buffer.alloc(bytes.length, 0xff)) },
];

export function loginRsaGroup(source, keys, rows) {
  return {
    source,
    operation: 'loginTokenValidate',
    algorithm: 'SHA256withRSA',
    appId: APP_ID,
    ...keys,
    tests: rows.map(test),
  };
}

export const LOGIN_RSA = {
  file: 'login-rsa',
  firstTcId: 17,
  type: 'LoginRsaSign',
  groups: [
    loginRsaGroup(FIRST_SOURCE, signKeys('appSign'), FIRST),
    loginRsaGroup(FIRST_SOURCE, signKeys('appSign2048'), LONG),
  ],
};

export const LOGIN_RSA_PITFALLS = {
  file: 'login-rsa-pitfalls',
  firstTcId: 201,
  type: 'LoginRsaSign',
  groups: [
    loginRsaGroup(SOURCE, signKeys('appSign'), [
      ...NOT_SIGNED,
      ...TEXTS,
      ...ALGORITHMS,
      ...KEYS,
      ...ENCODINGS,
      ...BYTES,
    ]),
  ],
};
