/** Tests the service without a port. package.json has the settings of Jest for msw; the fixtures need faker 9. */
import { createCmpassportClient } from 'cmpassport-client';
import { createFixtures } from 'cmpassport-mock/fixtures';
import { createCarrierHandlers } from 'cmpassport-mock/msw';
import { setupServer } from 'msw/node';
import { SignInService } from './sign-in';

const carrier = createCarrierHandlers();
const network = setupServer(...carrier.handlers);
beforeAll(() => network.listen({ onUnhandledRequest: 'error' }));
afterEach(() => carrier.reset());
afterAll(() => network.close());

test('a token is exchanged for its phone number', async () => {
  const { appId, appKey, appSecret } = carrier;
  const service = new SignInService(
    createCmpassportClient({ appId, appKey, appSecret, production: false }),
  );
  const { phoneNumber } = createFixtures({ seed: 'sign-in' }).subscriber();
  const { token } = await carrier.mint({ phoneNumber });
  expect(await service.signIn(token)).toEqual({ phoneNumber });
});
