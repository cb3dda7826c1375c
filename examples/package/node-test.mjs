/** node:test, with a mock on its own port. */
import { after, before, test } from 'node:test';
import { createCmpassportClient } from 'cmpassport-client';
import { connectMock } from 'cmpassport-mock/control';
import { createMockServer } from 'cmpassport-mock/server';

let server;
before(async () => {
  server = await createMockServer();
});
after(() => server.close());

test('a token works once', async () => {
  const app = await connectMock({ url: server.url }).createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: server.url,
    production: false,
  });
  const { token } = await app.mint();
  await client.getPhoneNumber(token);
  await client.getPhoneNumber(token);
  await app.assertCalled(2);
  await app.assertCharged(1);
});
