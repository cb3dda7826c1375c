/** Uses the package with its peer dependencies: the carrier in process, and the fixtures. */
import assert from 'node:assert/strict';
import { createCmpassportClient } from 'cmpassport-client';
import { createFixtures } from 'cmpassport-mock/fixtures';
import { createCarrierHandlers } from 'cmpassport-mock/msw';
import { setupServer } from 'msw/node';

const carrier = createCarrierHandlers();
const network = setupServer(...carrier.handlers);
network.listen();
try {
  const { appId, appKey, appSecret } = carrier;
  const client = createCmpassportClient({ appId, appKey, appSecret, production: false });
  const { phoneNumber } = createFixtures({ seed: 'packed' }).subscriber();
  const { token } = await carrier.mint({ phoneNumber });
  const answer = await client.getPhoneNumber(token);
  assert.equal(answer.kind === 'phoneNumber' && answer.phoneNumber, phoneNumber);
} finally {
  network.close();
}
