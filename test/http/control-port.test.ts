/**
 * The control API on its own port, and the limit of connections. A control API without a token: the server logs an error
 * at start if other machines can reach it. The address for users, if it is not the one that the server listens on: links,
 * commands, and the accepted host name.
 */
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readCommand } from '../../mock-server/cli/command.js';
import { toConfiguration } from '../../mock-server/options/configuration.js';
import { startServer } from '../../mock-server/server/start-server.js';
import { createLog, type LogLine } from '../../mock-server/telemetry/log.js';
import { connectMock } from '../../src/control/index.js';
import { callServe } from '../support/called-command.js';
import { LOGIN_PATH, login, mintToken, newApp, send, startMock, verify } from '../support/mock.js';
import { eventually } from '../support/poll.js';
import { loginRequest, verifyRequest } from '../support/requests.js';
import { openWire } from '../support/sockets.js';
import { bytesOf, headerOf, openHttp } from '../support/wire.js';

test('X-Mock-Explanation has the address of the server, whatever Host the client sends', async () => {
  const { url } = await startMock({ host: '0.0.0.0' });
  const wire = openHttp(url);
  wire.send(bytesOf({ target: LOGIN_PATH }, 'no JSON'));
  const reply = await wire.reply();
  const explained = `${url}/_mock/requests/${headerOf(reply, 'X-Mock-Request-Id')}/explanation`;
  expect(headerOf(reply, 'X-Mock-Explanation')).toBe(explained);
  expect(
    ((await (await fetch(explained)).json()) as { readonly resultCode: string }).resultCode,
  ).toBe('103412');
});

describe('with a control port', () => {
  test('that port serves the control API and the carrier, and tokens work on both ports', async () => {
    const { url, controlUrl } = await startMock({ controlPort: 0 });
    expect(new URL(controlUrl).port).not.toBe(new URL(url).port);
    const app = await newApp(controlUrl);
    for (const base of [url, controlUrl]) {
      const { json, headers } = await login(
        base,
        loginRequest(app, await mintToken(controlUrl, app.appId)),
      );
      expect(json.resultCode).toBe('103000');
      expect(headers.has('x-mock-explanation')).toBe(false);
      const explained = `/_mock/requests/${headers.get('x-mock-request-id')}/explanation`;
      expect((await send(controlUrl, 'GET', explained)).json.resultCode).toBe('103000');
    }
    const token = await mintToken(controlUrl, app.appId, { capability: 'tokenValidate' });
    const request = verifyRequest(app, { token, phoneNumber: '13800138000' });
    expect((await verify(controlUrl, request)).json.header.resultCode).toBe('000');
    expect((await verify(url, request)).json.header.resultCode).toBe('606');
  });

  test('the carrier requires no control token on that port either', async () => {
    const { controlUrl } = await startMock({ controlPort: 0, controlToken: 'secret' });
    expect((await send(controlUrl, 'GET', '/_mock/apps')).status).toBe(401);
    expect((await login(controlUrl, {})).json.resultCode).toBe('103811');
  });

  test.each(['/_mock', '/_mock/health'])(
    'the carrier’s port has no %s, and does not reveal the control port',
    async (path) => {
      const { url, controlUrl } = await startMock({ controlPort: 0 });
      for (const method of ['GET', 'POST']) {
        const { status, json, headers, text } = await send(url, method, path);
        expect(status).toBe(404);
        expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(json).toMatchObject({
          status: 404,
          detail: expect.stringContaining('control port'),
        });
        expect(text).not.toContain(new URL(controlUrl).port);
      }
    },
  );

  test('the carrier’s port lists the carrier’s calls for an unknown path', async () => {
    const { url, controlUrl } = await startMock({ controlPort: 0 });
    const { json } = await send(url, 'POST', '/elsewhere', {});
    expect(json.detail).toContain(`POST ${LOGIN_PATH}`);
    expect(json.detail).not.toContain('_mock');
    const { requests } = (await send(controlUrl, 'GET', '/_mock/requests')).json;
    expect(requests).toMatchObject([
      { path: '/elsewhere', clientIp: '127.0.0.1', request: { body: '{}' } },
    ]);
  });

  test('the CA certificate is on the control port', async () => {
    const { httpsUrl, controlUrl, caPem } = await startMock({ controlPort: 0, httpsPort: 0 });
    expect(httpsUrl).toMatch(/^https:/);
    const { text } = await send(controlUrl, 'GET', '/_mock/ca.pem');
    expect(text).toBe(caPem);
  });

  test('a client works with both addresses', async () => {
    const { url, controlUrl } = await startMock({ controlPort: 0 });
    const mock = connectMock({ url, controlUrl: `${controlUrl}/_mock/` });
    expect(mock.url).toBe(url);
    await mock.health();
    await using app = await mock.createApp();
    await app.assertNeverCalled();
  });

  test('a client with only the carrier’s address gets an error with the reason', async () => {
    const { url } = await startMock({ controlPort: 0 });
    await expect(connectMock({ url }).apps()).rejects.toThrow(
      /404, the control API is not on this port/,
    );
  });

  test('the commands of the atlas use both addresses', async () => {
    const { url, controlUrl, mock } = await startMock({ controlPort: 0 });
    const ways = JSON.stringify((await send(controlUrl, 'GET', '/_mock/result-codes')).json);
    expect(ways).toContain(`${controlUrl}/_mock/apps`);
    expect(ways).toContain(`${url}${LOGIN_PATH}`);
    expect(ways).not.toContain(`${url}/_mock`);
    expect(mock.url).toBe(url);
  });
});

