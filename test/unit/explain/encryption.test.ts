/** Findings about encryptionalgorithm and keyType. */
import { expect, test } from 'vitest';
import { loginBody, loginRsaBody, UNKNOWN_APP, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { evidenceFor, requestFindingIds, subjectFor } from '../../support/explain.js';

test.each([
  { encryptionalgorithm: 'rsa', id: 'encryption.letter-case' },
  { encryptionalgorithm: 'Rsa', id: 'encryption.letter-case' },
  { encryptionalgorithm: ' RSA', id: 'encryption.letter-case' },
  { encryptionalgorithm: 'SM', id: 'encryption.unsupported' },
  { encryptionalgorithm: 'AES', id: 'encryption.unsupported' },
  { encryptionalgorithm: 'RSA2', id: 'encryption.unsupported' },
])('"$encryptionalgorithm" with a signature for RSA explains the refusal', ({ encryptionalgorithm, id }) => {
  const subject = subjectFor('loginTokenValidate', loginRsaBody({ encryptionalgorithm }));
  expect(subject.decidedBy).toBe('signValid');
  expect(requestFindingIds(subject)).toEqual([id]);
  expect(evidenceFor(subject, id)).toEqual([
    { field: 'encryptionalgorithm', received: encryptionalgorithm, expected: 'RSA' },
  ]);
});

test.each([
  { encryptionalgorithm: 'rsa', ids: ['encryption.letter-case'] },
  { encryptionalgorithm: 'MD5', ids: [] },
  { encryptionalgorithm: 'SHA256', ids: ['encryption.unsupported'] },
  { encryptionalgorithm: '', ids: [] },
  { encryptionalgorithm: undefined, ids: [] },
])(
  '"$encryptionalgorithm" with a correct MD5 signature is accepted, and reported if it names something else',
  ({ encryptionalgorithm, ids }) => {
    const subject = subjectFor('loginTokenValidate', loginBody({ encryptionalgorithm }));
    expect(subject.decidedBy).toBe('allMet');
    expect(requestFindingIds(subject)).toEqual(ids);
  },
);

test.each([
  {
    description: 'neither key',
    settings: { appVerifyKey: null, appEncryptKey: null },
    missing: ['appVerifyKey', 'appEncryptKey'],
  },
  { description: 'only 应用公钥1', settings: { appEncryptKey: null }, missing: ['appEncryptKey'] },
  { description: 'only 应用公钥2', settings: { appVerifyKey: null }, missing: ['appVerifyKey'] },
])('login: RSA with $description registered', ({ settings, missing }) => {
  const subject = subjectFor('loginTokenValidate', loginRsaBody(), { settings });
  expect(subject.decidedBy).toBe('encryptionPossible');
  expect(requestFindingIds(subject)).toEqual(['encryption.key-not-registered']);
  expect(evidenceFor(subject, 'encryption.key-not-registered')).toEqual([{ field: 'encryptionalgorithm', missing }]);
});

test('verify: keyType 1 without 应用公钥1', () => {
  const subject = subjectFor('tokenValidate', verifyRsaBody(), { settings: { appVerifyKey: null } });
  expect(subject.decidedBy).toBe('signValid');
  expect(requestFindingIds(subject)).toEqual(['encryption.key-not-registered']);
  expect(evidenceFor(subject, 'encryption.key-not-registered')).toEqual([
    { field: 'keyType', missing: ['appVerifyKey'] },
  ]);
});

const NO_KEYS = { appVerifyKey: null, appEncryptKey: null } as const;

test.each([
  {
    description: 'login by MD5 needs no keys',
    operation: 'loginTokenValidate',
    body: loginBody(),
    scene: { settings: NO_KEYS },
  },
  {
    description: 'verify by HMAC needs no keys',
    operation: 'tokenValidate',
    body: verifyBody(),
    scene: { settings: NO_KEYS },
  },
  {
    description: 'verify by RSA needs no 应用公钥2',
    operation: 'tokenValidate',
    body: verifyRsaBody(),
    scene: { settings: { appEncryptKey: null } },
  },
  {
    description: "an unknown app's keys are unknown",
    operation: 'loginTokenValidate',
    body: loginRsaBody(),
    scene: UNKNOWN_APP,
  },
] as const)('$description', ({ operation, body, scene }) => {
  expect(requestFindingIds(subjectFor(operation, body, scene))).toEqual([]);
});
