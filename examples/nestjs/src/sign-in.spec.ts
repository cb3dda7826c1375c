/** Tests the application against a mock that listens on a port of the test's process. */
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createCmpassportClient } from 'cmpassport-client';
import type { MockApp } from 'cmpassport-mock/control';
import { createMockServer, type MockServer } from 'cmpassport-mock/server';
import { CARRIER, SignInModule } from './sign-in';

let server: MockServer;
let app: MockApp;
let nest: INestApplication;

beforeAll(async () => {
  server = await createMockServer();
  app = await server.mock.createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: server.url,
    production: false,
  });
  const module = await Test.createTestingModule({ imports: [SignInModule] })
    .overrideProvider(CARRIER)
    .useValue(client)
    .compile();
  nest = module.createNestApplication();
  await nest.listen(0, '127.0.0.1');
});

afterAll(async () => {
  await nest.close();
  await server.close();
});

async function post(token: string) {
  const response = await fetch(`${await nest.getUrl()}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return { status: response.status, body: await response.json() };
}

test('a token is exchanged for its phone number', async () => {
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  expect(await post(token)).toEqual({ status: 201, body: { phoneNumber: '13800138000' } });
  await app.assertCalledOnce({ operation: 'loginTokenValidate', resultCode: '103000', token });
});

test('a refusal by the carrier is HTTP 401', async () => {
  await app.script('loginTokenValidate', '103211');
  const { token } = await app.mint();
  expect(await post(token)).toMatchObject({ status: 401 });
});
