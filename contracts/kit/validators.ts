/** The kit's schemas as functions. The build replaces this module with code that Ajv generates, so that Ajv is not in the package. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Operation, SCHEMAS } from '../index.js';
import calibration from '../schemas/calibration.schema.json' with { type: 'json' };
import deviations from '../schemas/deviations.schema.json' with { type: 'json' };
import profile from '../schemas/profile.schema.json' with { type: 'json' };
import { OPERATIONS } from './operations.js';

/** A file with tokens from a phone. */
const TOKENS = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['operation', 'token', 'phoneNumber'],
    properties: {
      operation: { enum: OPERATIONS },
      token: { type: 'string', minLength: 1 },
      phoneNumber: { type: 'string', minLength: 1 },
      userInformation: { type: 'string', minLength: 1 },
      takenAtMs: { type: 'integer' },
    },
  },
};

/** An app in the format of the control API. Other fields are ignored. */
const APP = {
  type: 'object',
  properties: {
    appId: { type: 'string', minLength: 1 },
    appKey: { type: ['string', 'null'], minLength: 1 },
    appSecret: { type: ['string', 'null'], minLength: 1 },
    signSecret: { enum: ['appSecret', 'appKey', null] },
    appSignPrivateKey: { type: 'string', minLength: 1 },
  },
};
const APPS = {
  ...APP,
  properties: { ...APP.properties, apps: { type: 'array', minItems: 1, items: APP } },
};

const FILES = { profile, calibration, deviations, tokens: TOKENS, apps: APPS };
type Name = keyof typeof FILES | `${Operation}${'Request' | 'Response'}`;

const BODIES = OPERATIONS.flatMap((operation) => [
  [`${operation}Request`, SCHEMAS[operation].request] as const,
  [`${operation}Response`, SCHEMAS[operation].response] as const,
]);

/** @public The build generates code from it. */
export const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allErrors: true,
  code: { source: true, esm: true },
});

/** Ajv repeats a schema in the code that it generates, and nothing there reads its notes. */
const NOTES = ['$comment', 'title', 'description'];

function withoutNotes(schema: object): object {
  const isNote = (key: string, value: unknown) => NOTES.includes(key) && typeof value === 'string';
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (isNote(key, value) ? undefined : value)),
  );
}

const ALL = [...Object.entries(FILES), ...BODIES];
ajv.addSchema(ALL.map(([$id, schema]) => ({ ...withoutNotes(schema), $id })));

/** By the name of the schema, which the build needs as `$id`. A schema is compiled when it is used first. */
export const VALIDATORS = Object.defineProperties(
  {},
  Object.fromEntries(
    ALL.map(([$id]) => [$id, { enumerable: true, get: () => ajv.getSchema($id) }]),
  ),
) as Readonly<Record<Name, ValidateFunction>>;
