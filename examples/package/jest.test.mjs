/** Jest with ES modules: every entry of the package works. */
import { createCmpassportClient } from 'cmpassport-client';
import { connectMock } from 'cmpassport-mock/control';
import { createFixtures } from 'cmpassport-mock/fixtures';
import { createCarrierHandlers } from 'cmpassport-mock/msw';
import { createMockServer } from 'cmpassport-mock/server';
import { setupServer } from 'msw/node';

const carrier = createCarrierHandlers();
const network = setupServer(...carrier.handlers);
beforeAll(() => network.listen({ onUnhandledRequest: 'bypass' }));
afterAll(() => network.close());

const { phoneNumber } = createFixtures({ seed: 'packed' }).subscriber();

test('in process', async () => {
  const { appId, appKey, appSecret } = carrier;
  const client = createCmpassportClient({ appId, appKey, appSecret, production: false });
  const { token } = await carrier.mint({ phoneNumber });
  expect(await client.getPhoneNumber(token)).toMatchObject({ kind: 'phoneNumber' });
  await carrier.assertCalledOnce();
});

test('over HTTP', async () => {
  const server = await createMockServer();
  const app = await connectMock({ url: server.url }).createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: server.url,
    production: false,
  });
  const { token } = await app.mint({ phoneNumber });
  expect(await client.getPhoneNumber(token)).toMatchObject({ kind: 'phoneNumber' });
  await app.assertCalledOnce();
  await server.close();
});
