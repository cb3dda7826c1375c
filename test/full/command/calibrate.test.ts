/** `contract calibrate` as a process: even if it is killed during a call and started again, it stays within its spend limit. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Calibration } from '../../../contracts/calibrate/calibration.js';
import { runCommand, startCommand } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { newApp, startMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';

const LIMIT = 7;

interface Gateway {
  readonly url: string;
  /** The number of requests with an issued token. */
  live(): number;
  /** Holds the next of these requests without a response. */
  hold(): void;
  held(): boolean;
}

/** A proxy before a carrier that records issued tokens and counts calls with one. */
async function gatewayTo(target: string): Promise<Gateway> {
  const tokens = new Set<string>();
  let live = 0;
  let state: 'forwarding' | 'holding' | 'held' = 'forwarding';
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    if ([...tokens].some((token) => body.includes(token))) {
      live += 1;
      if (state === 'holding') {
        state = 'held';
        return;
      }
    }
    const text = await forward(target, request, body, response);
    const { token } = JSON.parse(text) as { readonly token?: string };
    if (request.url?.endsWith('/tokens') === true && token !== undefined) tokens.add(token);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live: () => live,
    hold: () => {
      state = 'holding';
    },
    held: () => state === 'held',
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

async function forward(
  target: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<string> {
  const { method = 'POST', url = '/', headers } = request;
  const type = headers['content-type'];
  const answer = await fetch(target + url, {
    method,
    headers: type === undefined ? {} : { 'content-type': type },
    ...(body !== '' && method !== 'GET' && { body }),
  });
  const text = await answer.text();
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  return text;
}

test('runs that are killed during a call together never exceed the limit', async () => {
  const { url } = await startMock();
  const readings = { 'refused-call-uses-token': 'yes' };
  const app = await newApp(url, { capabilities: ['loginTokenValidate', 'tokenValidate'], readings });
  const gateway = await gatewayTo(url);
  const folder = temporaryFolder();
  const [profile, out] = [join(folder, 'profile.json'), join(folder, 'calibration.json')];
  const content = {
    baseUrls: { loginTokenValidate: gateway.url, tokenValidate: gateway.url },
    credentials: { appId: { env: 'APP_ID' }, appSecret: { env: 'APP_SECRET' }, appKey: { env: 'APP_KEY' } },
    capabilities: ['loginTokenValidate', 'tokenValidate'],
    tokens: { from: 'mock', url: gateway.url },
    pacing: { gapMs: 0 },
  };
  writeFileSync(profile, JSON.stringify(content));
  const args = ['contract', 'calibrate', '--profile', profile, '--out', out, '--yes', '--spend-limit', String(LIMIT)];
  const env = { APP_ID: app.appId, APP_SECRET: app.appSecret, APP_KEY: app.appKey };
  // Each run is killed during its first call. The last run stops at the limit, or has too few calls left to start.
  for (let killed = 1; killed <= 3; killed += 1) {
    gateway.hold();
    const running = startCommand(args, env);
    await eventually('a call with a live token', () => gateway.held() || undefined);
    running.signal('SIGKILL');
    expect((await running.finished()).signal).toBe('SIGKILL');
    expect(gateway.live()).toBe(killed);
  }
  const { status, stdout } = await runCommand(args, env);
  expect(status).toBe(0);
  expect(stdout).toContain('An interrupted run already made 3 calls');
  expect(gateway.live()).toBeLessThanOrEqual(LIMIT);
  const { paidCalls } = JSON.parse(readFileSync(out, 'utf8')) as Calibration;
  expect(paidCalls).toBe(gateway.live());
});
