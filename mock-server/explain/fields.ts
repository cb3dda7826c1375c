/** The documented fields as a request sent them, other names in the same objects, and the operation that a body is for. The document, 1.2 and 2.3. */
import { fieldsOf, PARTS, type Part, partsOf, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Location } from '../../src/protocol/operations/description.js';
import { byOperation, OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { isRequired } from '../carrier/engine/facts/shared.js';
import { type Situation, situationOf } from '../carrier/engine/facts/situation.js';
import { moduleOf } from '../carrier/engine/operations/operations.js';
import { valueAt } from '../carrier/engine/request.js';
import { type DocumentedField, documentedFields } from './operations.js';
import type { Subject } from './subject.js';

export interface SentField {
  readonly name: string;
  /** The documented place: a JSON pointer such as `/header/msgId`, or `HTTP header: appId`. */
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
 * None if the body is unreadable or for another operation: then every field is wrong for the same reason. If header or
 * body is missing, the result does not list its fields.
 */
export function sentFields(subject: Subject): readonly SentField[] {
  const { request, state, atMs: nowMs, exchange, draft } = subject;
  const { json } = draft;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  const { operation } = request;
  const situation = situationOf(request, state, { nowMs, clientIp: exchange.clientIp });
  const sentAt = (where: Location) =>
    documentedFields(operation)
      .filter(({ location }) => location === where)
      .map((row) => toSentField(row, valueAt(row, exchange, json), situation));
  const parts = partsOf(operation).flatMap((part) => [
    toSentPart(part, subject),
    ...(isObject(json[part]) ? sentAt(part) : []),
  ]);
  return [...sentAt('httpHeader'), ...sentAt('topLevel'), ...parts];
}

function toSentField(field: DocumentedField, value: unknown, situation: Situation): SentField {
  const { name, location, property, rule, brokenRule } = field;
  const text = situation.request[property];
  return {
    name,
    pointer: placeOf(location, name),
    kind: 'String',
    known: [name],
    value,
    text,
    isRequired: isRequired(field, situation.request),
    rule,
    brokenRule: () =>
      text === undefined || text === '' ? undefined : brokenRule?.(text, situation, field),
  };
}

function toSentPart(name: Part, { request: { operation }, draft }: Subject): SentField {
  const value = draft.json?.[name];
  return {
    name,
    pointer: `/${name}`,
    kind: 'object',
    known: wireNames(operation, name),
    value,
    text: undefined,
    isRequired: true,
    rule: PART_RULE,
    brokenRule: () => (value === undefined || isObject(value) ? undefined : PART_RULE),
  };
}

/** The objects that hold documented fields; none if the body is for another operation. */
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
  const pointers = Object.entries(json).flatMap(([name, value]) => {
    const outer = `/${escaped(name)}`;
    return [
      outer,
      ...(isObject(value) ? Object.keys(value).map((inner) => `${outer}/${escaped(inner)}`) : []),
    ];
  });
  return pointers.filter(
    (found) => found !== pointer && known.some((name) => found.endsWith(`/${name}`)),
  );
}

/** RFC 6901. The document's own names need no escapes. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function placeOf(location: Location, name: string): string {
  if (location === 'httpHeader') return `HTTP header: ${name}`;
  return location === 'topLevel' ? `/${name}` : `/${location}/${name}`;
}

/** The names at the top level, by operation, without those of operations with other names: these spell them differently, or lack them. */
const OWN_NAMES = byOperation((operation) => {
  const names = wireNames(operation);
  const others = OPERATIONS.filter((row) => wireNames(row.operation).join() !== names.join());
  const known = new Set<string>(
    others.flatMap((row) => fieldsOf(row.operation).map(({ name }) => name)),
  );
  return names.filter((name) => !known.has(name));
});
// Two names can be case mistakes in a body for another operation; three, or all that there are, are not.
const OWN_NAMES_MIN = 3;
// A single name can be a coincidence.
const PART_NAMES_MIN = 2;

/** undefined if the body fits no operation, or several. Operations with the same names have other tokens. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const flat = OPERATIONS.filter(({ operation }) => isFlat(operation, json));
  if (flat.length > 0 && PARTS.some((name) => name in json)) return undefined;
  const fitting =
    flat.length > 0 ? flat : OPERATIONS.filter(({ operation }) => isEnvelope(operation, json));
  if (fitting.length === 1) return fitting[0]?.operation;
  const { token } = json;
  if (typeof token !== 'string') return undefined;
  return fitting.find(({ operation }) => moduleOf(operation).tokens.isWellFormed(token))?.operation;
}

function isFlat(operation: Operation, json: JsonObject): boolean {
  const own = OWN_NAMES[operation];
  const sent = own.filter((name) => name in json);
  return sent.length > 0 && sent.length >= Math.min(OWN_NAMES_MIN, own.length);
}

/** Whether both halves of the envelope are there, or the content identifies one of them. */
function isEnvelope(operation: Operation, json: JsonObject): boolean {
  const parts = partsOf(operation).map((part) => ({
    sent: json[part],
    names: wireNames(operation, part),
  }));
  if (parts.length === 0) return false;
  return (
    parts.every(({ sent }) => isObject(sent)) ||
    parts.some(
      ({ sent, names }) =>
        isObject(sent) && names.filter((name) => name in sent).length >= PART_NAMES_MIN,
    )
  );
}

/** The operation that the body is for, if it is not the operation of the path. */
export function otherOperationOf({
  draft: { json },
  exchange: { row },
}: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
