/** Mistakes in field names; fields that are missing or invalid. The document, 1.2 and 2.3. */
import { fieldsOf, wireName } from '../../../src/protocol/fields.js';
import { isObject, type JsonObject, parseJson } from '../../../src/protocol/json.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';
import { nameDistance } from '../../../src/text/edit-distance.js';
import { shownJson } from '../../../src/text/shown-json.js';
import { numbersAsTexts } from '../../carrier/engine/request.js';
import { foundElsewhere, type SentObject, sentFields, sentObjects } from '../fields.js';
import type { Evidence, FindingRow } from '../finding.js';
import {
  fieldNamed,
  objectAt,
  withDefault,
  withJson,
  without,
  withRenamed,
  withText,
} from '../repair/change.js';
import { isMissing, type Missing } from '../repair/missing.js';
import type { Subject } from '../subject.js';

// Names with more differences are different words.
const DISTANCE_MAX = 2;
// trim() keeps the zero-width space, which web pages use to break lines.
const WHITE_SPACE_AROUND = /^[\s\u200b]+|[\s\u200b]+$/g;

// The longest documented name has 19 characters. Finding the white space in a name of 64 KiB takes seconds.
const NAME_LENGTH_MAX = 100;

/** The two names of the request's time; the other names of the operations differ only in letter case. */
const SYNONYMS: readonly string[] = OPERATIONS.map(({ operation }) =>
  wireName(operation, 'sentAt'),
);

/** With these, the whole body is wrong, and each field is missing for the same reason. */
const WHOLE_BODY = ['body.wrong-operation', 'body.document-sample'] as const;

export const FIELD_FINDINGS: readonly FindingRow[] = [
  {
    id: 'field.misspelt',
    explains: ['tokenPresent', 'parametersValid', 'signValid'],
    inLog: true,
    title: { en: 'A field name is misspelt', zh: '字段名拼写有误' },
    detail: {
      en: 'The request has an undocumented field "{received}", and no "{expected}". Unknown fields are ignored. Field names must match the document exactly, including letter case.',
      zh: '请求里有文档没有的字段“{received}”，没有“{expected}”。未知字段会被忽略。字段名要与文档完全一致，区分大小写。',
    },
    detect: (subject) => sentObjects(subject).flatMap(misspelt),
    repair: withExpectedName,
  },
  {
    id: 'field.white-space',
    explains: ['tokenPresent', 'parametersValid', 'signValid'],
    inLog: true,
    title: { en: 'A field name has white space around it', zh: '字段名前后带有空白字符' },
    detail: {
      en: 'The field name "{received}" has white space around it, so the carrier does not recognise it as "{expected}". This often happens when a name is copied from a document.',
      zh: '字段名“{received}”前后带有空白字符，移动认证平台认不出这是“{expected}”。空白多半是从文档里复制字段名时带进来的。',
    },
    detect: (subject) => sentObjects(subject).flatMap(namesWithWhiteSpace),
    repair: withExpectedName,
  },
  {
    id: 'field.missing',
    explains: ['parametersValid'],
    inLog: ['pointer', 'rule'],
    title: { en: 'A required field is missing or empty', zh: '必填字段缺失或为空' },
    detail: {
      en: '"{field}" is required, but is missing or empty. It belongs at {pointer}. Expected: {rule}.',
      zh: '“{field}”是必填字段，请求里没有或者为空。位置：{pointer}，要求：{rule}。',
    },
    addition: {
      ifPresent: 'foundIn',
      detail: { en: ' The request has it at {foundIn} instead.', zh: '请求里放在了 {foundIn}。' },
    },
    detect: (subject) =>
      sentFields(subject).flatMap((field) => {
        const { name, pointer, rule, isRequired, value, text } = field;
        if (!isRequired || (value !== undefined && text !== '')) return [];
        const foundIn = foundElsewhere(field, subject.draft.json ?? {});
        return [{ field: name, pointer, rule, ...(foundIn.length > 0 && { foundIn }) }];
      }),
    repair: withMissing,
    generalTo: WHOLE_BODY,
  },
  {
    id: 'field.malformed',
    explains: ['parametersValid', 'businessTypeRight', 'phoneNumReadable', 'tokenWellFormed'],
    inLog: ['rule'],
    title: { en: 'A field has an invalid value', zh: '字段取值不符合要求' },
    detail: {
      en: '"{field}" was "{received}", which is invalid. Expected: {rule}.',
      zh: '“{field}”的值是“{received}”，不符合要求：{rule}。',
    },
    detect: (subject) =>
      sentFields(subject).flatMap(({ name, value, text, brokenRule }) => {
        const rule = brokenRule();
        return rule === undefined
          ? []
          : [{ field: name, received: text ?? shownJson(value), rule }];
      }),
    repair: (subject, { field = '' }) => {
      const property = fieldNamed(subject, field)?.property;
      if (property !== undefined) return withDefault(subject, property);
      // A part of the envelope: it may have been encoded twice.
      const sent = subject.draft.json?.[field];
      const inner = typeof sent === 'string' ? parseJson(sent) : undefined;
      if (!isObject(inner)) return withMissing(subject, { field });
      return withJson(subject, (json) => ({ ...json, [field]: inner }));
    },
    generalTo: WHOLE_BODY,
  },
];

