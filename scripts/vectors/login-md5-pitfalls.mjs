/** login-md5-pitfalls.json. */
import { APP_ID, APP_KEY, APP_SECRET, LOGIN_MESSAGE, SOURCE } from './app.mjs';
import { asNumber, base64, byteByByte, mixedHex, upperHex } from './bytes.mjs';
import {
  fieldsOf,
  joinedBy,
  LOGIN_MD5_FILE,
  leftOut,
  loginMd5Test,
  md5,
  msgidBytes,
  over,
  partsOf,
  withSecret,
} from './login-md5-sign.mjs';
import { digest, hmac, signature } from './openssl.mjs';
import { asDouble, joined, pairs, sorted, urlEncoded } from './sign-test.mjs';

const URL_LIKE = 'a b+c=d&e%20f/g';
const JSON_LIKE = 'a"b\\c/d';
const DECOMPOSED = 'cafe\u0301-1';

const VALUES = [
  { comment: 'strictcheck 1', result: 'valid', flags: ['Basic'], fields: { strictcheck: '1' } },
  { comment: 'msgid of one character', result: 'valid', flags: ['FieldLength'], fields: { msgid: '7' } },
  {
    comment: 'msgid of 36 characters',
    result: 'valid',
    flags: ['FieldLength'],
    fields: { msgid: 'bed1dc7f-6cd6-45b9-be90-06ae08040c93' },
  },
  {
    comment: 'msgid of twelve characters in 36 bytes',
    result: 'valid',
    flags: ['TextEncoding'],
    fields: { msgid: '认证请求编号零一二三四五' },
  },
  {
    comment: 'msgid with a character of four bytes',
    result: 'valid',
    flags: ['TextEncoding'],
    fields: { msgid: '请求-😀-1' },
  },
  {
    comment: 'msgid was signed in GBK',
    flags: ['TextEncoding'],
    fields: { msgid: '请求-001' },
    signed: msgidBytes('c7ebc7f32d303031'),
  },
  {
    comment: 'msgid was signed in UTF-16',
    flags: ['TextEncoding'],
    fields: { msgid: '请求-001' },
    signed: msgidBytes('f78b426c2d00300030003100'),
  },
  {
    comment: 'msgid was signed in ISO-8859-1, with question marks',
    flags: ['TextEncoding'],
    fields: { msgid: '请求-001' },
    signed: over({ msgid: '??-001' }),
  },
  {
    comment: 'msgid with a combining accent (NFD) is signed unchanged',
    result: 'valid',
    flags: ['TextEncoding'],
    fields: { msgid: DECOMPOSED },
  },
  {
    comment: 'msgid was composed (NFC) before it was signed',
    flags: ['TextEncoding'],
    fields: { msgid: DECOMPOSED },
    signed: over({ msgid: DECOMPOSED.normalize('NFC') }),
  },
  {
    comment: 'spaces around the msgid are signed',
    result: 'valid',
    flags: ['WhiteSpace'],
    fields: { msgid: ' request 1 ' },
  },
  {
    comment: 'msgid was trimmed before it was signed',
    flags: ['WhiteSpace'],
    fields: { msgid: ' request 1 ' },
    signed: over({ msgid: 'request 1' }),
  },
  {
    comment: 'msgid with characters that a URL escapes',
    result: 'valid',
    flags: ['UrlEncoding'],
    fields: { msgid: URL_LIKE },
  },
  {
    comment: 'msgid was URL-encoded before it was signed',
    flags: ['UrlEncoding'],
    fields: { msgid: URL_LIKE },
    signed: over({ msgid: urlEncoded(URL_LIKE) }),
  },
  {
    comment: 'msgid with characters that JSON escapes',
    result: 'valid',
    flags: ['JsonEscape'],
    fields: { msgid: JSON_LIKE },
  },
  {
    comment: 'msgid was signed with its escapes',
    flags: ['JsonEscape'],
    fields: { msgid: JSON_LIKE },
    signed: over({ msgid: JSON.stringify(JSON_LIKE).slice(1, -1) }),
  },
];

