/** The middleware behind a Unix socket. Its connections have no address and no reset. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CarrierMiddlewareOptions, createCarrierMiddleware } from '../../../mock-server/server.js';
import { LOGIN, resultCodeOf } from '../../support/endpoints.js';
import { temporaryFolder } from '../../support/files.js';
import { eventually } from '../../support/poll.js';
import { postBytes } from '../adapters/fault-client.js';

/** A carrier at a Unix socket, and a function that sends a request to it. */
async function sceneAt(options: CarrierMiddlewareOptions = {}) {
  const path = join(temporaryFolder(), 'carrier.sock');
  const carrier = createCarrierMiddleware(options);
  const server = createServer(carrier);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    carrier.close();
    server.close();
    server.closeAllConnections();
  });
  const app = await carrier.mock.app('300000000001');
  const { token } = await app.mint();
  const { appId, appKey, appSecret, platformPublicKey } = app;
  const body = LOGIN.request({ appId, appKey, appSecret, platformPublicKey }, token);
  return {
    app,
    open: (outcome?: string) => openAt(path, postBytes({ path: LOGIN.path, body, ...(outcome && { outcome }) })),
  };
}

function openAt(path: string, bytes: Buffer) {
  const socket = connect(path, () => void socket.write(bytes));
  onTestFinished(() => void socket.destroy());
  const state = { text: '', closed: false };
  socket.on('data', (chunk) => {
    state.text += chunk;
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    state.closed = true;
  });
  return {
    closed: () => eventually('the end of the connection', () => (state.closed ? state.text : undefined)),
    body: () =>
      eventually('the response', () => (state.text.endsWith('}') ? state.text.split('\r\n\r\n')[1] : undefined)),
  };
}

test.each(['reset', 'lose', 'delay(10ms) reset'])('%s closes only its own connection', async (outcome) => {
  const { app, open } = await sceneAt();
  const slow = open('delay(500ms) 103000');
  await eventually('the first request', async () => ((await app.count()) === 1 ? true : undefined));
  expect(await open(outcome).closed()).toBe('');
  expect(resultCodeOf((await slow.body()) ?? '')).toBe('103000');
  await app.assertCalled(2);
});

test.each([{ trustProxy: [] }, { trustProxy: ['loopback'] }])(
  'a request has no client address and gets a response: %j',
  async (options) => {
    const { app, open } = await sceneAt(options);
    expect(resultCodeOf((await open().body()) ?? '')).toBe('103000');
    expect(await app.requests()).toMatchObject([{ clientIp: '' }]);
  },
);
