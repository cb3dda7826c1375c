/** Findings about version. */
import { expect, test } from 'vitest';
import { loginBody, verifyBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

test.each([
  { description: "verify's version at login", operation: 'loginTokenValidate', received: '1.0', expected: '2.0' },
  { description: 'a version without the dot', operation: 'loginTokenValidate', received: '2', expected: '2.0' },
  { description: 'a version with a letter', operation: 'loginTokenValidate', received: 'v2.0', expected: '2.0' },
  { description: "login's version at verify", operation: 'tokenValidate', received: '2.0', expected: '1.0' },
  { description: 'white space after the version', operation: 'tokenValidate', received: '1.0 ', expected: '1.0' },
] as const)('$description is wrong', ({ operation, received, expected }) => {
  const version = { version: received };
  const subject = subjectFor(
    operation,
    operation === 'tokenValidate' ? verifyBody({ header: version }) : loginBody(version),
  );
  expect(subject.decidedBy).toBe('parametersValid');
  expect(requestFindingIds(subject)).toEqual(['version.wrong']);
  expect(evidenceFor(subject, 'version.wrong')).toEqual([{ field: 'version', received, expected }]);
});

test('an empty version is missing, not wrong', () => {
  expect(requestFindingIds(subjectFor('loginTokenValidate', loginBody({ version: '' })))).toEqual(['field.missing']);
});

test('if a test forced the outcome, the mistakes are remarks', () => {
  const subject = subjectFor('loginTokenValidate', loginBody({ version: '1.0' }), {}, { decidedBy: 'forced' });
  expect(requestFindingIds(subject)).toEqual(['version.wrong']);
});
