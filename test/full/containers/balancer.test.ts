/** The balancer's configuration with a running haproxy: requests to the mocks behind it, and their responses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CARRIER_HOST_NAMES } from '../../../src/protocol/hosts.js';
import { temporaryFolder } from '../../support/files.js';
import { freePort } from '../../support/free-port.js';
import { LOGIN_PATH, send, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';
import { openWire } from '../../support/sockets.js';
import { caOf, sendSecurely } from '../../support/tls.js';

interface Balancer {
  readonly url: string;
  readonly httpsUrl: string;
}

interface Places {
  readonly urls: readonly string[];
  readonly tlsDir: string;
}

/** Uses containers/haproxy.cfg with other addresses. */
async function startBalancer(places: Places): Promise<Balancer> {
  const [port, httpsPort] = [await freePort(), await freePort()];
  const file = join(temporaryFolder(), 'haproxy.cfg');
  writeFileSync(
    file,
    onLoopback(readFileSync('containers/haproxy.cfg', 'utf8'), { ...places, port, httpsPort }),
  );
  const haproxy = spawn('haproxy', ['-W', '-db', '-f', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    // Its workers end too.
    haproxy.kill('SIGTERM');
    await once(haproxy, 'close');
  });
  let printed = '';
  for (const output of [haproxy.stdout, haproxy.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await eventually('the balancer', async () => {
    if (haproxy.exitCode !== null) throw new Error(printed);
    return (await isHealthy(url)) || undefined;
  });
  return { url, httpsUrl: `https://127.0.0.1:${httpsPort}` };
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_mock/health`).catch(() => undefined);
  return answer?.ok === true;
}

function onLoopback(
  configuration: string,
  { urls, tlsDir, port, httpsPort }: Places & { readonly port: number; readonly httpsPort: number },
): string {
  const servers = (checks: string) =>
    urls.map((url, at) => `    server replica${at} ${new URL(url).host} ${checks}`).join('\n');
  return configuration
    .replace('bind :10086', `bind 127.0.0.1:${port}`)
    .replace('bind :443 ssl crt /tls/', `bind 127.0.0.1:${httpsPort} ssl crt ${tlsDir}/`)
    .replace(/^ +server-template .* init-addr none (check .*)$/gm, (_, checks) => servers(checks));
}

const REQUEST = { version: '2.0' };
const ROUNDS = 30;
/** Less than a third, because a busy machine can miss a health check, and the mock then gets no requests for a moment. */
const SHARE_MIN = 3;

/** Mocks as in the profile `scaled`, which share the certificate's folder. */
async function behindBalancer(count: number) {
  const tlsDir = temporaryFolder();
  const options = { host: '127.0.0.1', httpsPort: 0, tlsDir, trustProxy: ['loopback'] } as const;
  const mocks = [];
  for (let at = 0; at < count; at += 1) mocks.push(await startMock(options));
  // The first call loads the control API, which can take longer than a health check waits.
  for (const { url } of mocks) await send(url, 'GET', '/_mock/health');
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
  return eventually('the end of the connection', () =>
    wire.isClosed() ? wire.received() : undefined,
  );
}

describe.skipIf(!isInstalled('haproxy', '-v'))('behind the balancer', () => {
  test('every mock gets a share of the requests', async () => {
    const { mocks, balancer } = await behindBalancer(3);
    for (let at = 0; at < ROUNDS; at += 1) await send(balancer.url, 'POST', LOGIN_PATH, REQUEST);
    const counts = await Promise.all(mocks.map(async ({ url }) => (await journalOf(url)).length));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ROUNDS);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(SHARE_MIN);
  });

  test('the mock receives the client’s address, not the one in the client’s header', async () => {
    const { mocks, balancer } = await behindBalancer(1);
    const headers = { 'X-Forwarded-For': '203.0.113.9' };
    await send(balancer.url, 'POST', LOGIN_PATH, REQUEST, headers);
    await send(mocks[0]?.url ?? '', 'POST', LOGIN_PATH, REQUEST, headers);
    const seen = (await journalOf(balancer.url)).map(({ clientIp }) => clientIp);
    expect(seen).toEqual(['203.0.113.9', '127.0.0.1']);
  });

  test('HTTPS has the mock’s certificate for each name of the carrier', async () => {
    const { balancer } = await behindBalancer(1);
    const ca = await caOf(balancer.url);
    for (const name of CARRIER_HOST_NAMES) {
      const { json } = await sendSecurely(balancer.httpsUrl, {
        ca,
        name,
        body: JSON.stringify(REQUEST),
      });
      expect({ name, code: json.resultCode }).toEqual({ name, code: '103811' });
    }
  });

  test('after reset and lose, the connection is closed without a response', async () => {
    const { balancer } = await behindBalancer(1);
    for (const outcome of ['reset', 'lose'])
      expect(await outcomeAt(balancer.url, outcome), outcome).toBe('');
  });

  test('a response with a fault is the same with and without the balancer', async () => {
    const { mocks, balancer } = await behindBalancer(1);
    for (const outcome of ['malformed', 'status(500)', 'drip(100ms)', 'delay(50ms) 103211']) {
      const [direct, through] = [mocks[0]?.url ?? '', balancer.url].map(async (url) => {
        const { status, text } = await send(url, 'POST', LOGIN_PATH, REQUEST, {
          'X-Mock-Outcome': outcome,
        });
        return { status, text: text.replace(/"(systemtime|taskId)":"\w+"/g, '"$1":"…"') };
      });
      expect(await through, outcome).toEqual(await direct);
    }
  });

  test('half a response arrives as half a response', async () => {
    const { balancer } = await behindBalancer(1);
    const received = await outcomeAt(balancer.url, 'truncate');
    const [head = '', body = ''] = received.split('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    expect(head).toContain('HTTP/1.1 200');
    expect(body.length).toBeLessThan(length);
  });

  test('a stopped mock gets no more requests', async () => {
    const { mocks, balancer } = await behindBalancer(3);
    await mocks[0]?.close();
    const codes = [];
    for (let at = 0; at < ROUNDS; at += 1)
      codes.push((await send(balancer.url, 'POST', LOGIN_PATH, REQUEST)).json?.resultCode);
    expect(new Set(codes)).toEqual(new Set(['103811']));
  });

  test('if no mock is ready, the carrier still responds and health is 503', async () => {
    const replica = await replicaThatBecomesUnready();
    const { url } = await startBalancer({ urls: [replica.url], tlsDir: await certificateFolder() });
    await replica.becomeUnready();
    expect((await send(url, 'GET', '/_mock/health')).status).toBe(503);
    expect(await send(url, 'POST', LOGIN_PATH, REQUEST)).toMatchObject({
      status: 200,
      text: '103211',
    });
  });
});

// One more than haproxy needs, because the check in progress may have started before.
const CHECKS = 3;

/** Simulates a replica whose store becomes unreachable: its health is 503, and it still responds. */
async function replicaThatBecomesUnready() {
  const health = { status: 200, checks: 0 };
  const server = createServer((req, res) => {
    // The Host of the balancer's checks.
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
    becomeUnready: async () => {
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
