/** createMockServer's own client of its control API, and its end. */
import { expect, test } from 'vitest';
import { createMockServer } from '../../mock-server/server.js';
import { LOGIN } from '../support/endpoints.js';
import { send } from '../support/mock.js';
import { loginRequest } from '../support/requests.js';
import { refusesConnections } from '../support/sockets.js';

test('the server’s mock makes apps that the server answers for', async () => {
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

test('its commands lead to the port that it listens on', async () => {
  await using server = await createMockServer();
  const [row] = await server.mock.resultCodes();
  expect(row?.ways.every(({ curl }) => curl.includes(server.url))).toBe(true);
});

test('a block that is left closes it', async () => {
  const url = await (async () => {
    await using server = await createMockServer();
    expect((await send(server.url, 'GET', '/_mock/health')).status).toBe(200);
    return server.url;
  })();
  expect(await refusesConnections(url)).toBe(true);
});

test.each([
  { options: { prot: 1 }, says: 'unknown option "prot"; did you mean "port"?' },
  { options: { url: 'x' }, says: 'unknown option "url"; known: configuration, host, port' },
])('$options is told', async ({ options, says }) => {
  await expect(createMockServer(options as object)).rejects.toThrow(says);
});
