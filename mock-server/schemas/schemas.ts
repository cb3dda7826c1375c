/** JSON Schemas (2020-12) of the configuration file and of a calibration, and the fields that the control API shares with it. Each limit has its reason here. */

import { byOperation, OPERATIONS, type Operation } from '../../src/protocol/operations.js';
import { CAPABILITIES, OPERATORS, SIGN_SECRETS } from '../../src/protocol/portal.js';
import { READINGS } from '../../src/protocol/readings.js';
import { NUMBER_FAILURES } from '../../src/protocol/test-numbers.js';
import { APPS_MAX } from '../carrier/engine/app-settings.js';
import { ACCEPTED, checkIds } from '../carrier/engine/rules.js';
import { KEY_LENGTH_MAX, readingTitle, SECRET_LENGTH_MAX, TITLES } from './titles.js';

export type Schema = Readonly<Record<string, unknown>>;

// Ten years: a longer lifetime is a mistake in the unit.
export const LIFETIME_MS_MAX = 315_360_000_000;
export const CALLS_MAX = 1_000_000_000;
// Every request looks for its number in the list.
export const SUBSCRIBERS_MAX = 10_000;
export const TOKENS_AT_ONCE_MAX = 100_000;
// The portal's limit for a list.
export const WHITELIST_LENGTH_MAX = 4000;
export const TOKEN_LENGTH_MAX = 1024;
// Some hundred steps: a longer script belongs in several tests.
export const SCRIPT_LENGTH_MAX = 4096;
// A number's scripts are loaded with their app for every call.
export const NUMBER_SCRIPT_LENGTH_MAX = 512;

const CALLS: Schema = { type: 'integer', minimum: 0, maximum: CALLS_MAX };
const LIFETIME_MS: Schema = { type: 'integer', minimum: 1, maximum: LIFETIME_MS_MAX };
// One line in a list. Test titles are longer than names of apps.
export const APP_NAME_LENGTH_MAX = 100;
const SECRET: Schema = { type: 'string', minLength: 1, maxLength: SECRET_LENGTH_MAX };
/** h5TokenValidate encrypts with the bytes of the first 16 characters, and fills up a shorter key. */
const APP_KEY: Schema = {
  ...SECRET,
  pattern: '^(?:[\\x00-\\x7f]{16}|[\\x00-\\x7f]{0,15}$)',
  title: TITLES.appKey.en,
};
const WHITELIST: Schema = { type: ['string', 'null'], maxLength: WHITELIST_LENGTH_MAX };
/** Any result code, documented or not. */
export const RESULT_CODE_PATTERN = '^\\d{1,6}$';
export const PHONE_NUMBER_PATTERN = '^1\\d{10}$';
export const PHONE_NUMBER: Schema = {
  type: 'string',
  pattern: PHONE_NUMBER_PATTERN,
  title: TITLES.phoneNumber.en,
};
export const OPERATOR: Schema = { enum: OPERATORS };
/** The characters that a header allows: RFC 6750, 2.1. An error message does not quote a `writeOnly` value. */
const CONTROL_TOKEN: Schema = {
  type: 'string',
  pattern: `^[A-Za-z0-9._~+/=-]{1,${SECRET_LENGTH_MAX}}$`,
  writeOnly: true,
  title: TITLES.controlToken.en,
};
/** The body of a recorded response. */
const REPLY_LENGTH_MAX = 8192;
const APP_ID: Schema = {
  type: 'string',
  pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$',
  title: TITLES.appId.en,
};

export const OPERATION: Schema = { enum: OPERATIONS.map(({ operation }) => operation) };

/** An object with these fields and no others. */
export function closed(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
) {
  return {
    type: 'object',
    properties,
    required,
    additionalProperties: false,
  } as const satisfies Schema;
}

