/** Findings about encryptionalgorithm and keyType. */
import { expect, test } from 'vitest';
import { loginBody, loginRsaBody, UNKNOWN_APP, verifyBody, verifyRsaBody } from '../../support/engine.js';
import { requestFindingIds, subjectFor } from '../../support/explain.js';

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
