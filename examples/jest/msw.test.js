/** A unit test in CommonJS, without a port. jest.config.js has the settings for msw. */
const { createCmpassportClient } = require('cmpassport-client');
const { createCarrierHandlers } = require('cmpassport-mock/msw');
const { setupServer } = require('msw/node');

const carrier = createCarrierHandlers();
const network = setupServer(...carrier.handlers);
beforeAll(() => network.listen({ onUnhandledRequest: 'error' }));
afterEach(() => carrier.reset());
afterAll(() => network.close());

const { appId, appKey, appSecret } = carrier;
const client = createCmpassportClient({ appId, appKey, appSecret, production: false });

test('a token is exchanged for its phone number', async () => {
  const { token } = await carrier.mint({ phoneNumber: '13800138000' });
  expect(await client.getPhoneNumber(token)).toMatchObject({
    kind: 'phoneNumber',
    phoneNumber: '13800138000',
  });
  await carrier.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000' });
});

test('a connection that is reset is a network error', async () => {
  await carrier.script('loginTokenValidate', 'reset');
  const { token } = await carrier.mint();
  await expect(client.getPhoneNumber(token)).rejects.toMatchObject({ code: 'ERR_NETWORK' });
});
