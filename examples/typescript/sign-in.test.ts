/** Unit tests without a port. msw answers the client's requests to the carrier's real address in this process. */
import { createCmpassportClient } from 'cmpassport-client';
import { createCarrierHandlers } from 'cmpassport-mock/msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { checkNumber, signIn } from './sign-in.js';

const carrier = createCarrierHandlers();
const network = setupServer(...carrier.handlers);
const { appId, appKey, appSecret } = carrier;
const client = createCmpassportClient({ appId, appKey, appSecret, production: false });

beforeAll(() => network.listen());
beforeEach(() => carrier.reset());
afterAll(() => network.close());

test('a token is exchanged for its phone number', async () => {
  const { token } = await carrier.mint({ phoneNumber: '13800138000' });
  expect(await signIn(client, token)).toEqual({ do: 'welcome', phoneNumber: '13800138000' });
});

test('the number of the phone is distinguished from another', async () => {
  const phone = { phoneNumber: '13800138000', capability: 'tokenValidate' } as const;
  const [first, second] = await carrier.mintMany(2, phone);
  expect(await checkNumber(client, first?.token ?? '', '13800138000')).toBe('own');
  expect(await checkNumber(client, second?.token ?? '', '13800138001')).toBe('other');
});

test('a wrong appKey is logged, and the number stays unknown', async () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const misconfigured = createCmpassportClient({
    appId,
    appKey: 'of-another-app',
    appSecret,
    production: false,
  });
  const { token } = await carrier.mint({ phoneNumber: '13800138000', capability: 'tokenValidate' });
  expect(await checkNumber(misconfigured, token, '13800138000')).toBe('unknown');
  expect(logged).toHaveBeenCalledWith('302', expect.any(String), expect.any(String));
  logged.mockRestore();
});

test('a token works once', async () => {
  const { token } = await carrier.mint();
  await signIn(client, token);
  expect(await signIn(client, token)).toEqual({ do: 'getNewToken' });
  await carrier.assertCharged(1);
});

test('a token expires after two minutes', async () => {
  const { token } = await carrier.mint();
  await carrier.advance('2m');
  expect(await signIn(client, token)).toEqual({ do: 'getNewToken' });
});

test('a lost response is not retried', async () => {
  await carrier.script('loginTokenValidate', 'lose');
  const { token } = await carrier.mint();
  expect(await signIn(client, token)).toEqual({ do: 'sendSmsCode' });
  await carrier.assertCalledOnce({ token });
});

test('invalid input from the phone or the user is not sent to the carrier', async () => {
  const { token } = await carrier.mint({ capability: 'tokenValidate' });
  expect(await signIn(client, '')).toEqual({ do: 'getNewToken' });
  expect(await checkNumber(client, '', '13800138000')).toBe('getNewToken');
  expect(await checkNumber(client, token, '+8613800138000')).toBe('askForNumberAgain');
  await carrier.assertNeverCalled();
});