test.each([
  {
    options: { controlHost: '127.0.0.1' },
    message: 'controlHost has no effect without controlPort',
  },
  { options: { controlPort: 70_000 }, message: 'controlPort must be a port' },
  { options: { maxConnections: 0 }, message: 'maxConnections must be a whole number' },
  {
    options: { allowHosts: ['mock:10086'] },
    message: 'allowHosts must be host names without a port, found "mock:10086"',
  },
  {
    options: { controlPort: 0, controlHost: '203.0.113.1' },
    message: 'controlHost must be an address of this machine, found "203.0.113.1"',
  },
])('$options is refused', async ({ options, message }) => {
  await expect(startMock(options)).rejects.toThrow(message);
});

test('connections over the limit are closed at once, and open ones stay open', async () => {
  const { url } = await startMock({ maxConnections: 2 });
  const { hostname, port } = new URL(url);
  const open = () => connect(Number(port), hostname).on('error', () => undefined);
  const first = open();
  const second = open();
  let ready = 0;
  for (const socket of [first, second]) socket.once('connect', () => (ready += 1));
  await eventually('two connections', () => (ready === 2 ? true : undefined));
  const third = open();
  await eventually('the third to be closed', () =>
    third.destroyed || third.readableEnded ? true : undefined,
  );
  third.resume();
  first.write(`POST ${LOGIN_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`);
  let received = '';
  first.on('data', (data) => {
    received += data;
  });
  await eventually('a response', () => (received.startsWith('HTTP/1.1 200') ? true : undefined));
  first.destroy();
  second.destroy();
});

const EVERYWHERE = ['--host', '0.0.0.0'];
const OWN_PORT = ['--control-port', '0'];
const OPEN =
  /^the control API on (\S+) port [1-9]\d* requires no token: every client that reaches it can read and change every app\. /;

/** The log lines of a server that is started with these flags. */
async function loggedAtStart(flags: readonly string[]): Promise<readonly LogLine[]> {
  const command = readCommand(['--port', '0', ...flags], {});
  if (command.kind !== 'serve') throw new Error(`${flags.join(' ')} serves nothing`);
  const { options } = command;
  const lines: LogLine[] = [];
  const log = createLog(
    { level: options.log, secrets: false, language: options.lang },
    (line) => void lines.push(line),
  );
  const server = await startServer({
    options,
    configuration: toConfiguration({}, options.host),
    log,
  });
  onTestFinished(() => server.close());
  return lines;
}

