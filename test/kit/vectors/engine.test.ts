/** The engine against every vector with a signature or a phoneNum. */
import { expect, test } from 'vitest';
import { judge } from '../../support/engine.js';
import { privateKeyOf } from '../../support/keys.js';
import { isAccepted } from './vector-files.js';
import { LAX, REQUESTED, requestOf } from './vector-requests.js';

const SUCCESS: Readonly<Record<string, string>> = { loginTokenValidate: '103000', tokenValidate: '000' };

test.each(REQUESTED)('$name', (vector) => {
  const { operation, settings, body, phoneNumber, refusals } = requestOf(vector);
  const { platformPrivateKey } = vector.group;
  // The carrier uses the key pair of the vectors.
  const state = platformPrivateKey === undefined ? {} : { platformKey: privateKeyOf(platformPrivateKey) };
  const { decision } = judge(operation, body, { settings, readings: LAX, state, token: { phoneNumber } });
  expect(isAccepted(vector) ? [SUCCESS[operation]] : refusals).toContain(decision.resultCode);
});
