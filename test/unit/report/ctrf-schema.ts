/** A schema with the fields that every version of CTRF has: https://ctrf.io/docs/specification/root. */

const INTEGER = { type: 'integer', minimum: 0 };
const TEXT = { type: 'string' };
const NAME = { type: 'string', minLength: 1 };
const EXTRA = { type: 'object' };
const INSTANT = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' };

/** Only the listed fields, because consumers reject unknown ones. */
function closed(required: readonly string[], properties: Readonly<Record<string, object>>) {
  return { type: 'object', additionalProperties: false, required, properties };
}

const test = closed(['name', 'status', 'duration'], {
  name: NAME,
  status: { enum: ['passed', 'failed', 'skipped', 'pending', 'other'] },
  duration: INTEGER,
  start: INTEGER,
  stop: INTEGER,
  suite: { type: 'array', minItems: 1, items: TEXT },
  message: TEXT,
  trace: TEXT,
  rawStatus: TEXT,
  tags: { type: 'array', items: TEXT },
  extra: EXTRA,
});

const COUNTS = ['tests', 'passed', 'failed', 'skipped', 'pending', 'other', 'start', 'stop'];

const summary = closed(COUNTS, Object.fromEntries(COUNTS.map((name) => [name, INTEGER])));

export const CTRF_SCHEMA = closed(['reportFormat', 'specVersion', 'results'], {
  reportFormat: { const: 'CTRF' },
  specVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
  timestamp: INSTANT,
  generatedBy: TEXT,
  results: closed(['tool', 'summary', 'tests'], {
    tool: closed(['name'], { name: NAME, version: TEXT, extra: EXTRA }),
    summary,
    tests: { type: 'array', items: test },
    extra: EXTRA,
  }),
});
