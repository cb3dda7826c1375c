/** login-md5.json. */
import { APP_KEY, APP_SECRET, FIRST_SOURCE } from './app.mjs';
import { lowerHex, upperHex } from './bytes.mjs';
import {
  fieldsOf,
  joinedBy,
  LOGIN_MD5_FILE,
  leftOut,
  loginMd5Test,
  md5,
  over,
  partsOf,
  withSecret,
} from './login-md5-sign.mjs';
import { digest } from './openssl.mjs';
import { joined, sorted } from './sign-test.mjs';

const ROWS = [
  { comment: 'valid', result: 'valid' },
  {
    comment: 'lower-case hex',
    result: 'acceptable',
    flags: ['HexCase'],
    sign: (text) => lowerHex(digest('md5', text)),
  },
  {
    comment: 'empty optional fields are not signed',
    result: 'valid',
    fields: { encryptionalgorithm: '', expandparams: '' },
  },
  { comment: 'expandparams is not signed', result: 'valid', fields: { expandparams: 'k=v' } },
  {
    comment: 'expandparams was signed',
    flags: ['ExtraField'],
    fields: { expandparams: 'k=v' },
    signed: (_, message) => joined([...partsOf(message), message.expandparams, APP_SECRET]),
  },
  {
    comment: 'encryptionalgorithm in lower case is MD5',
    result: 'valid',
    fields: { encryptionalgorithm: 'rsa' },
  },
  { comment: 'signed with appKey', flags: ['WrongSecret'], signed: withSecret(APP_KEY) },
  { comment: 'no secret', flags: ['MissingSecret'], signed: withSecret('') },
  { comment: 'secret first', flags: ['FieldOrder'], signed: (_, message) => joined([APP_SECRET, ...partsOf(message)]) },
  {
    comment: 'fields in natural order of their names',
    flags: ['FieldOrder'],
    signed: (_, message) => joined([...Object.values(sorted(fieldsOf(message))), APP_SECRET]),
  },
  { comment: 'strictcheck left out', flags: ['MissingField'], signed: leftOut('strictcheck') },
  { comment: 'joined with +', flags: ['Separator'], signed: joinedBy('+') },
  {
    comment: 'another systemtime was signed',
    flags: ['StaleField'],
    signed: over({ systemtime: '20190226111842618' }),
  },
  {
    comment: 'SHA-256 instead of MD5',
    flags: ['WrongAlgorithm'],
    sign: (text) => upperHex(digest('sha256', text)),
  },
  { comment: '16-character MD5', flags: ['WrongAlgorithm'], sign: (text) => md5(text).slice(8, 24) },
  { comment: 'UTF-8 msgid', result: 'valid', fields: { msgid: '消息-éß-1' } },
];

export const LOGIN_MD5 = {
  file: 'login-md5',
  firstTcId: 1,
  type: LOGIN_MD5_FILE.type,
  groups: [{ source: FIRST_SOURCE, ...LOGIN_MD5_FILE.group, tests: ROWS.map(loginMd5Test) }],
};
