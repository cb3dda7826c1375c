/** Every field with JSON that is no String: the explanation does not fail, in either language, for a known and an unknown app. */
import { describe, expect, test } from 'vitest';
import { explain } from '../../../mock-server/explain/explain.js';
import { fieldsOf } from '../../../src/protocol/fields.js';
import { LANGUAGES } from '../../../src/text/bilingual.js';
import { loginBody, UNKNOWN_APP, verifyBody } from '../../support/engine.js';
import { subjectFor } from '../../support/explain.js';

/** As JSON text, because an object literal with `__proto__` has no such key. */
const VALUES = [
  '{"toString":"2"}',
  '{"valueOf":1,"toString":null}',
  '{"__proto__":{"length":3}}',
  '{"constructor":null,"length":-1}',
  '{"toJSON":1}',
  '[{"toString":1}]',
  '[2]',
  'true',
  '1e999',
  '-0',
];
const MARK = 'odd value';

const FIELDS = [
  ...fieldsOf('loginTokenValidate').map(({ name }) => ({
    operation: 'loginTokenValidate' as const,
    field: name,
    body: JSON.stringify({ ...loginBody(), [name]: MARK }),
  })),
  ...fieldsOf('tokenValidate').map(({ name, location }) => ({
    operation: 'tokenValidate' as const,
    field: `${location}/${name}`,
    body: JSON.stringify(verifyBody({ [location]: { [name]: MARK } })),
  })),
];

describe.each(FIELDS)('$operation, $field', ({ operation, body }) => {
  test.each(VALUES)('%s', (value) => {
    const text = body.replace(JSON.stringify(MARK), value);
    const subject = subjectFor(operation, text, UNKNOWN_APP);
    expect(text).toContain(value);
    for (const language of LANGUAGES) {
      const explanation = explain(subject, language);
      expect(explanation.findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(explanation)).not.toContain('undefined');
    }
  });
});
