/** X-Forwarded-For is trusted only from the configured proxies. */
import { expect, test } from 'vitest';
import type { MockServerOptions } from '../../../mock-server/server.js';
import { login, mintToken, newApp, send, startMock } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';

/** The journalled client address of a request with this header, over a real socket of 127.0.0.1. */
async function clientIp(options: MockServerOptions, forwarded: string): Promise<string> {
  const { url } = await startMock(options);
  const { headers } = await send(url, 'POST', '/unisdk/rsapi/loginTokenValidate', '{}', {
    'x-forwarded-for': forwarded,
  });
  return (await send(url, 'GET', `/_mock/requests/${headers.get('x-mock-request-id')}`)).json
    .clientIp;
}

test.each([
  {
    description: 'by default no proxy is trusted',
    trustProxy: [],
    forwarded: '203.0.113.9',
    expected: '127.0.0.1',
  },
  {
    description: 'a configured proxy is trusted',
    trustProxy: ['127.0.0.1'],
    forwarded: '203.0.113.9',
    expected: '203.0.113.9',
  },
  {
    description: 'addresses before the last untrusted one are ignored',
    trustProxy: ['127.0.0.1'],
    forwarded: '198.51.100.1, 203.0.113.9',
    expected: '203.0.113.9',
  },
  {
    description: 'a text that is no address is truncated',
    trustProxy: ['127.0.0.1'],
    forwarded: 'x'.repeat(15_000),
    expected: 'x'.repeat(64),
  },
  {
    description: 'an empty header is ignored',
    trustProxy: ['loopback'],
    forwarded: ' ',
    expected: '127.0.0.1',
  },
])('$description', async ({ trustProxy, forwarded, expected }) => {
  expect(await clientIp({ trustProxy }, forwarded)).toBe(expected);
});

test.each([
  {
    description: 'behind a trusted proxy the whitelist applies to the client’s address',
    trustProxy: ['127.0.0.1'],
    resultCode: '103000',
  },
  {
    description: 'without a trusted proxy it applies to the socket’s address',
    trustProxy: [],
    resultCode: '103511',
  },
])('$description', async ({ trustProxy, resultCode }) => {
  const { url } = await startMock({ trustProxy });
  const app = await newApp(url, { ipWhitelist: { loginTokenValidate: '203.0.113.9' } });
  const body = loginRequest(app, await mintToken(url, app.appId), { strictcheck: '1' });
  const response = await send(url, 'POST', '/unisdk/rsapi/loginTokenValidate', body, {
    'x-forwarded-for': '203.0.113.9',
  });
  expect(response.json.resultCode).toBe(resultCode);
});

test('a text that is no address is on no whitelist', async () => {
  const { url } = await startMock({ trustProxy: ['127.0.0.1'] });
  const app = await newApp(url);
  const body = loginRequest(app, await mintToken(url, app.appId), { strictcheck: '1' });
  const response = await send(url, 'POST', '/unisdk/rsapi/loginTokenValidate', body, {
    'x-forwarded-for': 'unknown',
  });
  expect(response.json.resultCode).toBe('103511');
  expect((await login(url, body)).json.resultCode).toBe('103000');
});