test.each([
  { description: 'on loopback', flags: [] },
  { description: 'on loopback by name', flags: ['--host', 'localhost'] },
  { description: 'with a token', flags: [...EVERYWHERE, '--control-token', 'secret'] },
  { description: 'on its own port on loopback', flags: [...EVERYWHERE, ...OWN_PORT] },
  {
    description: 'on its own port everywhere, with a token',
    flags: [...OWN_PORT, '--control-host', '0.0.0.0', '--control-token', 'secret'],
  },
])('$description nothing is logged', async ({ flags }) => {
  expect(await loggedAtStart(flags)).toEqual([]);
});

test.each([
  {
    description: 'with the carrier',
    flags: EVERYWHERE,
    advice: 'Set --control-token, or move it to loopback with --control-port',
  },
  {
    description: 'on its own port',
    flags: [...OWN_PORT, '--control-host', '0.0.0.0'],
    advice: 'Set --control-token, or omit --control-host',
  },
])('beyond loopback $description one error is logged', async ({ flags, advice }) => {
  const lines = await loggedAtStart(flags);
  expect(lines).toMatchObject([{ severity: 'error', message: expect.stringMatching(OPEN) }]);
  expect(lines[0]?.message.replace(OPEN, '')).toBe(advice);
  expect(await loggedAtStart([...flags, '--log', 'error'])).toHaveLength(1);
});

test('the error of a server that a program starts names its options', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await startMock({ host: '0.0.0.0' });
  expect(write.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(
      /^cmpassport-mock: \S+ error the control API on .* Set controlToken, or .* with controlPort\n$/,
    ),
  ]);
});

test('the banner warns of the apps only, and not if they admit only loopback', async () => {
  const { banner } = await callServe(['--port', '0', ...EVERYWHERE]);
  expect(banner).toContain(
    '\nThe mock listens beyond loopback: an app without its own ipWhitelist accepts every client address.\n',
  );
  expect(banner).not.toContain('--control-token');
  const { banner: own } = await callServe([
    '--port',
    '0',
    ...OWN_PORT,
    '--control-host',
    '0.0.0.0',
  ]);
  expect(own).not.toContain('beyond loopback');
});

const PUBLIC = 'https://mock.team.example/cmpassport';

test('the response of a refusal links to its explanation there', async () => {
  const { url } = await startMock({ publicUrl: PUBLIC });
  const response = await fetch(url + LOGIN_PATH, { method: 'POST', body: '{}' });
  expect(response.headers.get('x-mock-explanation')).toMatch(
    new RegExp(`^${PUBLIC}/_mock/requests/[\\w-]+/explanation$`),
  );
});

test('the commands of the result codes use it', async () => {
  const { url } = await startMock({ publicUrl: PUBLIC });
  const { text } = await send(url, 'GET', '/_mock/result-codes');
  expect(text).toContain(`${PUBLIC}${LOGIN_PATH}`);
  expect(text).not.toContain(url);
});

test('the banner prints it, also with a slash at its end', async () => {
  const { banner } = await callServe(['--port', '0', '--public-url', `${PUBLIC}/`]);
  expect(banner).toContain(`POST ${PUBLIC}${LOGIN_PATH}\n`);
  expect(banner).toMatch(new RegExp(`console +${PUBLIC}/\n`));
});

test('with a control port it is the address of the console only', async () => {
  const { banner } = await callServe([
    '--port',
    '0',
    '--control-port',
    '0',
    '--public-url',
    PUBLIC,
  ]);
  expect(banner).toMatch(new RegExp(`console +${PUBLIC}/\n`));
  expect(banner).not.toContain(`${PUBLIC}${LOGIN_PATH}`);
});

test('its host name may call the control API', async () => {
  const { url } = await startMock({ publicUrl: PUBLIC });
  const wire = openWire(url, 'GET /_mock/apps HTTP/1.1\r\nHost: mock.team.example\r\n\r\n');
  expect(await wire.waitFor('"apps":')).toContain('HTTP/1.1 200 OK');
});

test.each(['ftp://a', 'http://a/?x=1', 'http://a/#x', 'mock', 'http://user@a'])(
  '%s is refused',
  (publicUrl) =>
    expect(startMock({ publicUrl })).rejects.toThrow(
      'publicUrl must be an http or https address without a query',
    ),
);
