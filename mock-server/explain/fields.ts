/** What a request sent under each documented field, and what else stands where documented fields belong. The document, 1.2 and 2.3. */
import type { Situation } from '../engine/facts/situation.js';
import { verifySituation } from '../engine/facts/token-validate.js';
import type { CarrierRequest } from '../engine/request.js';
import {
  CONTAINER_RULE,
  CONTAINERS,
  type Container,
  type FieldRow,
  LOGIN_TOKEN_VALIDATE_FIELDS,
  namesIn,
  TOKEN_VALIDATE_FIELDS,
} from './documented-fields.js';
import { isObject, type JsonObject, otherOperationOf } from './shape.js';
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
  readonly rule: string;
  /** undefined where no rule is broken, and for what was not sent. */
  readonly brokenRule: () => string | undefined;
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
  return CONTAINERS.flatMap((name) => {
    const container = toSentContainer(name, json);
    const sent = json[name];
    if (!isObject(sent)) return [container];
    const rows = TOKEN_VALIDATE_FIELDS.filter((row) => row.container === name);
    return [container, ...rows.map((row) => toSentField(row, sent, situation))];
  });
}

function toSentField<S extends Situation<CarrierRequest>>(
  { name, container, textIn, required, rule, brokenRule }: FieldRow<S>,
  sent: JsonObject,
  situation: S,
): SentField {
  const text = textIn(situation.request);
  return {
    name,
    pointer: pointerOf(container, name),
    kind: 'String',
    value: sent[name],
    text,
    isRequired: typeof required === 'function' ? required(situation.request) : required,
    rule,
    brokenRule: () => (text === undefined || text === '' ? undefined : brokenRule?.(text, situation)),
  };
}

function toSentContainer(name: Container, json: JsonObject): SentField {
  const value = json[name];
  return {
    name,
    pointer: pointerOf(undefined, name),
    kind: 'object',
    value,
    text: undefined,
    isRequired: true,
    rule: CONTAINER_RULE,
    brokenRule: () => (value === undefined || isObject(value) ? undefined : CONTAINER_RULE),
  };
}

/** The objects of the body in which documented fields stand; none where the body is made for the other operation. */
export function placesOf(subject: Subject): readonly Place[] {
  const { json, exchange } = subject.draft;
  if (json === undefined || otherOperationOf(subject) !== undefined) return [];
  if (exchange.row.operation === 'loginTokenValidate') {
    return [{ sent: json, known: LOGIN_TOKEN_VALIDATE_FIELDS.map(({ name }) => name) }];
  }
  const inside = CONTAINERS.flatMap((container) => {
    const sent = json[container];
    return isObject(sent) ? [{ sent, known: namesIn(container) }] : [];
  });
  return [{ sent: json, known: CONTAINERS }, ...inside];
}

/** Where else a field was sent, as JSON pointers; for header and body, where their fields were. */
export function foundElsewhere({ name, pointer, kind }: SentField, json: JsonObject): readonly string[] {
  const names = kind === 'object' ? CONTAINERS.filter((each) => each === name).flatMap(namesIn) : [name];
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

function pointerOf(container: string | undefined, name: string): string {
  return container === undefined ? `/${escaped(name)}` : `/${escaped(container)}/${escaped(name)}`;
}

/** RFC 6901. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