export function ofOperations<T>(schema: T): Readonly<Record<Operation, T>> {
  return byOperation(() => schema);
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

/** null selects the default. */
function orNull(schema: Schema): Schema {
  return {
    ...schema,
    ...('type' in schema && { type: [schema['type'], 'null'] }),
    ...(Array.isArray(schema['enum']) && { enum: [...schema['enum'], null] }),
  };
}

/** The options of a reading, in a response. */
export function readingSchema(row: (typeof READINGS)[number]): Schema {
  if (!('pattern' in row)) return { enum: row.options };
  return {
    type: 'string',
    pattern: [...row.options.map((option) => `^${option}$`), row.pattern].join('|'),
  };
}

const READINGS_INPUT: Schema = closed(
  Object.fromEntries(
    READINGS.map((row) => {
      return [
        row.id,
        { ...orNull(readingSchema(row)), ...('form' in row && { title: readingTitle(row).en }) },
      ];
    }),
  ),
);

/** The settings of an app. The schemas of responses use the same descriptions. */
export const APP_FIELDS: Readonly<Record<string, Schema>> = {
  appId: orNull(APP_ID),
  name: described(
    { type: ['string', 'null'], minLength: 1, maxLength: APP_NAME_LENGTH_MAX },
    'A display name, such as the title of the test that uses the app. The carrier does not use it.',
  ),
  appKey: described(orNull(APP_KEY), 'APPKEY: the secret of a tokenValidate signature.'),
  appSecret: described(
    orNull(SECRET),
    'APPSecret: the secret of a loginTokenValidate signature, unless signSecret is appKey.',
  ),
  signSecret: described(
    orNull({ enum: SIGN_SECRETS }),
    '验签方式: which secret the MD5 signature of loginTokenValidate contains.',
  ),
  appVerifyKey: described(
    { type: ['string', 'null'], maxLength: KEY_LENGTH_MAX },
    '应用公钥1, which checks signatures: Base64 of the SPKI, 1024 to 4096 bits.',
  ),
  appEncryptKey: described(
    { type: ['string', 'null'], maxLength: KEY_LENGTH_MAX },
    '应用公钥2, which encrypts msisdn: Base64 of the SPKI, 1024 to 4096 bits.',
  ),
  capabilities: described(
    orNull({ type: 'array', items: { enum: CAPABILITIES }, uniqueItems: true }),
    '能力: what the app may use.',
  ),
  ipWhitelist: described(
    orNull(closed(ofOperations(WHITELIST))),
    "服务器IP白名单 for each operation, in the portal's syntax. null admits every address, an empty string admits none.",
  ),
  contracted: {
    type: ['boolean', 'null'],
    description: 'With a contract, callPackage limits the calls instead of dailyQuota.',
  },
  dailyQuota: described(orNull(CALLS), 'Calls per day without a contract.'),
  callPackage: described(orNull(CALLS), 'Calls under the contract; null means no limit.'),
  tokenTtlMs: described(orNull(LIFETIME_MS), 'Lifetime of a token, in milliseconds.'),
  readings: described(
    orNull(READINGS_INPUT),
    'How the mock interprets the document where it is silent or contradicts itself.',
  ),
  controlToken: described(
    orNull(CONTROL_TOKEN),
    "The app's own control token. Control API calls for the app then need this token or the server's.",
  ),
};

export const NUMBER_OUTCOMES: Schema = described(
  closed(ofOperations({ type: 'string', minLength: 1, maxLength: NUMBER_SCRIPT_LENGTH_MAX })),
  'A script for each operation. An omitted operation has none.',
);

const SUBSCRIBER: Schema = closed(
  {
    phoneNumber: PHONE_NUMBER,
    operator: OPERATOR,
    failure: { enum: NUMBER_FAILURES.map(({ failure }) => failure) },
    outcomes: NUMBER_OUTCOMES,
  },
  ['phoneNumber', 'operator'],
);

/** A response without a result code. */
const RECORDED_REPLY: Schema = closed(
  {
    status: { type: 'integer', minimum: 200, maximum: 599 },
    contentType: { type: 'string', maxLength: SECRET_LENGTH_MAX, pattern: '^[\\x20-\\x7e]*$' },
    body: { type: 'string', maxLength: REPLY_LENGTH_MAX },
  },
  ['status', 'contentType', 'body'],
);

export const PRECEDENCE: Schema = described(
  closed(
    Object.fromEntries(
      OPERATIONS.map(({ operation }) => [
        operation,
        { type: 'array', items: placedCheck(checkIds(operation)) },
      ]),
    ),
  ),
  'The checks of an operation in the order of a carrier. The others follow the check that they follow by default.',
);

/** Open, because a calibration has the evidence too. */
function placedCheck(ids: readonly string[]): Schema {
  return {
    type: 'object',
    properties: {
      check: { enum: ids },
      outcome: { type: 'string', pattern: `${RESULT_CODE_PATTERN}|^${ACCEPTED}$|^reply$` },
      reply: RECORDED_REPLY,
    },
    required: ['check', 'outcome'],
  };
}

export const CONFIGURATION_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'cmpassport-mock configuration',
  ...closed({
    $schema: { type: 'string' },
    apps: {
      type: 'array',
      maxItems: APPS_MAX,
      items: closed({ ...APP_FIELDS, appId: APP_ID }, ['appId']),
    },
    subscribers: { type: 'array', items: SUBSCRIBER, minItems: 1, maxItems: SUBSCRIBERS_MAX },
    lifetimes: closed({ tokenTtlMs: LIFETIME_MS, accessTokenTtlMs: LIFETIME_MS }),
    readings: READINGS_INPUT,
    calibration: {
      type: 'object',
      description: 'The calibration that `contract calibrate` writes.',
    },
    precedence: PRECEDENCE,
    platformKey: { type: 'string', maxLength: KEY_LENGTH_MAX },
    limits: closed({
      tokensMax: { type: 'integer', minimum: 1, maximum: 10_000_000 },
      journalRecordsMax: { type: 'integer', minimum: 1, maximum: 1_000_000 },
      journalRecordsTotalMax: { type: 'integer', minimum: 1, maximum: 10_000_000 },
      ledgerRecordsMax: { type: 'integer', minimum: 1, maximum: 10_000_000 },
    }),
  }),
} as const satisfies Schema;

