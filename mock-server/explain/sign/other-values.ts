/** Other values that clients sign: another form of the sent one, or another time or msgid. */

import { wireName } from '../../../src/protocol/fields.js';
import { decryptPhoneNum } from '../../../src/protocol/phone-num.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { App } from '../../carrier/engine/app-settings.js';
import type { CarrierRequest } from '../../carrier/engine/request.js';
import type { State } from '../../carrier/engine/state.js';
import { sentFields } from '../fields.js';
import { HEX, type Text, YES } from '../finding.js';
import { otherTimes, waysToWriteTime } from '../other-times.js';
import type { Subject } from '../subject.js';
import type { Form, Part } from './recipe.js';

interface Recoding {
  readonly description: Text;
  readonly recode: (text: string) => string;
}

const PERCENT_CODE = /%[0-9A-F]{2}/g;

export const URL_RECODINGS: readonly Recoding[] = [
  { description: { en: 'URL-encoded', zh: 'URL 编码' }, recode: encodeURIComponent },
  // java.net.URLEncoder, for the characters of a header or a token.
  { description: { en: 'URL-encoded, + for a space', zh: 'URL 编码，空格变成“+”' }, recode: encodeForm },
  {
    description: { en: 'URL-encoded, in lower case', zh: 'URL 编码，十六进制小写' },
    recode: (text) => encodeForm(text).replace(PERCENT_CODE, (code) => code.toLowerCase()),
  },
  { description: { en: 'URL-decoded', zh: 'URL 解码' }, recode: decodeURIComponent },
  {
    description: { en: 'URL-decoded, a space for +', zh: 'URL 解码，“+”变成空格' },
    recode: (text) => decodeURIComponent(text.replace(/\+/g, ' ')),
  },
];

/** Each list replaces the fields with the same names. */
export function formsOf(fields: readonly Part[], subject: Subject): readonly (readonly Part[])[] {
  const oneByOne = [...trimmedToken(fields), ...phoneNumForms(fields, subject)].map((part) => [part]);
  return [...oneByOne, ...URL_RECODINGS.flatMap((recoding) => urlForms(fields, recoding))];
}

function urlForms(fields: readonly Part[], { description, recode }: Recoding): readonly (readonly Part[])[] {
  const changed = fields.flatMap((field) =>
    inOtherForm(field, { value: recodeOrKeep(recode, field.value), kind: 'url', description }),
  );
  const oneByOne = changed.map((part) => [part]);
  return changed.length > 1 ? [...oneByOne, changed] : oneByOne;
}

function trimmedToken(fields: readonly Part[]): readonly Part[] {
  const tokens = fields.filter(({ name }) => name === 'token');
  return tokens.flatMap((field) =>
    inOtherForm(field, { value: field.value.trim(), kind: 'trimmed', description: 'trimmed' }),
  );
}

function phoneNumForms(fields: readonly Part[], { request, state }: Subject): readonly Part[] {
  const { app } = state;
  if (!('phoneNum' in request) || app === undefined) return [];
  const forms = [
    ...(request.signing === 'rsa' ? ciphertextForms(request.phoneNum) : hashForms(request.phoneNum)),
    ...numberForms(request, { app, state }),
  ];
  const sent = fields.filter(({ name }) => name === 'phoneNum');
  return sent.flatMap((field) =>
    forms.flatMap(({ description, value }) => inOtherForm(field, { value, kind: 'phoneNum', description })),
  );
}

interface PhoneNumForm {
  readonly description: Text;
  readonly value: string;
}

const LOWER_CASE: Bilingual = { en: 'lower case', zh: '小写' };
const UPPER_CASE: Bilingual = { en: 'upper case', zh: '大写' };
const WITHOUT_LINE_BREAKS: Bilingual = { en: 'without line breaks', zh: '去掉换行' };
const WITH_LINE_BREAKS: Bilingual = { en: 'with line breaks', zh: '带换行' };
const BARE_NUMBER: Bilingual = { en: 'the plain number', zh: '手机号码明文' };
const UNHASHED: Bilingual = { en: 'number + appKey + timestamp', zh: '手机号码 + appKey + timestamp' };

