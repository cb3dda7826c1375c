/** JSON Schema of the part of a calibration that the mock uses. `contract calibrate` writes the file. */
import { closed, described, ofOperations, PRECEDENCE, RESULT_CODE_PATTERN, type Schema } from './schemas.js';
import { SECRET_LENGTH_MAX } from './titles.js';

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

/** The part of a calibration that the mock uses. */
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
        ofOperations({ type: 'object', additionalProperties: { type: 'integer', minimum: 200, maximum: 599 } }),
      ),
      contentTypes: closed(ofOperations({ type: 'string', maxLength: SECRET_LENGTH_MAX, pattern: '^[\\x20-\\x7e]+$' })),
      precedence: PRECEDENCE,
      latencyMs: closed(ofOperations(LATENCY)),
    },
    required: ['format', 'target', 'calibratedAt', 'readings'],
  },
  'What `contract calibrate` observed at the carrier: the order of checks, default readings, result texts and latency.',
);
