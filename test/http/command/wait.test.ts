/** `wait`: returns when a mock is ready, and reports an address without one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { sharedMock } from '../../support/mock.js';
import { freePort } from '../../support/sockets.js';

test('a mock that is ready', async () => {
  const { url } = await sharedMock();
  expect(await callCommand(['wait', `${url}/`])).toEqual({
    status: 0,
    stdout: `the mock at ${url} is ready\n`,
    stderr: '',
  });
});

test('a mock that is ready later, as JSON', async () => {
  const { url: mock } = await sharedMock();
  let isReady = false;
  const server = createServer((_, res) => {
    // The first request is too early.
    if (isReady) res.writeHead(307, { Location: `${mock}/_mock/health` }).end();
    else res.writeHead(503).end();
    isReady = true;
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { status, stdout } = await callCommand(['wait', '--json', url]);
  expect({ status, result: JSON.parse(stdout) }).toEqual({
    status: 0,
    result: { ready: true, url, waitedMs: expect.any(Number) },
  });
});

test('no mock within the time', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { status, stdout } = await callCommand(['wait', '--json', '--timeout', '1', url]);
  expect({ status, result: JSON.parse(stdout) }).toMatchObject({
    status: 1,
    result: { ready: false, problem: 'ECONNREFUSED' },
  });
});
