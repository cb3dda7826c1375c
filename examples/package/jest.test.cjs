/** Jest with CommonJS and without settings: the server in the test's process, the client, and the client of the control API. */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createCmpassportClient } = require('cmpassport-client');
const { RESULT_CODES } = require('cmpassport-mock/contracts');
const { connectMock } = require('cmpassport-mock/control');
const { createMockServer } = require('cmpassport-mock/server');

const tlsDir = mkdtempSync(join(tmpdir(), 'cmpassport-mock-jest-'));
let server;
beforeAll(async () => {
  server = await createMockServer({ httpsPort: 0, tlsDir });
});
afterAll(async () => {
  await server.close();
  rmSync(tlsDir, { recursive: true });
});

test('a token is exchanged for its phone number', async () => {
  const { url } = server;
  const app = await connectMock({ url }).createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({
    appId,
    appKey,
    appSecret,
    baseUrl: url,
    production: false,
  });
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  expect(await client.getPhoneNumber(token)).toMatchObject({
    kind: 'phoneNumber',
    resultCode: '103000',
  });
  await app.assertCalledOnce();
  expect(RESULT_CODES.length).toBeGreaterThan(0);
});

test('the server has a certificate, the metrics and the console', async () => {
  expect(server.caPem).toMatch(/^-----BEGIN CERTIFICATE-----/);
  for (const path of ['/', '/_mock/metrics', '/_mock/openapi.json', '/_mock/truststore.p12']) {
    expect((await fetch(server.url + path)).status).toBe(200);
  }
});
