/** A fuzzed request depends only on seed and index, not on earlier requests. */
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

const requestsOf = (seed: number) =>
  Array.from({ length: SEVERAL }, (_, index) => fuzzedAt({ source, seed }, scene, index)).filter(
    // OpenSSL draws the padding of an RSA encryption.
    ({ bytes }) => !bytes.includes('"keyType":"1"'),
  );

test('the same seed and index produce the same bytes', () => {
  expect(requestsOf(1)).toEqual(requestsOf(1));
});

test('another seed or index produces other bytes', () => {
  expect(requestsOf(2)).not.toEqual(requestsOf(1));
  expect(new Set(requestsOf(1).map(({ bytes }) => bytes.toString('latin1'))).size).toBeGreaterThan(SEVERAL / 2);
});
