/** Mistakes in the values of fields. The document, 1.2 and 2.3. */
import type { Mistake } from './mistake.js';

const LOGIN = { mode: 'login MD5' } as const;
const VERIFY = { mode: 'verify HMAC' } as const;

export const WHITE_SPACE: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'an appid is read from a file with its line break',
    fields: ({ app }) => ({ appid: `${app.appId}\n` }),
    resultCode: '103119',
    finding: 'value.white-space',
  },
  {
    ...LOGIN,
    description: 'a token arrives with a line break after it and is signed with it',
    fields: ({ token }) => ({ token: `${token}\r\n` }),
    resultCode: '103113',
    finding: 'value.white-space',
  },
  {
    ...LOGIN,
    description: 'a token is signed trimmed and sent untrimmed',
    sent: (fields) => ({ ...fields, token: ` ${String(fields['token'])}` }),
    resultCode: '103101',
    finding: 'value.white-space',
  },
  {
    ...LOGIN,
    description: 'a signature is read from a command with its line break',
    sent: (fields) => ({ ...fields, sign: `${String(fields['sign'])}\n` }),
    resultCode: '103101',
    finding: 'value.white-space',
  },
  {
    ...VERIFY,
    description: 'an appId is copied from a page with a space before it',
    fields: ({ app }) => ({ appId: ` ${app.appId}` }),
    resultCode: '102',
    finding: 'value.white-space',
  },
  {
    ...VERIFY,
    description: 'a token is sent to verify with a space after it',
    fields: ({ token }) => ({ token: `${token} ` }),
    resultCode: '606',
    finding: 'value.white-space',
  },
];

export const NOT_STRINGS: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'a Java client declares strictcheck as Integer',
    sent: (fields) => ({ ...fields, strictcheck: 0 }),
    resultCode: '103211',
    finding: 'value.not-a-string',
  },
  {
    ...LOGIN,
    description: 'a Java client declares systemtime as Long',
    wire: (wire) => ({ ...wire, body: String(wire.body).replace(/"systemtime":"(\d+)"/, '"systemtime":$1') }),
    resultCode: '103211',
    finding: 'value.not-a-string',
  },
  {
    ...LOGIN,
    description: 'Jackson writes a null for expandparams',
    sent: (fields) => ({ ...fields, expandparams: null }),
    resultCode: '103211',
    finding: 'value.not-a-string',
  },
  {
    ...LOGIN,
    description: 'the phone sent no token and Gson writes a null',
    sent: (fields) => ({ ...fields, token: null }),
    resultCode: '103211',
    finding: 'value.not-a-string',
  },
  {
    ...LOGIN,
    description: 'a Python client writes strictcheck as a boolean',
    sent: (fields) => ({ ...fields, strictcheck: false }),
    resultCode: '103211',
    finding: 'value.not-a-string',
  },
  {
    ...VERIFY,
    description: 'a Go client declares openType and requesterType as int',
    sent: (fields) => ({ ...fields, openType: 1, requesterType: 0 }),
    resultCode: '102',
    finding: 'value.not-a-string',
  },
  {
    ...VERIFY,
    description: 'a client sends message as an object',
    sent: (fields) => ({ ...fields, message: { order: '1024' } }),
    resultCode: '102',
    finding: 'value.not-a-string',
  },
  {
    ...LOGIN,
    description: 'a client sends strictcheck as a number where numbers are accepted, which works',
    app: { readings: { 'json-numbers': 'any' } },
    sent: (fields) => ({ ...fields, strictcheck: 0 }),
    resultCode: '103000',
    finding: 'value.not-a-string',
  },
];

export const VERSION_AND_MSGID: readonly Mistake[] = [
  {
    ...LOGIN,
    description: 'the version of verify is sent to login',
    fields: () => ({ version: '1.0' }),
    resultCode: '103414',
    finding: 'version.wrong',
  },
  {
    ...VERIFY,
    description: 'the version of login is sent to verify',
    fields: () => ({ version: '2.0' }),
    resultCode: '102',
    finding: 'version.wrong',
  },
  {
    ...LOGIN,
    description: 'a client writes its own version',
    fields: () => ({ version: 'v2.0' }),
    resultCode: '103414',
    finding: 'version.wrong',
  },
  {
    ...LOGIN,
    description: 'a client uses two UUIDs as the msgid',
    fields: () => ({ msgid: 'bed1dc7f-6cd6-45b9-be90-06ae08040c93bed1dc7f-6cd6-45b9-be90-06ae08040c93' }),
    resultCode: '103414',
    finding: 'msgid.length',
  },
  {
    ...LOGIN,
    description: 'a client sends an empty msgid',
    fields: () => ({ msgid: '' }),
    resultCode: '103414',
    finding: 'msgid.length',
  },
  {
    ...VERIFY,
    description: 'a client appends the time to the UUID at verify',
    fields: ({ nowMs }) => ({ msgId: `bed1dc7f6cd645b9be9006ae08040c93-${nowMs}` }),
    resultCode: '102',
    finding: 'msgid.length',
  },
];