function hashForms(phoneNum = ''): readonly PhoneNumForm[] {
  return [
    { description: LOWER_CASE, value: phoneNum.toLowerCase() },
    { description: UPPER_CASE, value: phoneNum.toUpperCase() },
    { description: 'Base64', value: fromHex(phoneNum)?.toString('base64') ?? phoneNum },
  ];
}

// RFC 2045 and several encoders wrap lines here.
const LINE = /.{76}(?=.)/g;

function ciphertextForms(phoneNum = ''): readonly PhoneNumForm[] {
  const packed = phoneNum.replace(/\s+/g, '');
  // Hex first: each hex text of this length is also Base64.
  const bytes = fromHex(packed) ?? fromBase64(packed);
  const base64 = bytes?.toString('base64') ?? packed;
  const hex = bytes?.toString('hex') ?? packed;
  return [
    { description: WITHOUT_LINE_BREAKS, value: packed },
    { description: WITH_LINE_BREAKS, value: base64.replace(LINE, '$&\n') },
    { description: WITH_LINE_BREAKS, value: base64.replace(LINE, '$&\r\n') },
    { description: WITH_LINE_BREAKS, value: `${base64.replace(LINE, '$&\n')}\n` },
    { description: WITH_LINE_BREAKS, value: `${base64.replace(LINE, '$&\r\n')}\r\n` },
    { description: HEX, value: hex.toUpperCase() },
    { description: HEX, value: hex },
    { description: 'Base64', value: base64 },
  ];
}

interface AppState {
  readonly app: App;
  readonly state: State;
}

function numberForms(request: CarrierRequest, appState: AppState): readonly PhoneNumForm[] {
  const { appKey } = appState.app.settings;
  const { sentAt = '' } = request;
  return phoneNumbers(request, appState).flatMap((number) => [
    { description: BARE_NUMBER, value: number },
    { description: BARE_NUMBER, value: `86${number}` },
    { description: BARE_NUMBER, value: `+86${number}` },
    { description: UNHASHED, value: number + appKey + sentAt },
  ]);
}

/** The token's number, and the number that phoneNum decrypts to. */
function phoneNumbers({ phoneNum = '', sentAt = '' }: CarrierRequest, { app, state }: AppState): readonly string[] {
  const ciphertext = fromHex(phoneNum) ?? fromBase64(phoneNum);
  const fields = { appKey: app.settings.appKey, timestamp: sentAt };
  const decrypted = ciphertext && decryptPhoneNum(ciphertext, fields, state.platformKey);
  const record = state.token ?? state.foreignToken?.record;
  return [...new Set([record?.phoneNumber, decrypted])].filter((number) => number !== undefined);
}

/** The field in another form; none if the value stays the same. */
function inOtherForm(field: Part, { value, ...form }: Form & { readonly value: string }): readonly Part[] {
  return value === field.value ? [] : [{ ...field, value, form }];
}

/** Returns a text unchanged if it cannot be decoded, or has half of a surrogate pair. */
function recodeOrKeep(recode: (text: string) => string, text: string): string {
  try {
    return recode(text);
  } catch {
    return text;
  }
}