export function misspelt({ sent, known }: SentObject): readonly Evidence[] {
  const absent = known.filter((name) => !(name in sent));
  return Object.keys(sent)
    .filter((name) => !known.includes(name) && !known.includes(trimmed(name)))
    .flatMap((received) => {
      const expected = nearest(trimmed(received), absent);
      return expected === undefined ? [] : [{ field: expected, received, expected }];
    });
}

export function namesWithWhiteSpace({ sent, known }: SentObject): readonly Evidence[] {
  return Object.keys(sent)
    .map((received) => ({ received, expected: trimmed(received) }))
    .filter(
      ({ received, expected }) =>
        received !== expected && known.includes(expected) && !(expected in sent),
    )
    .map(({ received, expected }) => ({ field: expected, received, expected }));
}

function withExpectedName(subject: Subject, { received = '', expected = '' }: Evidence): Subject {
  return withRenamed(subject, received, String(expected));
}

function trimmed(name: string): string {
  return name.length > NAME_LENGTH_MAX ? name : name.replace(WHITE_SPACE_AROUND, '');
}

/** The name that the client most likely meant. */
function nearest(sent: string, known: readonly string[]): string | undefined {
  const synonym = SYNONYMS.includes(sent)
    ? known.find((name) => SYNONYMS.includes(name))
    : undefined;
  if (synonym !== undefined) return synonym;
  const [closest] = known
    // The distance of a long name is expensive to compute, and always too large.
    .filter((name) => Math.abs(name.length - sent.length) <= DISTANCE_MAX)
    .map((name) => ({ name, distance: nameDistance(sent, name) }))
    .filter(({ distance }) => distance <= DISTANCE_MAX)
    .sort((a, b) => a.distance - b.distance);
  return closest?.name;
}

/** From the place where it was sent; or with a valid value. For header and body, all their fields. */
function withMissing(subject: Subject, { field = '', foundIn }: Evidence): Subject | Missing {
  const { operation } = subject.request;
  const rows = fieldsOf(operation).filter(
    ({ name, location }) => name === field || location === field,
  );
  const pointers: readonly string[] = Array.isArray(foundIn) ? foundIn : [];
  const found = pointers.map((pointer) => pointer.slice(1).split('/').map(unescaped));
  let changed: Subject | Missing = subject;
  for (const { name, property, location, required } of rows) {
    const from = found.find((path) => path.at(-1) === name);
    const isAbsent = location === field && required !== true;
    if (from !== undefined)
      changed = withText(withoutAt(changed, from), property, textAt(changed, from));
    else if (!isAbsent) changed = withDefault(changed, property);
    if (isMissing(changed)) return changed;
  }
  return changed;
}

/** RFC 6901. */
function unescaped(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A number as it was written. */
function textAt({ exchange }: Subject, [first = '', second]: readonly string[]): string {
  const json = numbersAsTexts(exchange) ?? {};
  const value = second === undefined ? json[first] : objectAt(json, first)[second];
  return typeof value === 'string' ? value : shownJson(value);
}

function withoutAt(subject: Subject, [first = '', second]: readonly string[]): Subject {
  return withJson(subject, (json: JsonObject) =>
    second === undefined
      ? without(json, first)
      : { ...json, [first]: without(objectAt(json, first), second) },
  );
}
