/** Times and msgids that differ from the JSON, as when a generator is called twice. */

import { wireName } from '../../../src/protocol/fields.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { YES } from '../evidence-words.js';
import { sentFields } from '../fields.js';
import { otherTimes, waysToWriteTime } from '../other-times.js';
import type { Subject } from '../subject.js';
import type { Form, Part } from './recipe.js';

const ANOTHER: Bilingual = { en: 'another time', zh: '另一个时间' };
const WRITTEN_DIFFERENTLY: Bilingual = { en: 'the same time, written differently', zh: '同一时间的另一种写法' };
const ROUNDED: Bilingual = { en: 'the time as a floating-point number', zh: '变成浮点数后的时间' };
const OF_EARLIER: Bilingual = { en: 'the value of an earlier request', zh: '更早一次请求里的值' };
const MSG_ID_IN_OTHER_FORM: Bilingual = { en: 'the same msgid in another form', zh: '同一 msgid 的另一种写法' };

const ROUNDED_TIME: Form = { kind: 'time', description: ROUNDED, evidence: { rounded: YES } };
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
    for (const value of printedDoubles(sentAt)) yield* replacement(time, value, ROUNDED_TIME);
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

/** Values that were generated once and reused: the time, the msgid, or both. Without a token, earlier requests are not loaded. */
function* valuesOfEarlierRequests({ time, msgId }: GeneratedParts, subject: Subject): Generator<readonly Part[]> {
  if ((subject.request.token ?? '') === '') return;
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

/** The precisions of a printed double: shortest unique, 17 digits, 15 (.NET Framework), 14 (PHP). */
const PRECISIONS = [undefined, 17, 15, 14];
const EXPONENTS = ['E16', 'E+16', 'e+16'];
const TRAILING_ZEROS = /0+$/;

/** 17 digits in the formats of a printed double. */
function printedDoubles(time: string): readonly string[] {
  if (!SEVENTEEN_DIGITS.test(time)) return [];
  const mantissas = PRECISIONS.map((digits) => {
    const [mantissa = ''] = Number(time)
      .toExponential(digits && digits - 1)
      .split('e');
    return mantissa.replace(TRAILING_ZEROS, '');
  });
  return [...new Set(mantissas)].flatMap((mantissa) => EXPONENTS.map((exponent) => mantissa + exponent));
}

/** Whether converting one to a double produces the other. */
function isRounded(one: string, other: string): boolean {
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
