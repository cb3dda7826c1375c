/** Jest with CommonJS: the client and the client of the control API, with the mock as a process of its own. */
const { spawn } = require('node:child_process');
const { createCmpassportClient } = require('cmpassport-mock');
const { RESULT_CODES } = require('cmpassport-mock/contracts');
const { connectMock } = require('cmpassport-mock/control');

let started;
let url;
beforeAll(async () => {
  started = spawn('node_modules/.bin/cmpassport-mock', ['--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  url = await new Promise((resolve) => {
    let text = '';
    started.stdout.on('data', (data) => {
      text += data;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found) resolve(found);
    });
  });
});
afterAll(() => started.kill());

test('a token gives the number', async () => {
  const app = await connectMock({ url }).createApp();
  const { appId, appKey, appSecret } = app;
  const client = createCmpassportClient({ appId, appKey, appSecret, baseUrl: url, production: false });
  const { token } = await app.mint({ phoneNumber: '13800138000' });
  expect(await client.getPhoneNumber(token)).toMatchObject({ kind: 'phoneNumber', resultCode: '103000' });
  await app.assertCalledOnce();
  expect(RESULT_CODES.length).toBeGreaterThan(0);
});
