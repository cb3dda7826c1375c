/** The other forms of a value that clients sign: URL-encoded or decoded, phoneNum before it was hashed, a token without its white space. */
import { decryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { TokenValidateRequest } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import type { Subject } from '../subject.js';
import type { Form, Part } from './recipe.js';

interface Recoding {
  readonly how: string;
  readonly recode: (text: string) => string;
}

const PERCENT_CODE = /%[0-9A-F]{2}/g;

const URL_RECODINGS: readonly Recoding[] = [
  { how: 'URL-encoded', recode: encodeURIComponent },
  // java.net.URLEncoder, as far as a header or a token goes.
  { how: 'URL-encoded, + for a space', recode: encodeForm },
  { how: 'URL-encoded, in lower case', recode: (text) => encodeForm(text).replace(PERCENT_CODE, toLower) },
  { how: 'URL-decoded', recode: decode },
  { how: 'URL-decoded, a space for +', recode: (text) => decode(text.replace(/\+/g, ' ')) },
];

/** Each list takes the place of the fields of the same names. */
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
  if (request.operation !== 'tokenValidate' || app === undefined) return [];
  const forms = [
    ...(request.keyType === 'rsa' ? ciphertextForms(request.phoneNum) : hashForms(request.phoneNum)),
    ...numberForms(request, { app, state }),
  ];
  const sent = fields.filter(({ name }) => name === 'phoneNum');
  return sent.flatMap((field) => forms.flatMap(({ how, value }) => formed(field, { value, kind: 'phoneNum', how })));
}

interface Value {
  readonly how: string;
  readonly value: string;
}

function hashForms(phoneNum = ''): readonly Value[] {
  return [
    { how: 'lower case', value: phoneNum.toLowerCase() },
    { how: 'upper case', value: phoneNum.toUpperCase() },
    { how: 'Base64', value: fromHex(phoneNum)?.toString('base64') ?? phoneNum },
  ];
}

// Where RFC 2045 wraps lines, and several encoders with it.
const LINE = /.{76}(?=.)/g;

function ciphertextForms(phoneNum = ''): readonly Value[] {
  const packed = phoneNum.replace(/\s+/g, '');
  const bytes = fromBase64(packed) ?? fromHex(packed);
  const base64 = bytes?.toString('base64') ?? packed;
  const hex = bytes?.toString('hex') ?? packed;
  return [
    { how: 'without line breaks', value: packed },
    { how: 'with line breaks', value: base64.replace(LINE, '$&\n') },
    { how: 'with line breaks', value: base64.replace(LINE, '$&\r\n') },
    { how: 'with line breaks', value: `${base64.replace(LINE, '$&\n')}\n` },
    { how: 'with line breaks', value: `${base64.replace(LINE, '$&\r\n')}\r\n` },
    { how: 'hex', value: hex.toUpperCase() },
    { how: 'hex', value: hex },
    { how: 'Base64', value: base64 },
  ];
}

interface Knowing {
  readonly app: App;
  readonly state: State;
}

function numberForms(request: TokenValidateRequest, knowing: Knowing): readonly Value[] {
  const { appKey } = knowing.app.settings;
  const { sentAt = '' } = request;
  return phoneNumbers(request, knowing).flatMap((number) => [
    { how: 'the bare number', value: number },
    { how: 'the bare number', value: `86${number}` },
    { how: 'the bare number', value: `+86${number}` },
    { how: 'number + appKey + timestamp', value: number + appKey + sentAt },
  ]);
}

/** The number of the token, and the one that phoneNum decrypts to. */
function phoneNumbers(
  { phoneNum = '', sentAt = '' }: TokenValidateRequest,
  { app, state }: Knowing,
): readonly string[] {
  const ciphertext = fromBase64(phoneNum) ?? fromHex(phoneNum);
  const fields = { appKey: app.settings.appKey, timestamp: sentAt };
  const decrypted = ciphertext && decryptPhoneNum(ciphertext, fields, state.platformKey);
  const record = state.token ?? state.foreignToken?.record;
  return [...new Set([record?.phoneNumber, decrypted])].filter((number) => number !== undefined);
}

/** The field in another form; none where that changes nothing. */
function formed(field: Part, { value, ...form }: Form & { readonly value: string }): readonly Part[] {
  return value === field.value ? [] : [{ ...field, value, form }];
}

/** A text that cannot be decoded, or half a surrogate pair, stays as it is. */
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
