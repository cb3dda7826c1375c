/** An integration test in CommonJS. The mock listens on a port of the test's process. */
const { createCmpassportClient } = require('cmpassport-client');
const { createMockServer } = require('cmpassport-mock/server');

let server;
beforeAll(async () => {
  server = await createMockServer();
});
afterAll(() => server.close());

test('a token is exchanged for its phone number', async () => {
  const app = await server.mock.createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: server.url,
    production: false,
  });
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  expect(await client.getPhoneNumber(token)).toMatchObject({
    kind: 'phoneNumber',
    phoneNumber: '13800138000',
  });
  await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000' });
});
