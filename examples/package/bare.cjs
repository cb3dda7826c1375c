/** bare.mjs in CommonJS. */
const assert = require('node:assert/strict');
const { createCmpassportClient } = require('cmpassport-client');
const { RESULT_CODES } = require('cmpassport-mock/contracts');
const { connectMock } = require('cmpassport-mock/control');
const { createCarrierFetch } = require('cmpassport-mock/fetch');
const { createCarrierMiddleware, createMockServer } = require('cmpassport-mock/server');

async function main() {
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
    const { token } = await app.mint({ phoneNumber: '13800138000', capability: 'tokenValidate' });
    const answer = await client.verifyPhoneNumber({ token, phoneNumber: '13800138000' });
    assert.equal(answer.kind, 'ownNumber');
    assert.ok(RESULT_CODES.length > 0);
    await createCarrierFetch().assertNeverCalled();
    createCarrierMiddleware().close();
  } finally {
    await server.close();
  }
}

main();
