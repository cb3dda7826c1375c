/** What a request sent under each documented field, and what else stands where documented fields belong. The document, 1.2 and 2.3. */

import { PARTS, type Part, type Texts, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Situation } from '../carrier/engine/facts/situation.js';
import { verifySituation } from '../carrier/engine/facts/token-validate.js';
import type { CarrierRequest } from '../carrier/engine/request.js';
import {
  type DemandedField,
  LOGIN_TOKEN_VALIDATE_FIELDS,
  PART_RULE,
  TOKEN_VALIDATE_FIELDS,
} from './documented-fields.js';
import type { Bilingual } from './finding.js';
import { otherOperationOf } from './shape.js';
import type { Subject } from './subject.js';

export interface SentField {
  readonly name: string;
  /** Where it belongs, as a JSON pointer: `/header/msgId`. */
  readonly pointer: string;
  readonly kind: 'String' | 'object';
  /** As it stands in the JSON; undefined where it was not sent. */
  readonly value: unknown;
  /** By the app's readings; undefined where it was not sent, or as something else than a String. */
  readonly text: string | undefined;
  readonly isRequired: boolean;
  readonly rule: Bilingual;
  /** undefined where no rule is broken, and for what was not sent. */
  readonly brokenRule: () => Bilingual | undefined;
}

/** One object of the body, and the names that the document knows there. */
export interface Place {
  readonly sent: JsonObject;
  readonly known: readonly string[];
}

/**
 * None where the body cannot be read or is made for the other operation: then every field is wrong for one reason. Where
 * header or body is missing, what belongs into it is not told one by one.
 */
export function sentFields(subject: Subject): readonly SentField[] {
  const { request, state, atMs: nowMs, exchange, draft } = subject;
  const { json } = draft;
  const { clientIp } = exchange;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  if (request.operation === 'loginTokenValidate') {
    const situation = { request, state, nowMs, clientIp };
    return LOGIN_TOKEN_VALIDATE_FIELDS.map((row) => toSentField(row, json, situation));
  }
  const situation = verifySituation({ request, state, nowMs, clientIp });
  return PARTS.flatMap((name) => {
    const part = toSentPart(name, json);
    const sent = json[name];
    if (!isObject(sent)) return [part];
    const rows = TOKEN_VALIDATE_FIELDS.filter((row) => row.part === name);
    return [part, ...rows.map((row) => toSentField(row, sent, situation))];
  });
}

function toSentField<S extends Situation<CarrierRequest>>(
  { name, part, property, required, rule, brokenRule }: DemandedField<S>,
  sent: JsonObject,
  situation: S,
): SentField {
  // keyType is not kept as the text that was sent.
  const texts: Texts = { ...situation.request, keyType: undefined };
  const text = texts[property as keyof Texts];
  return {
    name,
    pointer: pointerOf(part, name),
    kind: 'String',
    value: sent[name],
    text,
    isRequired: typeof required === 'function' ? required(situation.request) : required,
    rule,
    brokenRule: () => (text === undefined || text === '' ? undefined : brokenRule?.(text, situation)),
  };
}

function toSentPart(name: Part, json: JsonObject): SentField {
  const value = json[name];
  return {
    name,
    pointer: pointerOf(undefined, name),
    kind: 'object',
    value,
    text: undefined,
    isRequired: true,
    rule: PART_RULE,
    brokenRule: () => (value === undefined || isObject(value) ? undefined : PART_RULE),
  };
}

/** The objects of the body in which documented fields stand; none where the body is made for the other operation. */
export function placesOf(subject: Subject): readonly Place[] {
  const { json, exchange } = subject.draft;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  if (exchange.row.operation === 'loginTokenValidate') {
    return [{ sent: json, known: wireNames('loginTokenValidate') }];
  }
  const inside = PARTS.flatMap((part) => {
    const sent = json[part];
    return isObject(sent) ? [{ sent, known: wireNames('tokenValidate', part) }] : [];
  });
  return [{ sent: json, known: PARTS }, ...inside];
}

/** Where else a field was sent, as JSON pointers; for header and body, where their fields were. */
export function foundElsewhere({ name, pointer, kind }: SentField, json: JsonObject): readonly string[] {
  const names =
    kind === 'object'
      ? PARTS.filter((part) => part === name).flatMap((part) => wireNames('tokenValidate', part))
      : [name];
  return pointersIn(json).filter(
    (found) => found !== pointer && names.some((wanted) => found.endsWith(`/${escaped(wanted)}`)),
  );
}

/** Of all that stands at the top, and one level below. */
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
