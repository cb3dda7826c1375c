/** createMockServer: its client of the control API, its options, and its end. */
import { expect, test } from 'vitest';
import { createMockServer } from '../../../mock-server/server.js';
import { LOGIN } from '../../support/endpoints.js';
import { send } from '../../support/mock.js';
import { loginRequest } from '../../support/requests.js';
import { portInUse, refusesConnections } from '../../support/sockets.js';

test('apps created by server.mock are apps of the server', async () => {
  await using server = await createMockServer({ controlToken: 'secret' });
  await using app = await server.mock.createApp();
  await app.script('loginTokenValidate', '103211, pass');
  const { token } = await app.mint();
  const codes = [];
  for (let at = 0; at < 2; at += 1) {
    codes.push((await send(server.url, 'POST', LOGIN.path, loginRequest(app, token))).json.resultCode);
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
  { options: { host: '192.0.2.1' }, message: 'host must be an address of this machine, found "192.0.2.1"' },
  { options: { port: '80' }, message: 'port must be a port from 0 to 65535, found "80"' },
  { options: { httpsPort: 65_536 }, message: 'httpsPort must be a port from 0 to 65535, found 65536' },
  { options: { proxyPort: -1 }, message: 'proxyPort must be a port from 0 to 65535, found -1' },
  { options: { tlsDir: '' }, message: 'tlsDir must be the path of a folder, found ""' },
  { options: { tlsNames: 'a.test' }, message: 'tlsNames must be a list of names, found "a.test"' },
  { options: { seed: 7 }, message: 'seed must be a string, found 7' },
  { options: { trustProxy: 'loopback' }, message: 'trustProxy must be a list of addresses, found "loopback"' },
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