const BRANCH = [
  { comment: 'encryptionalgorithm MD5', fields: { encryptionalgorithm: 'MD5' } },
  { comment: 'encryptionalgorithm SM', fields: { encryptionalgorithm: 'SM' } },
  { comment: 'encryptionalgorithm Rsa', fields: { encryptionalgorithm: 'Rsa' } },
  { comment: 'encryptionalgorithm RSA after a space', fields: { encryptionalgorithm: ' RSA' } },
].map((row) => ({ ...row, result: 'valid', flags: ['Branch'] }));

const MISTAKES = [
  {
    comment: 'encryptionalgorithm rsa, signed with SHA256withRSA',
    flags: ['Branch'],
    fields: { encryptionalgorithm: 'rsa' },
    signed: (_, message) => message.appid + message.token,
    sign: (text) => upperHex(signature('sha256', text)),
  },
  {
    comment: 'encryptionalgorithm was signed',
    flags: ['ExtraField'],
    fields: { encryptionalgorithm: 'MD5' },
    signed: (_, message) => joined([...partsOf(message), message.encryptionalgorithm, APP_SECRET]),
  },
  {
    comment: 'the missing expandparams was signed as null',
    flags: ['ExtraField'],
    signed: (_, message) => joined([...partsOf(message), 'null', APP_SECRET]),
  },
  ...['appid', 'version', 'msgid', 'systemtime', 'token'].map((name) => ({
    comment: `${name} left out`,
    flags: ['MissingField'],
    signed: leftOut(name),
  })),
  {
    comment: 'the order of the document’s sample',
    flags: ['FieldOrder'],
    signed: (_, { appid, strictcheck, msgid, systemtime, version, token }) =>
      joined([appid, strictcheck, msgid, systemtime, version, token, APP_SECRET]),
  },
  {
    comment: 'token before systemtime',
    flags: ['FieldOrder'],
    signed: (_, { appid, version, msgid, systemtime, strictcheck, token }) =>
      joined([appid, version, msgid, token, systemtime, strictcheck, APP_SECRET]),
  },
  { comment: 'joined with &', flags: ['Separator'], signed: joinedBy('&') },
  { comment: 'joined with a comma', flags: ['Separator'], signed: joinedBy(',') },
  { comment: 'joined with a space', flags: ['Separator'], signed: joinedBy(' ') },
  { comment: 'joined with line feeds', flags: ['Separator'], signed: joinedBy('\n') },
  {
    comment: 'name=value pairs in natural order, followed by the secret',
    flags: ['Separator'],
    signed: (_, message) => pairs(sorted(fieldsOf(message))) + APP_SECRET,
  },
  { comment: 'a line feed at the end', flags: ['TrailingNewline'], signed: (right) => `${right}\n` },
  { comment: 'the version of the other operation was signed', flags: ['WrongText'], signed: over({ version: '1.0' }) },
  { comment: 'the text was converted to upper case', flags: ['WrongText'], signed: (right) => right.toUpperCase() },
  {
    comment: 'the JSON of the request and the secret were signed',
    flags: ['WrongText'],
    signed: (_, message) => JSON.stringify(message) + APP_SECRET,
  },
];

const TIMES = [
  {
    comment: 'the last millisecond of a year',
    result: 'valid',
    flags: ['TimeEdge'],
    fields: { systemtime: '20241231235959999' },
  },
  {
    comment: 'the first millisecond of a leap day',
    result: 'valid',
    flags: ['TimeEdge'],
    fields: { systemtime: '20240229000000000' },
  },
  {
    comment: '17 digits that are not a date',
    result: 'acceptable',
    flags: ['NotADate'],
    fields: { systemtime: '17955597570543730' },
  },
  {
    comment: 'systemtime was converted to a double before it was signed',
    flags: ['Precision'],
    signed: over({ systemtime: asDouble(LOGIN_MESSAGE.systemtime) }),
  },
  {
    comment: 'systemtime was signed without milliseconds',
    flags: ['StaleField'],
    signed: over({ systemtime: LOGIN_MESSAGE.systemtime.slice(0, 14) }),
  },
];