/** The option is checked like an option of `readings`. */
const OBSERVED_READING: Schema = {
  type: 'object',
  properties: {
    option: { type: 'string' },
    observedOn: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    notSettled: { type: 'object' },
  },
  anyOf: [{ required: ['option', 'observedOn'] }, { required: ['notSettled'] }],
};
// Longer than any client waits.
const LATENCY_MS_MAX = 60_000;
const LATENCY_MS: Schema = { type: 'number', minimum: 0, maximum: LATENCY_MS_MAX };
const LATENCY: Schema = {
  type: 'object',
  properties: { p50: LATENCY_MS, p90: LATENCY_MS, p99: LATENCY_MS },
  required: ['p50', 'p90', 'p99'],
};

/** The part of a calibration that the mock uses. `contract calibrate` writes the file. */
export const CALIBRATION_SCHEMA: Schema = described(
  {
    type: 'object',
    properties: {
      format: { enum: [1] },
      target: { type: 'string', maxLength: SECRET_LENGTH_MAX },
      calibratedAt: { type: 'string' },
      readings: { type: 'object', additionalProperties: OBSERVED_READING },
      texts: closed(
        ofOperations({
          type: 'object',
          propertyNames: { pattern: RESULT_CODE_PATTERN },
          additionalProperties: { type: 'string', maxLength: SECRET_LENGTH_MAX },
        }),
      ),
      statuses: closed(
        ofOperations({
          type: 'object',
          additionalProperties: { type: 'integer', minimum: 200, maximum: 599 },
        }),
      ),
      contentTypes: closed(
        ofOperations({ type: 'string', maxLength: SECRET_LENGTH_MAX, pattern: '^[\\x20-\\x7e]+$' }),
      ),
      precedence: PRECEDENCE,
      latencyMs: closed(ofOperations(LATENCY)),
    },
    required: ['format', 'target', 'calibratedAt', 'readings'],
  },
  'What `contract calibrate` observed at the carrier: the order of checks, default readings, result texts and latency.',
);
