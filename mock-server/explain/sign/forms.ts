/** Other forms of a value that clients sign: URL-encoded or decoded, phoneNum before hashing, a token without its white space. */

import type { Bilingual } from '../../../src/protocol/bilingual.js';
import { decryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { TokenValidateRequest } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import { HEX } from '../evidence-words.js';
import type { Text } from '../finding.js';
import type { Subject } from '../subject.js';
import type { Form, Part } from './recipe.js';

interface Recoding {
  readonly how: Text;
  readonly recode: (text: string) => string;
}

const PERCENT_CODE = /%[0-9A-F]{2}/g;

const URL_RECODINGS: readonly Recoding[] = [
  { how: { en: 'URL-encoded', zh: 'URL 编码' }, recode: encodeURIComponent },
  // java.net.URLEncoder, for the characters of a header or a token.
  { how: { en: 'URL-encoded, + for a space', zh: 'URL 编码，空格变成“+”' }, recode: encodeForm },
  {
    how: { en: 'URL-encoded, in lower case', zh: 'URL 编码，十六进制小写' },
    recode: (text) => encodeForm(text).replace(PERCENT_CODE, toLower),
  },
  { how: { en: 'URL-decoded', zh: 'URL 解码' }, recode: decode },
  {
    how: { en: 'URL-decoded, a space for +', zh: 'URL 解码，“+”变成空格' },
    recode: (text) => decode(text.replace(/\+/g, ' ')),
  },
];

/** Each list replaces the fields with the same names. */
export function formsOf(fields: readonly Part[], subject: Subject): readonly (readonly Part[])[] {
  const oneByOne = [...trimmedToken(fields), ...phoneNumForms(fields, subject)].map((part) => [part]);
  return [...oneByOne, ...URL_RECODINGS.flatMap((recoding) => urlForms(fields, recoding))];
}

function urlForms(fields: readonly Part[], { how, recode }: Recoding): readonly (readonly Part[])[] {
  const changed = fields.flatMap((field) => formed(field, { value: safely(recode, field.value), kind: 'url', how }));
  const oneByOne = changed.map((part) => [part]);
  return changed.length > 1 ? [...oneByOne, changed] : oneByOne;
}

function trimmedToken(fields: readonly Part[]): readonly Part[] {
  const tokens = fields.filter(({ name }) => name === 'token');
  return tokens.flatMap((field) => formed(field, { value: field.value.trim(), kind: 'trimmed', how: 'trimmed' }));
}

function phoneNumForms(fields: readonly Part[], { request, state }: Subject): readonly Part[] {
  const { app } = state;
  if (!('phoneNum' in request) || app === undefined) return [];
  const forms = [
    ...(request.keyType === 'rsa' ? ciphertextForms(request.phoneNum) : hashForms(request.phoneNum)),
    ...numberForms(request, { app, state }),
  ];
  const sent = fields.filter(({ name }) => name === 'phoneNum');
  return sent.flatMap((field) => forms.flatMap(({ how, value }) => formed(field, { value, kind: 'phoneNum', how })));
}

interface Value {
  readonly how: Text;
  readonly value: string;
}

const LOWER_CASE: Bilingual = { en: 'lower case', zh: '小写' };
const UPPER_CASE: Bilingual = { en: 'upper case', zh: '大写' };
const WITHOUT_LINE_BREAKS: Bilingual = { en: 'without line breaks', zh: '去掉换行' };
const WITH_LINE_BREAKS: Bilingual = { en: 'with line breaks', zh: '带换行' };
const BARE_NUMBER: Bilingual = { en: 'the plain number', zh: '手机号码明文' };
const UNHASHED: Bilingual = { en: 'number + appKey + timestamp', zh: '手机号码 + appKey + timestamp' };

function hashForms(phoneNum = ''): readonly Value[] {
  return [
    { how: LOWER_CASE, value: phoneNum.toLowerCase() },
    { how: UPPER_CASE, value: phoneNum.toUpperCase() },
    { how: 'Base64', value: fromHex(phoneNum)?.toString('base64') ?? phoneNum },
  ];
}

// RFC 2045 and several encoders wrap lines here.
const LINE = /.{76}(?=.)/g;

function ciphertextForms(phoneNum = ''): readonly Value[] {
  const packed = phoneNum.replace(/\s+/g, '');
  const bytes = fromBase64(packed) ?? fromHex(packed);
  const base64 = bytes?.toString('base64') ?? packed;
  const hex = bytes?.toString('hex') ?? packed;
  return [
    { how: WITHOUT_LINE_BREAKS, value: packed },
    { how: WITH_LINE_BREAKS, value: base64.replace(LINE, '$&\n') },
    { how: WITH_LINE_BREAKS, value: base64.replace(LINE, '$&\r\n') },
    { how: WITH_LINE_BREAKS, value: `${base64.replace(LINE, '$&\n')}\n` },
    { how: WITH_LINE_BREAKS, value: `${base64.replace(LINE, '$&\r\n')}\r\n` },
    { how: HEX, value: hex.toUpperCase() },
    { how: HEX, value: hex },
    { how: 'Base64', value: base64 },
  ];
}

interface AppState {
  readonly app: App;
  readonly state: State;
}

function numberForms(request: TokenValidateRequest, appState: AppState): readonly Value[] {
  const { appKey } = appState.app.settings;
  const { sentAt = '' } = request;
  return phoneNumbers(request, appState).flatMap((number) => [
    { how: BARE_NUMBER, value: number },
    { how: BARE_NUMBER, value: `86${number}` },
    { how: BARE_NUMBER, value: `+86${number}` },
    { how: UNHASHED, value: number + appKey + sentAt },
  ]);
}

/** The token's number, and the number that phoneNum decrypts to. */
function phoneNumbers(
  { phoneNum = '', sentAt = '' }: TokenValidateRequest,
  { app, state }: AppState,
): readonly string[] {
  const ciphertext = fromBase64(phoneNum) ?? fromHex(phoneNum);
  const fields = { appKey: app.settings.appKey, timestamp: sentAt };
  const decrypted = ciphertext && decryptPhoneNum(ciphertext, fields, state.platformKey);
  const record = state.token ?? state.foreignToken?.record;
  return [...new Set([record?.phoneNumber, decrypted])].filter((number) => number !== undefined);
}

/** The field in another form; none if the value stays the same. */
function formed(field: Part, { value, ...form }: Form & { readonly value: string }): readonly Part[] {
  return value === field.value ? [] : [{ ...field, value, form }];
}

/** Returns a text unchanged if it cannot be decoded, or has half of a surrogate pair. */
function safely(recode: (text: string) => string, text: string): string {
  try {
    return recode(text);
  } catch {
    return text;
  }
}

function encodeForm(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, percentCode);
}

function percentCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function toLower(text: string): string {
  return text.toLowerCase();
}

function decode(text: string): string {
  return decodeURIComponent(text);
}
