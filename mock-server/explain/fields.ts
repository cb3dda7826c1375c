/** The documented fields as a request sent them, other names in the same objects, and the operation that a body is for. The document, 1.2 and 2.3. */
import { fieldsOf, PARTS, type Part, partsOf, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Operation } from '../../src/protocol/operations.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { isRequired } from '../carrier/engine/facts/shared.js';
import { type Situation, situationOf } from '../carrier/engine/facts/situation.js';

import { type DocumentedField, documentedFields } from './operations.js';
import type { Subject } from './subject.js';

export interface SentField {
  readonly name: string;
  /** The documented place, as a JSON pointer: `/header/msgId`. */
  readonly pointer: string;
  readonly kind: 'String' | 'object';
  /** Names to search for elsewhere: the field's own name, or the names of a part's fields. */
  readonly known: readonly string[];
  /** The JSON value; undefined if it was not sent. */
  readonly value: unknown;
  /** The value as the app's readings interpret it; undefined if it was not sent, or is not a String. */
  readonly text: string | undefined;
  readonly isRequired: boolean;
  readonly rule: Bilingual;
  /** undefined if no rule is broken or the field was not sent. */
  readonly brokenRule: () => Bilingual | undefined;
}

/** An object in the body, and the names that the document has there. */
export interface SentObject {
  readonly sent: JsonObject;
  readonly known: readonly string[];
}

/** The requirement of each part of the envelope. */
export const PART_RULE: Bilingual = { en: 'an object', zh: '一个 JSON 对象' };

/**
 * None if the body is unreadable or for the other operation: then every field is wrong for the same reason. If header or
 * body is missing, the result does not list its fields.
 */
export function sentFields(subject: Subject): readonly SentField[] {
  const { request, state, atMs: nowMs, exchange, draft } = subject;
  const { json } = draft;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  const { operation } = request;
  const situation = situationOf({ request, state, nowMs, clientIp: exchange.clientIp });
  const sentIn = (sent: JsonObject, part: Part | undefined) =>
    documentedFields(operation)
      .filter((row) => row.location === (part ?? 'topLevel'))
      .map((row) => toSentField(row, sent, situation));
  const parts = partsOf(operation).flatMap((part) => {
    const sent = json[part];
    return [toSentPart(part, { json, operation }), ...(isObject(sent) ? sentIn(sent, part) : [])];
  });
  return [...sentIn(json, undefined), ...parts];
}

function toSentField(field: DocumentedField, sent: JsonObject, situation: Situation): SentField {
  const { name, location, property, rule, brokenRule } = field;
  const text = situation.request[property];
  return {
    name,
    pointer: pointerOf(location === 'topLevel' ? undefined : location, name),
    kind: 'String',
    known: [name],
    value: sent[name],
    text,
    isRequired: isRequired(field, situation.request),
    rule,
    brokenRule: () => (text === undefined || text === '' ? undefined : brokenRule?.(text, situation, field)),
  };
}

function toSentPart(
  name: Part,
  { json, operation }: { readonly json: JsonObject; readonly operation: Operation },
): SentField {
  const value = json[name];
  return {
    name,
    pointer: pointerOf(undefined, name),
    kind: 'object',
    known: wireNames(operation, name),
    value,
    text: undefined,
    isRequired: true,
    rule: PART_RULE,
    brokenRule: () => (value === undefined || isObject(value) ? undefined : PART_RULE),
  };
}

/** The objects that hold documented fields; none if the body is for the other operation. */
export function sentObjects(subject: Subject): readonly SentObject[] {
  const { json, exchange } = subject.draft;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  const { operation } = exchange.row;
  const parts = partsOf(operation);
  const inside = parts.flatMap((part) => {
    const sent = json[part];
    return isObject(sent) ? [{ sent, known: wireNames(operation, part) }] : [];
  });
  return [{ sent: json, known: [...wireNames(operation), ...parts] }, ...inside];
}

/** The other places where a field was sent, as JSON pointers; for header and body, the places of their fields. */
export function foundElsewhere({ pointer, known }: SentField, json: JsonObject): readonly string[] {
  return pointersIn(json).filter(
    (found) => found !== pointer && known.some((name) => found.endsWith(`/${escaped(name)}`)),
  );
}

/** The pointers of all names at the top and one level below. */
function pointersIn(json: JsonObject): readonly string[] {
  return Object.entries(json).flatMap(([name, value]) => [
    pointerOf(undefined, name),
    ...(isObject(value) ? Object.keys(value).map((inner) => pointerOf(name, inner)) : []),
  ]);
}

function pointerOf(part: string | undefined, name: string): string {
  return part === undefined ? `/${escaped(name)}` : `/${escaped(part)}/${escaped(name)}`;
}

/** RFC 6901. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

const VERIFY_NAMES: readonly string[] = fieldsOf('tokenValidate').map(({ name }) => name);
/** Names that only login has: verify spells them differently, or does not have them. */
const LOGIN_ONLY = wireNames('loginTokenValidate').filter((name) => !VERIFY_NAMES.includes(name));
// Two names can be case mistakes in a body for verify; three mean login.
const LOGIN_ONLY_MIN = 3;
// A single name can be a coincidence.
const PART_NAMES_MIN = 2;

/** undefined if the body fits neither operation, or both. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const isFlat = LOGIN_ONLY.filter((name) => name in json).length >= LOGIN_ONLY_MIN;
  if (isFlat) return PARTS.some((name) => name in json) ? undefined : 'loginTokenValidate';
  const isEnvelope = PARTS.every((name) => isObject(json[name])) || PARTS.some((name) => isPart(name, json));
  return isEnvelope ? 'tokenValidate' : undefined;
}

/** Whether the content identifies one half of verify's envelope. */
function isPart(part: Part, json: JsonObject): boolean {
  const sent = json[part];
  return isObject(sent) && wireNames('tokenValidate', part).filter((name) => name in sent).length >= PART_NAMES_MIN;
}

/** The operation that the body is for, if it is not the operation of the path. */
export function otherOperationOf({ draft: { json }, exchange: { row } }: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
