/** token-validate-hmac-pitfalls.json. */
import { APP_KEY, PHONE_NUMBER, SOURCE, VERIFY_TIMESTAMP } from './app.mjs';
import { asNumber, base64, byteByByte, mixedHex, upperHex } from './bytes.mjs';
import { digest, hmac } from './openssl.mjs';
import { asDouble, joined, pairs, sorted, urlEncoded } from './sign-test.mjs';
import { HMAC_FILE, hmacSign, hmacTest } from './token-validate-hmac.mjs';
import { GBK_MSG_ID, joinedBy, leftOut, msgIdBytes, over, phoneNumHash, signedFields } from './token-validate-sign.mjs';

const URL_LIKE = 'a b+c=d&e%20f/g';
const JSON_LIKE = 'a"b\\c/d';

const VALUES = [
  { comment: 'msgId of one character', result: 'valid', flags: ['FieldLength'], header: { msgId: '7' } },
  {
    comment: 'msgId of 36 characters',
    result: 'valid',
    flags: ['FieldLength'],
    header: { msgId: '8adff305-c7fc-b3e1-b1ae-cc130792fbd0' },
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
  {
    comment: 'msgId was signed in ISO-8859-1, with question marks',
    flags: ['TextEncoding'],
    header: { msgId: '请求-001' },
    signed: over({ msgId: '??-001' }),
  },
  {
    comment: 'spaces around the msgId are signed',
    result: 'valid',
    flags: ['WhiteSpace'],
    header: { msgId: ' request 1 ' },
  },
  {
    comment: 'msgId was trimmed before it was signed',
    flags: ['WhiteSpace'],
    header: { msgId: ' request 1 ' },
    signed: over({ msgId: 'request 1' }),
  },
  {
    comment: 'msgId with characters that a URL escapes',
    result: 'valid',
    flags: ['UrlEncoding'],
    header: { msgId: URL_LIKE },
  },
  {
    comment: 'msgId was URL-encoded before it was signed',
    flags: ['UrlEncoding'],
    header: { msgId: URL_LIKE },
    signed: over({ msgId: urlEncoded(URL_LIKE) }),
  },
  {
    comment: 'msgId with characters that JSON escapes',
    result: 'valid',
    flags: ['JsonEscape'],
    header: { msgId: JSON_LIKE },
  },
  {
    comment: 'msgId was signed with its escapes',
    flags: ['JsonEscape'],
    header: { msgId: JSON_LIKE },
    signed: over({ msgId: JSON.stringify(JSON_LIKE).slice(1, -1) }),
  },
];

const NOT_SIGNED = [
  { comment: 'empty optional fields', body: { message: '', expandParams: '', keyType: '' } },
  { comment: 'requesterType 1 and no openType', body: { requesterType: '1', openType: '' } },
  { comment: 'openType 3', body: { openType: '3' } },
].map((row) => ({ ...row, result: 'valid', flags: ['NotSigned'] }));

const BRANCH = [
  { comment: 'keyType 2 means keyType 0', result: 'valid', flags: ['Branch'], body: { keyType: '2' } },
  { comment: 'keyType 01 means keyType 0', result: 'valid', flags: ['Branch'], body: { keyType: '01' } },
];

const TIMES = [
  {
    comment: 'the last millisecond of a year',
    result: 'valid',
    flags: ['TimeEdge'],
    header: { timestamp: '20241231235959999' },
  },
  {
    comment: 'the first millisecond of a leap day',
    result: 'valid',
    flags: ['TimeEdge'],
    header: { timestamp: '20240229000000000' },
  },
  {
    comment: '17 digits that are not a date',
    result: 'acceptable',
    flags: ['NotADate'],
    header: { timestamp: '17955597570543730' },
  },
  {
    comment: 'timestamp was converted to a double before it was signed',
    flags: ['Precision'],
    header: { timestamp: '20180104090953789' },
    signed: over({ timestamp: asDouble('20180104090953789') }),
  },
  {
    comment: 'another timestamp was signed',
    flags: ['StaleField'],
    signed: over({ timestamp: '20180104090953789' }),
  },
  {
    comment: 'timestamp was signed without milliseconds',
    flags: ['StaleField'],
    signed: over({ timestamp: VERIFY_TIMESTAMP.slice(0, 14) }),
  },
];

const PHONE_NUMS = [
  {
    comment: 'a lower-case phoneNum, signed unchanged',
    result: 'acceptable',
    flags: ['HexCase'],
    body: { phoneNum: phoneNumHash({ timestamp: VERIFY_TIMESTAMP }).toLowerCase() },
  },
  {
    comment: 'a lower-case phoneNum, signed in upper case',
    flags: ['HexCase'],
    body: { phoneNum: phoneNumHash({ timestamp: VERIFY_TIMESTAMP }).toLowerCase() },
    signed: over({ phoneNum: phoneNumHash({ timestamp: VERIFY_TIMESTAMP }) }),
  },
  {
    comment: 'the string to hash was signed instead of phoneNum',
    flags: ['WrongText'],
    signed: over({ phoneNum: PHONE_NUMBER + APP_KEY + VERIFY_TIMESTAMP }),
  },
];

const TEXTS = [
  ...['appId', 'msgId', 'phoneNum', 'timestamp', 'token'].map((name) => ({
    comment: `${name} left out`,
    flags: ['MissingField'],
    signed: leftOut(name),
  })),
  {
    comment: 'the order of the document’s table',
    flags: ['FieldOrder'],
    signed: (_, { header, body }) =>
      joined([header.version, header.msgId, header.timestamp, header.appId, body.phoneNum, body.token]),
  },
  {
    comment: 'the order of login: version second',
    flags: ['FieldOrder'],
    signed: (_, { header, body }) =>
      joined([header.appId, header.version, header.msgId, header.timestamp, body.token, body.phoneNum]),
  },
  {
    comment: 'the fields in reverse order',
    flags: ['FieldOrder'],
    signed: (_, message) => joined(Object.values(signedFields(message)).reverse()),
  },
  {
    comment: 'every field of header and body in natural order',
    flags: ['ExtraField'],
    signed: (_, { header, body }) => joined(Object.values(sorted({ ...header, ...body }))),
  },
  {
    comment: 'keyType was signed',
    flags: ['ExtraField'],
    body: { keyType: '0' },
    signed: (_, message) => joined(Object.values(sorted({ ...signedFields(message), keyType: '0' }))),
  },
  { comment: 'appKey after the text', flags: ['ExtraField'], signed: (right) => right + APP_KEY },
  { comment: 'joined with +', flags: ['Separator'], signed: joinedBy('+') },
  { comment: 'joined with &', flags: ['Separator'], signed: joinedBy('&') },
  { comment: 'joined with |', flags: ['Separator'], signed: joinedBy('|') },
  {
    comment: 'name=value pairs, as a TreeMap prints them',
    flags: ['Separator'],
    signed: (_, message) => `{${pairs(signedFields(message), ', ')}}`,
  },
  {
    comment: 'name=value pairs joined with &',
    flags: ['Separator'],
    signed: (_, message) => pairs(signedFields(message)),
  },
  { comment: 'a line feed at the end', flags: ['TrailingNewline'], signed: (right) => `${right}\n` },
  { comment: 'the version of the other operation was signed', flags: ['WrongText'], signed: over({ version: '2.0' }) },
];

const SECRETS = [
  { comment: 'appKey in lower case', sign: (text) => upperHex(hmac('sha256', APP_KEY.toLowerCase(), text)) },
  { comment: 'appKey decoded as hex', sign: (text) => upperHex(hmac('sha256', Buffer.from(APP_KEY, 'hex'), text)) },
  {
    comment: 'appKey decoded as Base64',
    sign: (text) => upperHex(hmac('sha256', Buffer.from(APP_KEY, 'base64'), text)),
  },
  { comment: 'appKey and a line feed', sign: (text) => upperHex(hmac('sha256', `${APP_KEY}\n`, text)) },
  { comment: 'key and text swapped', sign: (text) => upperHex(hmac('sha256', text, APP_KEY)) },
].map((row) => ({ ...row, flags: ['WrongSecret'] }));

const SIGNS = [
  { comment: 'HMAC-MD5', flags: ['WrongAlgorithm'], sign: (text) => upperHex(hmac('md5', APP_KEY, text)) },
  { comment: 'HMAC-SHA-1', flags: ['WrongAlgorithm'], sign: (text) => upperHex(hmac('sha1', APP_KEY, text)) },
  { comment: 'HMAC-SHA-512', flags: ['WrongAlgorithm'], sign: (text) => upperHex(hmac('sha512', APP_KEY, text)) },
  {
    comment: 'plain SHA-256 with the key before the text',
    flags: ['WrongAlgorithm'],
    sign: (text) => upperHex(digest('sha256', APP_KEY + text)),
  },
  {
    comment: 'HMAC of the SHA-256 in hex',
    flags: ['DoubleHash'],
    sign: (text) => hmacSign(upperHex(digest('sha256', text))),
  },
  { comment: 'Base64 of the hex', flags: ['WrongEncoding'], sign: (text) => base64(Buffer.from(hmacSign(text))) },
  {
    comment: 'hex with colons',
    flags: ['WrongEncoding'],
    sign: (text) => hmacSign(text).match(/../g).join(':'),
  },
  {
    comment: 'hex in mixed case',
    result: 'acceptable',
    flags: ['HexCase'],
    sign: (text) => mixedHex(hmac('sha256', APP_KEY, text)),
  },
  { comment: 'a line feed after the signature', flags: ['TrailingNewline'], sign: (text) => `${hmacSign(text)}\n` },
  { comment: 'the first 32 digits', flags: ['Truncated'], sign: (text) => hmacSign(text).slice(0, 32) },
  {
    comment: 'the last digit is changed',
    flags: ['Tampered'],
    sign: (text) => hmacSign(text).replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
  },
  { comment: 'empty', flags: ['Empty'], sign: () => '' },
];

const LEADING_ZERO = [
  { comment: 'an HMAC that begins with zero', result: 'valid' },
  { comment: 'the leading zero is missing', sign: (text) => asNumber(hmacSign(text)) },
  { comment: 'the leading zero of each byte below 16 is missing', sign: (text) => byteByByte(hmacSign(text)) },
].map((row) => ({ ...row, flags: ['LeadingZero'], header: { msgId: 'request-007' } }));

const ROWS = [
  ...VALUES,
  ...NOT_SIGNED,
  ...BRANCH,
  ...TIMES,
  ...PHONE_NUMS,
  ...TEXTS,
  ...SECRETS,
  ...SIGNS,
  ...LEADING_ZERO,
];

export const TOKEN_VALIDATE_HMAC_PITFALLS = {
  file: 'token-validate-hmac-pitfalls',
  firstTcId: 401,
  type: HMAC_FILE.type,
  groups: [{ source: SOURCE, ...HMAC_FILE.group, tests: ROWS.map(hmacTest) }],
};
