/** Uses the package without its peer dependencies: a server, its control API, the client and one exchange. */
import assert from 'node:assert/strict';
import { createCmpassportClient } from 'cmpassport-client';
import { RESULT_CODES } from 'cmpassport-mock/contracts';
import { connectMock } from 'cmpassport-mock/control';
import { createCarrierFetch } from 'cmpassport-mock/fetch';
import { createCarrierMiddleware, createMockServer } from 'cmpassport-mock/server';

const server = await createMockServer();
try {
  const app = await connectMock({ url: server.url }).createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: server.url,
    production: false,
  });
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  const answer = await client.getPhoneNumber(token);
  assert.equal(answer.kind === 'phoneNumber' && answer.phoneNumber, '13800138000');
  assert.ok(RESULT_CODES.length > 0);
  await createCarrierFetch().assertNeverCalled();
  createCarrierMiddleware().close();
} finally {
  await server.close();
}
