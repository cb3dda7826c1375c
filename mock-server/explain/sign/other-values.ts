/** Other values that clients sign: another form of the sent one, or another time or msgid. */

import { fieldsOf, wireName } from '../../../src/protocol/fields.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { decryptPhoneNum, numberSecretOf } from '../../../src/protocol/phone-num.js';
import { fromBase64, fromHex } from '../../../src/protocol/sign.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { sentFields } from '../fields.js';
import { HEX, type Text, YES } from '../finding.js';
import { otherTimes, waysToWriteTime } from '../other-times.js';
import type { Subject } from '../subject.js';
import type { Form, RecipePart, RecipeParts } from './recipe.js';

interface Recoding {
  readonly description: Text;
  readonly recode: (text: string) => string;
}

const PERCENT_CODE = /%[0-9A-F]{2}/g;

export const URL_RECODINGS: readonly Recoding[] = [
  { description: { en: 'URL-encoded', zh: 'URL 编码' }, recode: encodeURIComponent },
  // java.net.URLEncoder, for the characters of a header or a token.
  {
    description: { en: 'URL-encoded, + for a space', zh: 'URL 编码，空格变成“+”' },
    recode: encodeForm,
  },
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
export function formsOf(fields: RecipeParts, subject: Subject): readonly RecipeParts[] {
  const tokens = fields.filter(({ name }) => name === 'token');
  const phoneNums = fields.filter(({ name }) => name === 'phoneNum');
  const oneByOne = [
    ...tokens.flatMap((token) =>
      inOtherForm(token, { value: token.value.trim(), mistake: undefined, description: 'trimmed' }),
    ),
    ...phoneNums.flatMap((phoneNum) =>
      phoneNumForms(subject).flatMap((form) =>
        inOtherForm(phoneNum, { ...form, mistake: 'sign.phone-num-variant' }),
      ),
    ),
  ];
  return [
    ...oneByOne.map((part) => [part]),
    ...URL_RECODINGS.flatMap((recoding) => urlForms(fields, recoding)),
  ];
}

const CASES: readonly Recoding[] = [
  { description: { en: 'lower case', zh: '小写' }, recode: (text) => text.toLowerCase() },
  { description: { en: 'upper case', zh: '大写' }, recode: (text) => text.toUpperCase() },
];
const WITH_SPACE: Bilingual = {
  en: 'with a space, which HTTP removes',
  zh: '带空格，HTTP 会去掉',
};
const OTHER_VALUE: Bilingual = { en: 'another value', zh: '另一个值' };

/** Values that were changed between signing and sending. Each list replaces one field; they are tried with the correct recipe alone. */
export function otherSentValues(
  fields: RecipeParts,
  { request: { operation } }: Subject,
): readonly RecipeParts[] {
  const differing = (field: RecipePart, description: Text, value: string) =>
    inOtherForm(field, { mistake: 'sign.value-differs', description, value });
  return fields
    .flatMap((field) => {
      const { property, location, values = [] } = fieldsOf(operation).find(isNamed(field)) ?? {};
      if (property === 'token')
        return CASES.flatMap(({ description, recode }) =>
          differing(field, description, recode(field.value)),
        );
      const others = property === 'version' ? VERSIONS : values;
      const untrimmed = location === 'httpHeader' ? [`${field.value} `, ` ${field.value}`] : [];
      return [
        ...others.flatMap((value) => differing(field, OTHER_VALUE, value)),
        ...untrimmed.flatMap((value) => differing(field, WITH_SPACE, value)),
      ];
    })
    .map((part) => [part]);
}

const VERSIONS = [...new Set(OPERATIONS.map(({ version }) => version))];

function isNamed({ name }: RecipePart) {
  return (field: { readonly name: string }) => field.name === name;
}

function urlForms(fields: RecipeParts, { description, recode }: Recoding): readonly RecipeParts[] {
  const changed = fields.flatMap((field) =>
    inOtherForm(field, {
      value: recodeOrKeep(recode, field.value),
      mistake: 'sign.url-encoding',
      description,
    }),
  );
  const oneByOne = changed.map((part) => [part]);
  return changed.length > 1 ? [...oneByOne, changed] : oneByOne;
}

interface PhoneNumForm {
  readonly description: Text;
  readonly value: string;
}

const WITH_LINE_BREAKS: Bilingual = { en: 'with line breaks', zh: '带换行' };
const BARE_NUMBER: Bilingual = { en: 'the plain number', zh: '手机号码明文' };

function phoneNumForms({ request, state }: Subject): readonly PhoneNumForm[] {
  const { operation, phoneNum = '', sentAt = '', signing } = request;
  const secret = numberSecretOf(operation);
  const appKey = (secret && state.app?.settings[secret]) ?? '';
  const ciphertext = fromHex(phoneNum) ?? fromBase64(phoneNum);
  const decrypted =
    ciphertext && decryptPhoneNum(ciphertext, { appKey, timestamp: sentAt }, state.platformKey);
  const record = state.token ?? state.foreignToken?.record;
  const numbers = [...new Set([record?.phoneNumber, decrypted])].filter(
    (number) => number !== undefined,
  );
  return [
    ...(signing === 'rsa' ? ciphertextForms(phoneNum) : hashForms(phoneNum)),
    ...numbers.flatMap((number) => [
      { description: BARE_NUMBER, value: number },
      { description: BARE_NUMBER, value: `86${number}` },
      { description: BARE_NUMBER, value: `+86${number}` },
      {
        description: { en: 'number + appKey + timestamp', zh: '手机号码 + appKey + timestamp' },
        value: number + appKey + sentAt,
      },
    ]),
  ];
}

function hashForms(phoneNum: string): readonly PhoneNumForm[] {
  return [
    { description: { en: 'lower case', zh: '小写' }, value: phoneNum.toLowerCase() },
    { description: { en: 'upper case', zh: '大写' }, value: phoneNum.toUpperCase() },
    { description: 'Base64', value: fromHex(phoneNum)?.toString('base64') ?? phoneNum },
  ];
}

// RFC 2045 and several encoders wrap lines here.
const LINE = /.{76}(?=.)/g;

function ciphertextForms(phoneNum: string): readonly PhoneNumForm[] {
  const packed = phoneNum.replace(/\s+/g, '');
  // Hex first: each hex text of this length is also Base64.
  const bytes = fromHex(packed) ?? fromBase64(packed);
  const base64 = bytes?.toString('base64') ?? packed;
  const hex = bytes?.toString('hex') ?? packed;
  const byLf = base64.replace(LINE, '$&\n');
  const byCrLf = base64.replace(LINE, '$&\r\n');
  return [
    { description: { en: 'without line breaks', zh: '去掉换行' }, value: packed },
    { description: WITH_LINE_BREAKS, value: byLf },
    { description: WITH_LINE_BREAKS, value: byCrLf },
    { description: WITH_LINE_BREAKS, value: `${byLf}\n` },
    { description: WITH_LINE_BREAKS, value: `${byCrLf}\r\n` },
    { description: HEX, value: hex.toUpperCase() },
    { description: HEX, value: hex },
    { description: 'Base64', value: base64 },
  ];
}

/** The field in another form; none if the value stays the same. */
function inOtherForm(
  field: RecipePart,
  { value, ...form }: Form & { readonly value: string },
): RecipeParts {
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
const OF_EARLIER: Bilingual = { en: 'the value of an earlier request', zh: '更早一次请求里的值' };

const WRITTEN_TIME: Form = {
  mistake: 'sign.time-differs',
  description: { en: 'the same time, written differently', zh: '同一时间的另一种写法' },
};
const OTHER_MSG_ID: Form = {
  mistake: 'sign.msgid-differs',
  description: { en: 'the same msgid in another form', zh: '同一 msgid 的另一种写法' },
};

/** Each list replaces the parts with the same names; the likeliest first. */
export function otherValues(parts: RecipeParts, subject: Subject): readonly RecipeParts[] {
  const { sentAt = '' } = subject.request;
  const time = partOf('sentAt', parts, subject);
  const msgId = partOf('msgId', parts, subject);
  const written = (one: RecipePart) =>
    waysToWriteTime(sentAt).flatMap((value) => replacement(one, value, WRITTEN_TIME));
  const inOtherForms = (one: RecipePart) =>
    msgIdForms(one.value).flatMap((value) => replacement(one, value, OTHER_MSG_ID));
  return [
    ...(time === undefined ? [] : written(time)),
    ...(msgId === undefined ? [] : inOtherForms(msgId)),
    ...(time === undefined || msgId === undefined
      ? []
      : valuesOfEarlierRequests({ time, msgId }, subject)),
  ];
}

function partOf(
  property: 'sentAt' | 'msgId',
  parts: RecipeParts,
  { request: { operation } }: Subject,
): RecipePart | undefined {
  return parts.find(({ name }) => name === wireName(operation, property));
}

/** Values of one field, and the part with the value at a place in the list. */
export interface FieldValues {
  readonly name: string;
  readonly values: readonly string[];
  readonly partAt: (at: number) => RecipePart;
}

export function nearTimes(parts: RecipeParts, subject: Subject): FieldValues | undefined {
  const part = partOf('sentAt', parts, subject);
  if (part === undefined) return undefined;
  const { sentAt = '' } = subject.request;
  const { name, value: sent } = part;
  const near = otherTimes({ timestamp: sentAt, receivedAtMs: subject.receivedAtMs });
  const values = near.filter((value) => value !== sent);
  const isNumber = sentFields(subject).some(
    (field) => field.name === name && typeof field.value === 'number',
  );
  const form: Form = { mistake: 'sign.time-differs', description: ANOTHER };
  // A JSON number was certainly rounded. A text that differs in two digits has two possible reasons.
  const rounded: Form = { ...form, evidence: isNumber ? { rounded: YES } : { mayBeRounded: YES } };
  const isRounded = /^\d{17}$/.test(sentAt) ? roundingOf(sentAt) : () => false;
  const partAt = (at: number) => {
    const value = values[at] ?? '';
    return { name, value, form: isRounded(value) ? rounded : form };
  };
  return { name, values, partAt };
}

/** Values that were generated once and reused: the time, the msgid, or both. */
function* valuesOfEarlierRequests(
  { time, msgId }: { readonly time: RecipePart; readonly msgId: RecipePart },
  { earlier }: Subject,
): Generator<RecipeParts> {
  for (const { id, sentAt = '', msgId: earlierId = '' } of earlier) {
    const evidence = { requestId: id };
    const [times = []] = replacement(time, sentAt, {
      mistake: 'sign.time-differs',
      description: OF_EARLIER,
      evidence,
    });
    const [msgIds = []] = replacement(msgId, earlierId, {
      mistake: 'sign.msgid-differs',
      description: OF_EARLIER,
      evidence,
    });
    yield* [times, msgIds].filter(({ length }) => length > 0);
    if (times.length > 0 && msgIds.length > 0) yield [...times, ...msgIds];
  }
}

/** None for an empty or unchanged value: the search already tries those. */
function replacement(
  { name, value: sent }: RecipePart,
  value: string,
  form: Form,
): readonly RecipeParts[] {
  return value === '' || value === sent ? [] : [[{ name, value, form }]];
}

const UUID = /^(.{8})-?(.{4})-?(.{4})-?(.{4})-?(.{12})$/;

function msgIdForms(msgId: string): readonly string[] {
  const packed = msgId.replaceAll('-', '');
  const forms = UUID.test(msgId) ? [packed, packed.replace(UUID, '$1-$2-$3-$4-$5')] : [msgId];
  return [...new Set(forms.flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]))];
}

/** Whether converting one of two times to a double produces the other. The first has 17 digits. */
function roundingOf(one: string): (other: string) => boolean {
  const double = Number(one);
  const isRounded = (other: string) =>
    integersOfDouble(one).includes(other) || integersOfDouble(other).includes(one);
  return (other) => Number(other) === double && isRounded(other);
}

/** Two values, because JavaScript prints fewer digits than a double has. */
function integersOfDouble(time: string): readonly string[] {
  const double = Number(time);
  return [String(double), BigInt(double).toString()];
}
