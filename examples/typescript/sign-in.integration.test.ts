/** Integration tests: the mock has its own port, and each test its own app. */
import type { MockApp } from 'cmpassport-mock/control';
import { createMockServer } from 'cmpassport-mock/server';
import { afterAll, expect, test } from 'vitest';
import { checkNumber, createCarrier, signIn } from './sign-in.js';

const server = await createMockServer();
afterAll(() => server.close());

function carrierFor({ appId, appKey, appSecret }: MockApp) {
  return createCarrier({
    NODE_ENV: 'test',
    CMPASSPORT_BASE: server.url,
    CMPASSPORT_APP_ID: appId,
    CMPASSPORT_APP_KEY: appKey,
    CMPASSPORT_APP_SECRET: appSecret,
  });
}

test('a token is exchanged for its phone number', async () => {
  const app = await server.mock.createApp();
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  expect(await signIn(carrierFor(app), token)).toEqual({
    do: 'welcome',
    phoneNumber: '13800138000',
  });
  await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000' });
});

test('the number of the phone is distinguished from another', async () => {
  const app = await server.mock.createApp({ capabilities: ['tokenValidate'] });
  const phone = { phoneNumber: '13800138000', capability: 'tokenValidate' } as const;
  const { token } = await app.mint(phone);
  expect(await checkNumber(carrierFor(app), token, '13800138000')).toBe('own');
  const { token: another } = await app.mint(phone);
  expect(await checkNumber(carrierFor(app), another, '13800138001')).toBe('other');
  await app.assertCharged(2);
});

test.each([
  { script: '104201', expected: 'getNewToken' },
  { script: '105312', expected: 'sendSmsCode' },
  { script: '103211', expected: 'sendSmsCode' },
  { script: 'reset', expected: 'sendSmsCode' },
  { script: 'truncate', expected: 'sendSmsCode' },
  { script: 'status(502)', expected: 'sendSmsCode' },
])('$script: the next step is $expected', async ({ script, expected }) => {
  const app = await server.mock.createApp();
  await app.script('loginTokenValidate', script);
  const { token } = await app.mint();
  expect(await signIn(carrierFor(app), token)).toEqual({ do: expected });
  await app.assertScriptUsedUp('loginTokenValidate');
  await app.assertCalledOnce();
});

test('without the capability, a number cannot be checked and nothing is charged', async () => {
  const app = await server.mock.createApp({ capabilities: ['loginTokenValidate'] });
  const { token } = await app.mint({ capability: 'tokenValidate' });
  expect(await checkNumber(carrierFor(app), token, '13800138000')).toBe('unknown');
  await app.assertCalledOnce({ resultCode: '103420' });
  await app.assertCharged(0);
});
