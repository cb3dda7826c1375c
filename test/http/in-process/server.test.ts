/**
 * createMockServer: its client of the control API, its options, and its end. The middleware behind a Unix socket. Its
 * connections have no address and no reset.
 */

import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type CarrierMiddlewareOptions,
  createCarrierMiddleware,
  createMockServer,
} from '../../../mock-server/server.js';
import { LOGIN, resultCodeOf } from '../../support/endpoints.js';
import { temporaryFolder } from '../../support/files.js';
import { send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { loginRequest } from '../../support/requests.js';
import { portInUse, refusesConnections } from '../../support/sockets.js';
import { postBytes } from '../adapters/fault-client.js';

test('apps created by server.mock are apps of the server', async () => {
  await using server = await createMockServer({ controlToken: 'secret' });
  await using app = await server.mock.createApp();
  await app.script('loginTokenValidate', '103211, pass');
  const { token } = await app.mint();
  const codes = [];
  for (let at = 0; at < 2; at += 1) {
    codes.push(
      (await send(server.url, 'POST', LOGIN.path, loginRequest(app, token))).json.resultCode,
    );
  }
  expect(codes).toEqual(['103211', '103000']);
  await app.assertScriptUsedUp('loginTokenValidate');
  await app.assertCalledOnce({ resultCode: '103000' });
  expect(server.mock.url).toBe(server.url);
});

test('leaving a block with `await using` closes the server', async () => {
  const url = await (async () => {
    await using server = await createMockServer();
    expect((await send(server.url, 'GET', '/_mock/health')).status).toBe(200);
    return server.url;
  })();
  expect(await refusesConnections(url)).toBe(true);
});

test.each([
  { options: null, message: 'options must be an object, found null' },
  { options: { host: '' }, message: 'host must be an address or a name, without a zone, found ""' },
  { options: { host: 'fe80::1%eth0' }, message: 'without a zone, found "fe80::1%eth0"' },
  {
    options: { host: '192.0.2.1' },
    message: 'host must be an address of this machine, found "192.0.2.1"',
  },
  { options: { port: '80' }, message: 'port must be a port from 0 to 65535, found "80"' },
  {
    options: { httpsPort: 65_536 },
    message: 'httpsPort must be a port from 0 to 65535, found 65536',
  },
  { options: { proxyPort: -1 }, message: 'proxyPort must be a port from 0 to 65535, found -1' },
  { options: { tlsDir: '' }, message: 'tlsDir must be the path of a folder, found ""' },
  { options: { tlsNames: 'a.test' }, message: 'tlsNames must be a list of names, found "a.test"' },
  { options: { seed: 7 }, message: 'seed must be a string, found 7' },
  {
    options: { trustProxy: 'loopback' },
    message: 'trustProxy must be a list of addresses, found "loopback"',
  },
  { options: { trustProxy: ['nginx'] }, message: 'trustProxy must be addresses, CIDR blocks' },
  { options: { controlToken: 'two words' }, message: 'controlToken must consist of letters' },
  {
    options: { requestTimeoutMs: 0 },
    message: 'requestTimeoutMs must be a whole number from 1 to 2147483647, found 0',
  },
  { options: { configuration: null }, message: 'must be an object, found null' },
])('$options is refused, and the error names the option', async ({ options, message }) => {
  await expect(createMockServer(options as never)).rejects.toThrow(message);
});

test('the error for a port in use names the option', async () => {
  const port = await portInUse();
  await expect(createMockServer({ port })).rejects.toThrow(
    `port ${port} on 127.0.0.1 is in use: set another with port,`,
  );
});

test.each([
  { options: { prot: 1 }, message: 'unknown option "prot"; did you mean "port"?' },
  { options: { url: 'x' }, message: 'unknown option "url"; known: configuration, port, host' },
])('$options is refused with a hint', async ({ options, message }) => {
  await expect(createMockServer(options as object)).rejects.toThrow(message);
});

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
    open: (outcome?: string) =>
      openAt(path, postBytes({ path: LOGIN.path, body, ...(outcome && { outcome }) })),
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
    closed: () =>
      eventually('the end of the connection', () => (state.closed ? state.text : undefined)),
    body: () =>
      eventually('the response', () =>
        state.text.endsWith('}') ? state.text.split('\r\n\r\n')[1] : undefined,
      ),
  };
}

test('a reset closes only its own connection', async () => {
  const { app, open } = await sceneAt();
  const slow = open('delay(500ms) 103000');
  await eventually('the first request', async () => ((await app.count()) === 1 ? true : undefined));
  expect(await open('reset').closed()).toBe('');
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
