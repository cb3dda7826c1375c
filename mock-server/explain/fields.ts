/** The documented fields as a request sent them, other names in the same objects, and the operation that a body is for. The document, 1.2 and 2.3. */
import { fieldsOf, PARTS, type Part, partsOf, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Location } from '../../src/protocol/operations/description.js';
import { byOperation, OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { isRequired } from '../carrier/engine/facts/parts.js';
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

// Fewer can be a coincidence, except both halves of an envelope.
const SCORE_MIN = 3;

/** The operation whose names the body has at their places; undefined if it fits none, or one with an envelope and one without. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const rated = OPERATIONS.map(({ operation }) => ({ operation, score: scoreOf(operation, json) }));
  const fitting = rated.filter(
    ({ operation, score }) => score >= SCORE_MIN || hasAllParts(operation, json),
  );
  const isMixed = new Set(fitting.map(({ operation }) => hasEnvelope(operation))).size > 1;
  const best = Math.max(...fitting.map(({ score }) => score));
  const likely = isMixed ? [] : fitting.filter(({ score }) => score === best);
  if (likely.length < 2) return likely[0]?.operation;
  // Operations with the same names have other tokens.
  const { token } = json;
  if (typeof token !== 'string') return undefined;
  return likely.find(({ operation }) => moduleOf(operation).tokens.isWellFormed(token))?.operation;
}

/** How many names are at their places, less the known names that are not. */
function scoreOf(operation: Operation, json: JsonObject): number {
  const places = PLACES[operation];
  const sent = hasEnvelope(operation) ? placesInside(json) : Object.keys(json).map(toPlace);
  return sent.reduce((score, { pointer, name }) => {
    if (places.has(pointer)) return score + 1;
    return KNOWN_NAMES.has(name) ? score - 1 : score;
  }, 0);
}

interface Place {
  readonly pointer: string;
  readonly name: string;
}

function toPlace(name: string): Place {
  return { pointer: `/${name}`, name };
}

/** The parts of an envelope, and the names in them. */
function placesInside(json: JsonObject): readonly Place[] {
  return PARTS.flatMap((part) => {
    const sent = json[part];
    if (!isObject(sent)) return [];
    return [
      toPlace(part),
      ...Object.keys(sent).map((name) => ({ pointer: `/${part}/${name}`, name })),
    ];
  });
}

/** The JSON pointers of an operation's objects and fields. */
const PLACES = byOperation((operation): ReadonlySet<string> => {
  const inBody = fieldsOf(operation).filter(({ location }) => location !== 'httpHeader');
  const fields = inBody.map(({ location, name }) => placeOf(location, name));
  return new Set([...partsOf(operation).map((part) => `/${part}`), ...fields]);
});
const KNOWN_NAMES = new Set<string>(
  OPERATIONS.flatMap(({ operation }) => fieldsOf(operation).map(({ name }) => name)),
);

function hasEnvelope(operation: Operation): boolean {
  return partsOf(operation).length > 0;
}

function hasAllParts(operation: Operation, json: JsonObject): boolean {
  return hasEnvelope(operation) && partsOf(operation).every((part) => isObject(json[part]));
}

/** The operation that the body is for, if it is not the operation of the path. */
export function otherOperationOf({
  draft: { json },
  exchange: { row },
}: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
