/** The balancer's configuration, run: what reaches the mocks behind it, and what comes back. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CARRIER_HOST_NAMES } from '../../../src/protocol/operations.js';
import { startBalancer } from '../../support/balancer.js';
import { temporaryFolder } from '../../support/files.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';
import { openWire } from '../../support/sockets.js';
import { caOf, sendSecurely } from '../../support/tls.js';

const REQUEST = { version: '2.0' };
// Each of three answers one of three.
const ROUNDS = 30;

/** Mocks as the profile `scaled` has them, the certificate's folder in common. */
async function behindBalancer(count: number) {
  const tlsDir = temporaryFolder();
  const options = { host: '127.0.0.1', httpsPort: 0, tlsDir, trustProxy: ['loopback'] } as const;
  const mocks = [];
  for (let at = 0; at < count; at += 1) mocks.push(await startMock(options));
  const balancer = await startBalancer({ urls: mocks.map(({ url }) => url), tlsDir });
  return { mocks, balancer };
}

async function journalOf(url: string) {
  const { json } = await send(url, 'GET', '/_mock/requests');
  return json.requests as readonly { readonly clientIp: string; readonly path: string }[];
}

function outcomeAt(url: string, outcome: string): Promise<string> {
  const body = JSON.stringify(REQUEST);
  const head = `POST ${LOGIN_PATH} HTTP/1.1\r\nHost: a\r\nX-Mock-Outcome: ${outcome}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const wire = openWire(url, head + body);
  return eventually('the end of the connection', () => (wire.isClosed() ? wire.received() : undefined));
}

describe.skipIf(!isInstalled('haproxy', '-v'))('behind the balancer', () => {
  test('requests go to every mock in turn', async () => {
    const { mocks, balancer } = await behindBalancer(3);
    for (let at = 0; at < ROUNDS; at += 1) await send(balancer.url, 'POST', LOGIN_PATH, REQUEST);
    const counts = await Promise.all(mocks.map(async ({ url }) => (await journalOf(url)).length));
    expect(counts).toEqual([ROUNDS / 3, ROUNDS / 3, ROUNDS / 3]);
  });

  test('the mock sees the client’s address, and not one that the client writes itself', async () => {
    const { mocks, balancer } = await behindBalancer(1);
    const headers = { 'X-Forwarded-For': '203.0.113.9' };
    await send(balancer.url, 'POST', LOGIN_PATH, REQUEST, headers);
    await send(mocks[0]?.url ?? '', 'POST', LOGIN_PATH, REQUEST, headers);
    const seen = (await journalOf(balancer.url)).map(({ clientIp }) => clientIp);
    expect(seen).toEqual(['203.0.113.9', '127.0.0.1']);
  });

  test.each(CARRIER_HOST_NAMES)('HTTPS as %s has the mock’s certificate', async (name) => {
    const { balancer } = await behindBalancer(1);
    const ca = await caOf(balancer.url);
    const { json } = await sendSecurely(balancer.httpsUrl, { ca, name, body: JSON.stringify(REQUEST) });
    expect(json.resultCode).toBe('103811');
  });

  test.each(['reset', 'lose'])('after %s the connection is closed, and nothing is answered', async (outcome) => {
    const { balancer } = await behindBalancer(1);
    expect(await outcomeAt(balancer.url, outcome)).toBe('');
  });

  test.each(['malformed', 'status(500)', 'drip(100ms)', 'delay(50ms) 103211'])(
    '%s is as it is without it',
    async (outcome) => {
      const { mocks, balancer } = await behindBalancer(1);
      const [direct, through] = [mocks[0]?.url ?? '', balancer.url].map(async (url) => {
        const { status, text } = await send(url, 'POST', LOGIN_PATH, REQUEST, { 'X-Mock-Outcome': outcome });
        return { status, text: text.replace(/"(systemtime|taskId)":"\w+"/g, '"$1":"…"') };
      });
      expect(await through).toEqual(await direct);
    },
  );

  test('half an answer comes as half an answer', async () => {
    const { balancer } = await behindBalancer(1);
    const received = await outcomeAt(balancer.url, 'truncate');
    const [head = '', body = ''] = received.split('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toContain('HTTP/1.1 200');
    expect(body.length).toBeLessThan(length);
  });

  test('a mock that is gone is asked no more', async () => {
    const { mocks, balancer } = await behindBalancer(3);
    await mocks[0]?.close();
    const codes = [];
    for (let at = 0; at < ROUNDS; at += 1)
      codes.push((await send(balancer.url, 'POST', LOGIN_PATH, REQUEST)).json?.resultCode);
    expect(new Set(codes)).toEqual(new Set(['103811']));
  });

  test('with no mock ready the carrier still answers, and health tells', async () => {
    const replica = await replicaThatTurns();
    const { url } = await startBalancer({ urls: [replica.url], tlsDir: await certificateFolder() });
    await replica.turned();
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(503);
    expect(await send(url, 'POST', LOGIN_PATH, REQUEST)).toMatchObject({ status: 200, text: '103211' });
  });
});

// One more than it takes to be counted out, since the one at work may have asked before.
const CHECKS = 3;

/** Stands for a replica whose store goes away: it says so of its health, and goes on answering. */
async function replicaThatTurns() {
  const health = { status: 200, checks: 0 };
  const server = createServer((req, res) => {
    // So the balancer's own checks call it.
    if (req.headers.host === 'localhost') health.checks += 1;
    res.writeHead(req.url === '/_mock/health' ? health.status : 200).end('103211');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turned: async () => {
      Object.assign(health, { status: 503, checks: 0 });
      await eventually('the checks', () => (health.checks >= CHECKS ? true : undefined));
    },
  };
}

async function certificateFolder(): Promise<string> {
  const tlsDir = temporaryFolder();
  await startMock({ httpsPort: 0, tlsDir });
  return tlsDir;
}
