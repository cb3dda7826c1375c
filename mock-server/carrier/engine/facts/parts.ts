/** The parts of the requirements about the form of a request. The document, 1.2 and 2.3. */
import {
  MSG_ID_LENGTH_MAX,
  partsOf,
  type RequestField,
  wireNames,
} from '../../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../../src/protocol/json.js';
import type { Location } from '../../../../src/protocol/operations/description.js';
import type { Operation } from '../../../../src/protocol/operations.js';
import type { ReadingId } from '../../../../src/protocol/readings.js';
import { isTimestamp } from '../../../../src/protocol/timestamp.js';
import type { CarrierRequest, WrongValue } from '../request.js';
import { isTokenWellFormed, TOKEN_BEGINNING, TOKEN_LENGTH } from '../token-format.js';
import { isSentAtDate, isSentAtInWindow } from './sent-at.js';
import type { Fact, Situation } from './situation.js';

export function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** Depending on `msgid-replay`, the msgid must be new. */
export function isMsgIdNew({ state, readings }: Situation): boolean {
  return readings['msgid-replay'] === 'allowed' || !state.msgIdSeen;
}

// The characters that the URL encoders of common languages do not encode. expandParams may also contain = and |: the
// document does not state whether they are encoded.
const URL_ENCODED = /^(?:[\w.~!'()*+-]|%[0-9A-Fa-f]{2})*$/;
const URL_ENCODED_PAIRS = /^(?:[\w.~!'()*+=|-]|%[0-9A-Fa-f]{2})*$/;

/** Any text; depending on `verify-params-encoding`, only a URL-encoded one. */
export function isEncodingAccepted(
  property: RequestField['property'],
  { request, readings }: Situation,
): boolean {
  if (readings['verify-params-encoding'] !== 'encoded') return true;
  return (property === 'expandParams' ? URL_ENCODED_PAIRS : URL_ENCODED).test(
    request[property] ?? '',
  );
}

export function isRequired({ required }: RequestField, request: CarrierRequest): boolean {
  return typeof required === 'boolean' ? required : request[required.property] === required.value;
}

/** A part of a requirement. A calibration can place it alone, with a code of its own. */
export interface RequirementPart {
  readonly part: string;
  readonly holds: Fact;
  /** What the check reads, if it is not what the requirement needs. */
  readonly needs?: 'nothing';
  /** The reading with the code of the part. */
  readonly codeReading?: ReadingId;
  /** Whether a reading of the app decides if it can fail. */
  readonly isOfReading?: true;
  /** Whether only some carriers have it, so that it is no part of the requirement. */
  readonly isExtra?: true;
  /** The field that must be there. For some carriers, null is no value. */
  readonly presenceOf?: RequestField['property'];
  /** The part whose place it takes if it has none of its own. */
  readonly like?: string;
}

/** Whether the field was sent as null. */
export function isNull(property: RequestField['property'], { untexted }: CarrierRequest): boolean {
  return untexted.some(({ field, value }) => field.property === property && value === null);
}

/** Whether the field has any value, also one that is no String. */
export function isSent(property: RequestField['property'], request: CarrierRequest): boolean {
  return (
    request[property] !== undefined ||
    request.untexted.some(({ field }) => field.property === property)
  );
}

const REPLAY_PART: RequirementPart = {
  part: 'replay',
  holds: isMsgIdNew,
  codeReading: 'msgid-replay',
  isOfReading: true,
};

const MSG_ID_PARTS: readonly RequirementPart[] = [
  { part: 'value', holds: ({ request: { msgId = '' } }) => msgId.length <= MSG_ID_LENGTH_MAX },
  { part: 'uuid', holds: ({ request: { msgId = '' } }) => UUID.test(msgId), isExtra: true },
  REPLAY_PART,
];

const SENT_AT_PARTS: readonly RequirementPart[] = [
  { part: 'value', holds: ({ request: { sentAt = '' } }) => isTimestamp(sentAt) },
  { part: 'date', holds: isSentAtDate, isOfReading: true },
  { part: 'window', holds: isSentAtInWindow, isOfReading: true },
];

// With or without dashes, in either case. The document, 2.3 msgId.
const UUID = /^[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12}$/i;

/** What the value of a field must be. Token and phoneNum have rules of their own. */
function valueParts({ property, format, values }: RequestField): readonly RequirementPart[] {
  switch (format) {
    case 'msgId':
      return MSG_ID_PARTS;
    case 'traceId':
      return [REPLAY_PART];
    case 'timestamp':
      return SENT_AT_PARTS;
    case 'urlEncoded':
      return [
        {
          part: 'encoding',
          holds: (situation) => isEncodingAccepted(property, situation),
          isOfReading: true,
        },
      ];
    default:
      return values === undefined
        ? []
        : [{ part: 'value', holds: ({ request }) => values.includes(request[property] ?? '') }];
  }
}

export function fieldParts(fields: readonly RequestField[]): readonly RequirementPart[] {
  return fields.flatMap((field) => {
    const { property, required } = field;
    return [
      ...(required === false ? [] : presenceParts(field)),
      ...valueParts(field).map(({ part, holds, ...others }) => ({
        ...others,
        part: `${property}.${part}`,
        holds: (situation: Situation) => !situation.request[property] || holds(situation),
      })),
    ];
  });
}

/** An empty text is no value either, but some carriers look at it later. */
function presenceParts(field: RequestField): readonly RequirementPart[] {
  const { property } = field;
  const missing = `${property}.missing`;
  return [
    {
      part: missing,
      holds: ({ request }) => isSent(property, request) || !isRequired(field, request),
      presenceOf: property,
    },
    {
      part: `${property}.empty`,
      holds: ({ request }) => request[property] !== '' || !isRequired(field, request),
      like: missing,
    },
  ];
}

/** Whether all parts of `fieldParts` hold, for a request without wrong values: with one look at each field. */
export function areFieldsValid(fields: readonly RequestField[]): Fact {
  const checked = fields.map((field) => ({ field, isValid: allHold(valueParts(field)) }));
  return (situation) => {
    const { request } = situation;
    for (const { field, isValid } of checked) {
      const isValidField = isFilled(request[field.property])
        ? isValid(situation)
        : !isRequired(field, request);
      if (!isValidField) return false;
    }
    return true;
  };
}

export function allHold(parts: readonly RequirementPart[]): Fact {
  const own = parts.flatMap(({ isExtra, holds }) => (isExtra === true ? [] : [holds]));
  return (situation) => {
    for (const holds of own) if (!holds(situation)) return false;
    return true;
  };
}

export const URL_PARTS: readonly RequirementPart[] = [
  { part: 'path', holds: ({ request }) => request.pathRight },
  { part: 'method', holds: ({ request }) => request.methodRight },
];

/** A carrier can have a code for each. */
export const BODY_PARTS: readonly RequirementPart[] = [
  { part: 'empty', holds: ({ request }) => request.bodyForm !== 'empty' },
  { part: 'json', holds: ({ request }) => request.bodyForm !== 'broken' },
  { part: 'object', holds: ({ request }) => request.bodyForm !== 'value' },
  // Some languages read it as an object without fields.
  { part: 'list', holds: ({ request }) => request.bodyForm !== 'list', like: 'object' },
  // Carriers can read it as an object without fields.
  { part: 'null', holds: ({ request }) => request.bodyForm !== 'null' },
  { part: 'mark', holds: ({ request }) => request.bodyForm !== 'marked', isExtra: true },
];

export const isBodyReadable: Fact = ({ request }) => request.json !== undefined;

export const CONTENT_TYPE_PART: RequirementPart = {
  part: 'contentType',
  holds: ({ request }) => request.contentTypeIsJson,
  needs: 'nothing',
  codeReading: 'content-type',
  isOfReading: true,
};

/** The objects that hold the operation's fields. A carrier can look for the fields elsewhere, or treat them as missing. */
export function envelopeParts(operation: Operation): readonly RequirementPart[] {
  const parts = partsOf(operation);
  const isFlat = (json: JsonObject) => parts.every((part) => json[part] === undefined);
  return [
    {
      part: 'envelope.flat',
      holds: ({ request: { json } }) => json === undefined || !isFlat(json),
    },
    ...parts.flatMap((part): readonly RequirementPart[] => [
      {
        part: `envelope.${part}`,
        holds: ({ request: { json } }) =>
          json === undefined || json[part] !== undefined || isFlat(json),
      },
      {
        part: `envelope.${part}.object`,
        holds: ({ request: { json } }) =>
          json === undefined || json[part] === undefined || isObject(json[part]),
      },
    ]),
  ];
}

export const VALUE_PARTS: readonly RequirementPart[] = [
  valuePart('optional.null', { codeReading: 'json-null', isOfReading: true }),
  valuePart('required.null', { codeReading: 'json-null' }),
  valuePart('required.number', { isOfReading: true }),
  valuePart('keyType', { isOfReading: true }),
  ...(['optional.number', 'required.boolean', 'optional.boolean'] as const).map(plainPart),
  ...(['required.object', 'optional.object', 'required.array', 'optional.array'] as const).map(
    plainPart,
  ),
];

/** Whether all of them hold. */
export const areValuesRight: Fact = ({ request }) => request.wrongValues.length === 0;

function plainPart(kind: WrongValue): RequirementPart {
  return valuePart(kind, {});
}

function valuePart(
  kind: WrongValue,
  others: Omit<RequirementPart, 'part' | 'holds'>,
): RequirementPart {
  return { part: kind, holds: ({ request }) => !request.wrongValues.includes(kind), ...others };
}

/** No carrier is known that refuses unknown fields. */
export function unknownFieldPart(operation: Operation): RequirementPart {
  const parts = partsOf(operation);
  const isKnown = (value: unknown, location: Location) => {
    const known: readonly string[] = [...wireNames(operation, location), ...parts];
    return !isObject(value) || Object.keys(value).every((name) => known.includes(name));
  };
  return {
    part: 'unknownField',
    holds: ({ request: { json } }) =>
      isKnown(json, 'topLevel') && parts.every((part) => isKnown(json?.[part], part)),
    isExtra: true,
  };
}

type TokenMistake = 'blank' | 'encoded' | 'prefix' | 'length' | 'characters';

/** What is wrong with the text of a token. White space and URL encoding are what clients add, so they count alone. */
function tokenMistakes(text: string): readonly TokenMistake[] {
  if (text === '' || isTokenWellFormed(text)) return [];
  if (/\s/.test(text)) return ['blank'];
  if (text.includes('%')) return ['encoded'];
  const prefix = text.startsWith(TOKEN_BEGINNING) ? [] : (['prefix'] as const);
  const length = text.length === TOKEN_LENGTH ? [] : (['length'] as const);
  const others = [...prefix, ...length];
  return others.length === 0 || /[^\dA-Za-z]/.test(text) ? [...others, 'characters'] : others;
}

/** For the tokens of the SDK. A carrier can have a code for each mistake. */
export const TOKEN_PARTS: readonly RequirementPart[] = (
  ['prefix', 'blank', 'encoded', 'length', 'characters'] as const
).map((part) => ({
  part,
  holds: ({ request: { token = '' } }) => !tokenMistakes(token).includes(part),
}));
