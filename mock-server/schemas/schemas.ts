/** JSON Schemas (2020-12) of the configuration file and of a calibration. Each limit has its reason here. */

import { closed, described, type Schema } from '../../src/control/calls/notation.js';
import {
  APP_FIELDS,
  APP_ID,
  CONTROL_TOKEN,
  LIFETIME_MS,
  NUMBER_OUTCOMES,
  OPERATOR,
  ofOperations,
  PHONE_NUMBER,
  READINGS_INPUT,
  RESULT_CODE_PATTERN,
} from '../../src/control/calls/settings.js';
import { KEY_LENGTH_MAX, SECRET_LENGTH_MAX, TITLES } from '../../src/control/calls/titles.js';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { NUMBER_FAILURES } from '../../src/protocol/test-numbers.js';
import { APPS_MAX, TEAMS_MAX } from '../carrier/engine/app-settings.js';
import { ACCEPTED, AFTER_TOKEN, checkIds } from '../carrier/engine/rules.js';
// Every request looks for its number in the list.
export const SUBSCRIBERS_MAX = 10_000;
/** The body of a recorded response. */

const SUBSCRIBER: Schema = closed(
  {
    phoneNumber: PHONE_NUMBER,
    operator: OPERATOR,
    failure: { enum: NUMBER_FAILURES.map(({ failure }) => failure) },
    outcomes: NUMBER_OUTCOMES,
  },
  ['phoneNumber', 'operator'],
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
      outcome: {
        type: 'string',
        pattern: `${RESULT_CODE_PATTERN}|^(?:${ACCEPTED}|${AFTER_TOKEN}|http-[1-5]\\d\\d)$`,
      },
    },
    required: ['check', 'outcome'],
  };
}

/** Part of an appId in the commands for the team. */
const TEAM_NAME: Schema = {
  type: 'string',
  pattern: '^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$',
  title: TITLES.teamName.en,
};

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
    teams: {
      type: 'array',
      maxItems: TEAMS_MAX,
      items: closed({ name: TEAM_NAME, controlToken: CONTROL_TOKEN }, ['name', 'controlToken']),
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
/** The part of a calibration that the mock uses. `contract calibrate` writes the file. */
export const CALIBRATION_SCHEMA: Schema = described(
  {
    type: 'object',
    properties: {
      format: { const: 2, title: TITLES.calibrationFormat.en },
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
      precedence: PRECEDENCE,
    },
    required: ['format', 'target', 'calibratedAt', 'readings'],
  },
  'What `contract calibrate` observed at the carrier: the order of checks, default readings and result texts.',
);