const SECRETS = [
  { comment: 'appSecret in lower case', signed: withSecret(APP_SECRET.toLowerCase()) },
  { comment: 'appSecret and appKey', signed: withSecret(APP_SECRET + APP_KEY) },
  { comment: 'the MD5 of appSecret', signed: withSecret(md5(APP_SECRET)) },
  { comment: 'appId as the secret', signed: withSecret(APP_ID) },
  {
    comment: 'appSecret decoded as hex',
    signed: (_, message) => Buffer.concat([Buffer.from(joined(partsOf(message))), Buffer.from(APP_SECRET, 'hex')]),
  },
].map((row) => ({ ...row, flags: ['WrongSecret'] }));

const SIGNS = [
  { comment: 'SHA-1 instead of MD5', flags: ['WrongAlgorithm'], sign: (text) => upperHex(digest('sha1', text)) },
  {
    comment: 'HMAC-MD5 with appSecret as the key',
    flags: ['WrongAlgorithm'],
    signed: withSecret(''),
    sign: (text) => upperHex(hmac('md5', APP_SECRET, text)),
  },
  {
    comment: '16-character MD5 in lower case',
    flags: ['WrongAlgorithm'],
    sign: (text) => md5(text).slice(8, 24).toLowerCase(),
  },
  { comment: 'MD5 of the MD5', flags: ['DoubleHash'], sign: (text) => md5(md5(text)) },
  { comment: 'Base64 instead of hex', flags: ['WrongEncoding'], sign: (text) => base64(digest('md5', text)) },
  { comment: 'Base64 of the hex', flags: ['WrongEncoding'], sign: (text) => base64(Buffer.from(md5(text))) },
  { comment: 'hex with colons', flags: ['WrongEncoding'], sign: (text) => md5(text).match(/../g).join(':') },
  { comment: 'hex with the prefix 0x', flags: ['WrongEncoding'], sign: (text) => `0x${md5(text)}` },
  {
    comment: 'hex in mixed case',
    result: 'acceptable',
    flags: ['HexCase'],
    sign: (text) => mixedHex(digest('md5', text)),
  },
  { comment: 'a space after the signature', flags: ['WhiteSpace'], sign: (text) => `${md5(text)} ` },
  { comment: 'a line feed after the signature', flags: ['TrailingNewline'], sign: (text) => `${md5(text)}\n` },
  { comment: 'the last digit is missing', flags: ['Truncated'], sign: (text) => md5(text).slice(0, -1) },
  {
    comment: 'the last digit is changed',
    flags: ['Tampered'],
    sign: (text) => md5(text).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
  },
  { comment: 'empty', flags: ['Empty'], sign: () => '' },
];

const LEADING_ZERO = [
  { comment: 'an MD5 that begins with zero', result: 'valid' },
  { comment: 'the leading zero is missing', sign: (text) => asNumber(md5(text)) },
  { comment: 'the leading zero of each byte below 16 is missing', sign: (text) => byteByByte(md5(text)) },
].map((row) => ({ ...row, flags: ['LeadingZero'], fields: { msgid: 'request-031' } }));

const ROWS = [...VALUES, ...BRANCH, ...MISTAKES, ...TIMES, ...SECRETS, ...SIGNS, ...LEADING_ZERO];

export const LOGIN_MD5_PITFALLS = {
  file: 'login-md5-pitfalls',
  firstTcId: 101,
  type: LOGIN_MD5_FILE.type,
  groups: [{ source: SOURCE, ...LOGIN_MD5_FILE.group, tests: ROWS.map(loginMd5Test) }],
};
