/** The signature vectors, made outside of our code, before the search: each invalid one has its mistake named. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Operation } from '../../../../src/protocol/operations.js';
import { type Scene, SETTINGS } from '../../../support/engine.js';
import { subjectFor } from '../../../support/explain.js';
import { privateKeyOf, publicKeyOf } from '../../../support/keys.js';
import { readVectors, type Vector } from '../../../support/vectors.js';
import { signIds } from './makers.js';

const { keys } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/vectors/keys.json', import.meta.url), 'utf8'),
) as {
  readonly keys: Readonly<Record<'appEncrypt' | 'otherApp', { readonly publicSpkiBase64: string }>>;
};

const VECTORS = [
  { operation: 'loginTokenValidate', file: 'login-md5' },
  { operation: 'loginTokenValidate', file: 'login-rsa' },
  { operation: 'tokenValidate', file: 'token-validate-hmac' },
  { operation: 'tokenValidate', file: 'token-validate-rsa' },
] as const;

/** By the number of the vector; those that are not here have no mistake. */
const EXPECTED: readonly (readonly [tcId: number, ids: string])[] = [
  [2, 'case'],
  [5, 'field-extra'],
  [7, 'secret-swapped'],
  [8, 'secret-missing'],
  [9, 'field-order'],
  [10, 'field-order'],
  [11, 'field-missing'],
  [12, 'separator'],
  [13, 'time-differs'],
  [14, 'algorithm'],
  [15, 'algorithm'],
  [19, 'encoding'],
  [20, 'key-pair'],
  [21, 'algorithm'],
  [22, 'algorithm'],
  [23, 'field-extra'],
  [24, 'field-order'],
  [25, 'no-match'],
  [26, 'no-match'],
  [32, 'case'],
  [34, 'secret-swapped'],
  [35, 'algorithm'],
  [36, 'algorithm'],
  [37, 'phone-num-variant'],
  [38, 'phone-num-variant'],
  [39, 'field-missing'],
  [40, 'encoding'],
  [48, 'encoding'],
  [49, 'algorithm'],
  [50, 'key-pair'],
];
const IDS = new Map(EXPECTED);

// All groups belong to one app; a group holds only the credentials that its algorithm takes.
const [md5Vector] = readVectors('login-md5');

function sceneOf({ group }: Vector): Scene {
  const { appVerifyKey = null, platformPrivateKey } = group as Partial<Vector['group']>;
  const { appId, appKey, appSecret } = md5Vector?.group ?? SETTINGS;
  const settings = { appId, appKey, appSecret, appVerifyKey, appEncryptKey: keys.appEncrypt.publicSpkiBase64 };
  return { settings, ...(platformPrivateKey && { state: { platformKey: privateKeyOf(platformPrivateKey) } }) };
}

function bodyOf(operation: Operation, { message, sign }: Vector): unknown {
  return operation === 'loginTokenValidate'
    ? { ...message, sign }
    : { header: message.header, body: { ...message.body, sign } };
}

const otherApps = [
  { appId: '300000000002', verifyKey: publicKeyOf(keys.otherApp.publicSpkiBase64), encryptKey: undefined },
];

test.each(
  VECTORS.flatMap(({ operation, file }) =>
    readVectors(file).map((vector) => ({
      operation,
      vector,
      ids: IDS.get(vector.tcId) ?? '',
      name: vector.description,
    })),
  ),
)('$name: "$ids"', ({ operation, vector, ids }) => {
  expect(signIds(subjectFor(operation, bodyOf(operation, vector), sceneOf(vector), { otherApps }))).toBe(ids);
});
