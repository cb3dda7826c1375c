/** Findings about the capabilities of an app. The document, 1.4 105019 and 2.5 103420. */
import { expect, test } from 'vitest';
import { loginBody, UNKNOWN_APP, verifyBody } from '../../support/engine.js';
import { evidenceFor, findingIds, subjectFor } from '../../support/explain.js';

const BODIES = { loginTokenValidate: loginBody(), tokenValidate: verifyBody() } as const;

test.each([
  { operation: 'loginTokenValidate', capabilities: ['tokenValidate'], name: '获取手机号码' },
  { operation: 'tokenValidate', capabilities: ['loginTokenValidate', 'smsFallback'], name: '本机号码校验' },
  { operation: 'tokenValidate', capabilities: [], name: '本机号码校验' },
] as const)('$operation without its capability', ({ operation, capabilities, name }) => {
  const subject = subjectFor(operation, BODIES[operation], { settings: { capabilities } });
  expect(subject.decidedBy).toBe('capabilityGranted');
  expect(findingIds(subject)).toEqual(['capability.missing']);
  expect(evidenceFor(subject, 'capability.missing')).toEqual([
    { received: capabilities.join(', '), expected: operation, name },
  ]);
});

test.each([
  { operation: 'loginTokenValidate', capabilities: ['loginTokenValidate'] },
  { operation: 'tokenValidate', capabilities: ['tokenValidate'] },
] as const)('$operation with only its own capability has no finding', ({ operation, capabilities }) => {
  expect(findingIds(subjectFor(operation, BODIES[operation], { settings: { capabilities } }))).toEqual([]);
});

test('001 without smsFallback has no finding: the option is not for every app', () => {
  const subject = subjectFor('tokenValidate', verifyBody({}, '13900139000'), {
    settings: { capabilities: ['tokenValidate'] },
  });
  expect(subject.resultCode).toBe('001');
  expect(findingIds(subject)).not.toContain('capability.missing');
});

test('an address that decided comes first, and the capability is reported after it', () => {
  const settings = { capabilities: [], ipWhitelist: { loginTokenValidate: '10.0.0.1', tokenValidate: '10.0.0.1' } };
  expect(findingIds(subjectFor('tokenValidate', verifyBody(), { settings }))).toEqual([
    'ip.not-listed',
    'capability.missing',
  ]);
});

test('an unknown app has no finding', () => {
  expect(findingIds(subjectFor('loginTokenValidate', loginBody(), UNKNOWN_APP))).not.toContain('capability.missing');
});