function encodeForm(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const ANOTHER: Bilingual = { en: 'another time', zh: '另一个时间' };
const WRITTEN_DIFFERENTLY: Bilingual = { en: 'the same time, written differently', zh: '同一时间的另一种写法' };
const OF_EARLIER: Bilingual = { en: 'the value of an earlier request', zh: '更早一次请求里的值' };
const MSG_ID_IN_OTHER_FORM: Bilingual = { en: 'the same msgid in another form', zh: '同一 msgid 的另一种写法' };

const WRITTEN_TIME: Form = { kind: 'time', description: WRITTEN_DIFFERENTLY };
const OTHER_MSG_ID: Form = { kind: 'msgId', description: MSG_ID_IN_OTHER_FORM };
// A JSON number was certainly rounded. A text that differs in two digits has two possible reasons.
const NEAR_TIME: Form = { kind: 'time', description: ANOTHER };
const NEAR_NUMBER: Form = { kind: 'time', description: ANOTHER, evidence: { rounded: YES } };
const NEAR_ROUNDED: Form = { kind: 'time', description: ANOTHER, evidence: { mayBeRounded: YES } };

/** Each list replaces the parts with the same names; the likeliest first. */
export function* otherValues(parts: readonly Part[], subject: Subject): Generator<readonly Part[]> {
  const { operation, sentAt = '' } = subject.request;
  const part = (property: 'sentAt' | 'msgId') => parts.find(({ name }) => name === wireName(operation, property));
  const time = part('sentAt');
  const msgId = part('msgId');
  if (time !== undefined) {
    for (const value of waysToWriteTime(sentAt)) yield* replacement(time, value, WRITTEN_TIME);
  }
  if (msgId !== undefined) {
    for (const value of msgIdForms(msgId.value)) yield* replacement(msgId, value, OTHER_MSG_ID);
  }
  if (time !== undefined && msgId !== undefined) yield* valuesOfEarlierRequests({ time, msgId }, subject);
  if (time !== undefined) yield* nearTimes(time, subject);
}

function* nearTimes(time: Part, subject: Subject): Generator<readonly Part[]> {
  const { request, receivedAtMs } = subject;
  const { sentAt = '' } = request;
  const rounded = isSentAsNumber(time.name, subject) ? NEAR_NUMBER : NEAR_ROUNDED;
  const isDigits = SEVENTEEN_DIGITS.test(sentAt);
  for (const value of otherTimes({ timestamp: sentAt, receivedAtMs })) {
    yield* replacement(time, value, isDigits && isRounded(value, sentAt) ? rounded : NEAR_TIME);
  }
}

interface GeneratedParts {
  readonly time: Part;
  readonly msgId: Part;
}

/** Values that were generated once and reused: the time, the msgid, or both. */
function* valuesOfEarlierRequests({ time, msgId }: GeneratedParts, subject: Subject): Generator<readonly Part[]> {
  for (const { id, sentAt = '', msgId: earlierId = '' } of subject.earlier) {
    const evidence = { requestId: id };
    const [times = []] = replacement(time, sentAt, { kind: 'time', description: OF_EARLIER, evidence });
    const [msgIds = []] = replacement(msgId, earlierId, { kind: 'msgId', description: OF_EARLIER, evidence });
    yield* [times, msgIds].filter(({ length }) => length > 0);
    if (times.length > 0 && msgIds.length > 0) yield [...times, ...msgIds];
  }
}

/** None for an empty or unchanged value: the search already tries those. */
function replacement({ name, value: sent }: Part, value: string, form: Form): readonly (readonly Part[])[] {
  return value === '' || value === sent ? [] : [[{ name, value, form }]];
}

const UUID = /^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/;

function msgIdForms(msgId: string): readonly string[] {
  const packed = msgId.replaceAll('-', '');
  const forms = UUID.test(msgId) ? [packed, packed.replace(UUID, '$1-$2-$3-$4-$5')] : [msgId];
  return [...new Set(forms.flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]))];
}

const SEVENTEEN_DIGITS = /^\d{17}$/;

/** Whether converting one to a double produces the other. */
function isRounded(one: string, other: string): boolean {
  if (Number(one) !== Number(other)) return false;
  return integersOfDouble(one).includes(other) || integersOfDouble(other).includes(one);
}

/** Two values, because JavaScript prints fewer digits than a double has. */
function integersOfDouble(time: string): readonly string[] {
  const double = Number(time);
  return [String(double), BigInt(double).toString()];
}

function isSentAsNumber(name: string, subject: Subject): boolean {
  return sentFields(subject).some((field) => field.name === name && typeof field.value === 'number');
}
