/** Findings about the capabilities of an app. The document, 1.4 105019 and 2.5 103420. */
import { expect, test } from 'vitest';
import { loginBody, UNKNOWN_APP, verifyBody } from '../../support/engine.js';
import { findingIds, subjectFor } from '../../support/explain.js';

test('001 without smsFallback has no finding: the option is not for every app', () => {
  const subject = subjectFor('tokenValidate', verifyBody({}, '13900139000'), {
    settings: { capabilities: ['tokenValidate'] },
  });
  expect(subject.resultCode).toBe('001');
  expect(findingIds(subject)).not.toContain('capability.missing');
});

test('an unknown app has no finding', () => {
  expect(findingIds(subjectFor('loginTokenValidate', loginBody(), UNKNOWN_APP))).not.toContain('capability.missing');
});
