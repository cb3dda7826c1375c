/** A fuzzed request is made of seed and index: the same again, without those before it. */
import { expect, test } from 'vitest';
import { callsIn, type OpenapiDocument } from '../../../bench/stress/fuzz/control-requests.js';
import { fuzzedAt } from '../../../bench/stress/fuzz/fuzz.js';
import type { Scene } from '../../../bench/stress/fuzz/scene.js';
import { DOCUMENT } from '../../support/openapi.js';

const document = DOCUMENT as unknown as OpenapiDocument;
const source = { document, calls: callsIn(document), requestIds: [] };
const scene: Scene = {
  valuesOf: (appId, token) => ({ appId, token, appKey: 'k', appSecret: 's', msgId: 'm', time: '20261125093619762' }),
  freshToken: (operation, index) => `${operation}-${index}`,
  otherToken: () => 'other',
};
const SEVERAL = 300;

const drawn = (seed: number) =>
  Array.from({ length: SEVERAL }, (_, index) => fuzzedAt({ source, seed }, scene, index)).filter(
    // The padding of an RSA encryption is drawn by OpenSSL.
    ({ bytes }) => !bytes.includes('"keyType":"1"'),
  );

test('the same seed and index make the same bytes', () => {
  expect(drawn(1)).toEqual(drawn(1));
});

test('another seed makes others, and each index its own', () => {
  expect(drawn(2)).not.toEqual(drawn(1));
  expect(new Set(drawn(1).map(({ bytes }) => bytes.toString('latin1'))).size).toBeGreaterThan(SEVERAL / 2);
});
