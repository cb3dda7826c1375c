/** The address for users, if it is not the one that the server listens on: links, commands, and the accepted host name. */
import { expect, test } from 'vitest';
import { callServe } from '../support/called-command.js';
import { LOGIN_PATH, send, startMock } from '../support/mock.js';
import { openWire } from '../support/sockets.js';

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
  const { banner } = await callServe(['--port', '0', '--control-port', '0', '--public-url', PUBLIC]);
  expect(banner).toMatch(new RegExp(`console +${PUBLIC}/\n`));
  expect(banner).not.toContain(`${PUBLIC}${LOGIN_PATH}`);
});

test('its host name may call the control API', async () => {
  const { url } = await startMock({ publicUrl: PUBLIC });
  const wire = openWire(url, 'GET /_mock/apps HTTP/1.1\r\nHost: mock.team.example\r\n\r\n');
  expect(await wire.waitFor('"apps":')).toContain('HTTP/1.1 200 OK');
});

test.each(['ftp://a', 'http://a/?x=1', 'http://a/#x', 'mock', 'http://user@a'])('%s is refused', (publicUrl) =>
  expect(startMock({ publicUrl })).rejects.toThrow('publicUrl must be an http or https address without a query'),
);
