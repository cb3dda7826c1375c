/**
 * The banner of the command, its flags and its variables, without a process. test/full/command starts one. `wait`: returns
 * when a mock is ready, and reports an address without one.
 */
import { execFile } from 'node:child_process';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import demoApps from '../../../fixtures/apps.json' with { type: 'json' };
import { systemClock } from '../../../mock-server/carrier/sources.js';
import { waitForMock } from '../../../mock-server/cli/wait.js';
import { callCommand, callServe, type Served } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { freePort } from '../../support/free-port.js';
import {
  LOGIN_PATH,
  login,
  mintToken,
  newApp,
  send,
  sharedMock,
  VERIFY_PATH,
} from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';
import { loginRequest, verifyRequest } from '../../support/requests.js';
import { caOf, tlsFolder } from '../../support/tls.js';
import { secureTunnel } from '../../support/tunnels.js';
import { serve } from '../client/scene.js';

const run = promisify(execFile);
const CAN_PASTE = isInstalled('bash') && isInstalled('curl');
const [DEMO = { appId: '', appKey: '', appSecret: '' }] = demoApps;
const DEMO_ID = DEMO.appId;
// 2026-11-25 12:00:00 in Beijing.
const NOON_MS = 1_795_579_200_000;

/** Runs the commands of the banner in order, and returns their responses. */
async function runPrintedCommands({ banner }: Served) {
  const commands = banner.split('\n').filter((line) => line.startsWith('curl '));
  const responses = [];
  for (const command of commands) {
    const { stdout } = await run('bash', ['-c', command]);
    responses.push(JSON.parse(stdout));
  }
  return responses;
}

test('with HTTPS the banner has its addresses and the CA certificate', async () => {
  const { url, banner } = await callServe([
    '--port',
    '0',
    '--https-port',
    '0',
    '--tls-dir',
    await tlsFolder(),
  ]);
  expect(banner).toMatch(new RegExp(`POST https://127\\.0\\.0\\.1:\\d+${LOGIN_PATH}\n`));
  expect(banner).toMatch(new RegExp(`POST https://127\\.0\\.0\\.1:\\d+${VERIFY_PATH}\n`));
  expect(banner).toContain(`${url}/_mock/ca.pem`);
});

test('a proxy port alone enables HTTPS, and the banner shows how to use it', async () => {
  const { url, banner } = await callServe(['--port', '0'], {
    CMPASSPORT_PROXY_PORT: '0',
    CMPASSPORT_TLS_DIR: await tlsFolder(),
    CMPASSPORT_TLS_NAME: 'carrier.test',
  });
  expect(banner).toMatch(new RegExp(`POST https://127\\.0\\.0\\.1:\\d+${LOGIN_PATH}\n`));
  const [, proxyUrl = ''] =
    /HTTPS_PROXY=(\S+) to send requests for https:\/\/www\.cmpassport\.com here\n/.exec(banner) ??
    [];
  const tls = await secureTunnel(proxyUrl, { ca: await caOf(url), name: 'carrier.test' });
  expect(tls.authorized).toBe(true);
});

test.skipIf(!CAN_PASTE).each([
  { description: 'a control token', args: ['--control-token', 'let-me-in'] },
  { description: 'IPv6', args: ['--host', '::1'] },
  { description: 'all addresses', args: ['--host', '0.0.0.0'] },
  { description: 'a seed', args: ['--seed', 'x'] },
  { description: 'an explicit serve', args: ['serve'] },
])('with $description the printed commands work', async ({ args }) => {
  const command = await callServe([...args, '--port', '0']);
  expect(await runPrintedCommands(command)).toMatchObject([
    { phoneNumber: '13800138000' },
    { resultCode: '103000' },
  ]);
});

test.skipIf(!CAN_PASTE).each([
  { description: 'an app that signs with its appKey', settings: { signSecret: 'appKey' } },
  { description: 'an app with generated credentials', settings: {} },
  { description: 'an app with quotes in its secret', settings: { appSecret: `it's "$HOME" \\` } },
  {
    description: 'an app with control characters in its secrets',
    settings: { appKey: '\u001b[2J', appSecret: '\n!' },
  },
])('the printed commands work for $description in the file', async ({ settings }) => {
  const file = temporaryFile('mock.json', { apps: [{ appId: 'mine', ...settings }] });
  const command = await callServe(['--port', '0', '--config', file]);
  expect(command.banner).toContain('appId mine');
  expect(command.banner.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(await runPrintedCommands(command)).toMatchObject([{}, { resultCode: '103000' }]);
});

test.each([
  { description: 'on Windows', args: [], env: { OS: 'Windows_NT' }, shell: 'powershell' },
  {
    description: 'in Git’s shell on Windows',
    args: [],
    env: { OS: 'Windows_NT', MSYSTEM: 'MINGW64' },
    shell: 'bash',
  },
  { description: 'elsewhere', args: [], env: {}, shell: 'bash' },
  { description: 'by the flag', args: ['--shell', 'powershell'], env: {}, shell: 'powershell' },
  {
    description: 'by the variable',
    args: [],
    env: { CMPASSPORT_SHELL: 'bash', OS: 'Windows_NT' },
    shell: 'bash',
  },
])('the commands are for $shell $description', async ({ args, env, shell }) => {
  const { banner } = await callServe(['--port', '0', ...args], env);
  const commands =
    { bash: /^curl /gm, powershell: /^Invoke-RestMethod -Method Post -Uri 'http:/gm }[shell] ??
    /x/g;
  expect(banner.match(commands)).toHaveLength(2);
});

test('the PowerShell commands send the same requests', async () => {
  const { url, banner } = await callServe([
    '--port',
    '0',
    '--shell',
    'powershell',
    '--control-token',
    'let-me-in',
  ]);
  const calls = Array.from(
    banner.matchAll(/-Uri '(\S+)'.* -Body '(.*)'$/gm),
    ([, address = '', body = '']) => ({
      address,
      body,
    }),
  );
  expect(banner).toContain("-Headers @{ 'Authorization' = 'Bearer let-me-in' }");
  const responses = [];
  for (const { address, body } of calls) {
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer let-me-in' };
    responses.push(await (await fetch(address, { method: 'POST', headers, body })).json());
  }
  expect(responses).toMatchObject([{ phoneNumber: '13800138000' }, { resultCode: '103000' }]);
  expect(calls.every(({ address }) => address.startsWith(url))).toBe(true);
});

test('with --lang zh the banner is in Chinese', async () => {
  const { banner } = await callServe(['--port', '0', '--host', '0.0.0.0', '--lang', 'zh']);
  for (const text of [
    '移动认证平台的模拟服务',
    '控制台',
    '演示应用',
    '试一试',
    '监听地址不限于本机',
  ]) {
    expect(banner).toContain(text);
  }
  expect(banner).not.toMatch(/demo app|Try it|beyond loopback/);
});

test('the values of an app cannot control the terminal that shows the banner', async () => {
  const file = temporaryFile('mock.json', {
    apps: [{ appId: 'mine', appKey: '0123456789abcdef\u001b[2J\u202e\nforged', appSecret: 'y' }],
  });
  const { banner } = await callServe(['--port', '0', '--config', file]);
  expect(banner).toContain('appKey 0123456789abcdef\\u001b[2J\\u202e\\nforged\n');
  expect(banner.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('without an app the banner has only addresses', async () => {
  const { banner } = await callServe([
    '--port',
    '0',
    '--config',
    temporaryFile('mock.json', { apps: [] }),
  ]);
  expect(banner).toContain(LOGIN_PATH);
  expect(banner).not.toContain('curl');
});

test('beyond loopback the banner has a warning, and an app admits every address', async () => {
  const { url, banner } = await callServe(['--port', '0', '--host', '0.0.0.0']);
  expect(banner).toContain('The mock listens beyond loopback');
  expect(await newApp(url)).toMatchObject({
    ipWhitelist: { loginTokenValidate: null, tokenValidate: null },
  });
});

test('on ::1 an app admits loopback', async () => {
  const { url, banner } = await callServe(['--port', '0', '--host', '::1']);
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(banner).not.toContain('beyond loopback');
  const token = await mintToken(url, DEMO_ID);
  const response = await login(url, loginRequest(DEMO, token, { strictcheck: '1' }));
  expect(response.json.resultCode).toBe('103000');
});

/** Sends the same requests with frozen clocks, and returns every generated value. */
async function generatedValues(url: string) {
  const app = await newApp(url);
  const values: unknown[] = [app];
  for (const { appId, ...rest } of [app, { ...DEMO }]) {
    await send(url, 'PUT', `/_mock/apps/${appId}/clock`, { atMs: NOON_MS, frozen: true });
    const token = await mintToken(url, appId);
    const verified = await mintToken(url, appId, { capability: 'tokenValidate' });
    const credentials = { appId, ...rest };
    const first = await login(url, loginRequest(credentials, token));
    const second = await send(
      url,
      'POST',
      VERIFY_PATH,
      verifyRequest(credentials, { token: verified, phoneNumber: '13911112222' }),
    );
    const ids = [first, second].map(({ headers }) => headers.get('x-mock-request-id'));
    values.push(token, verified, first.text, second.text, ids);
  }
  return values;
}

test('a seed generates the same credentials, tokens, ids and responses each time', async () => {
  const seeded = async (seed: string) =>
    generatedValues((await callServe(['--port', '0', '--seed', seed])).url);
  const first = await seeded('one');
  expect(await seeded('one')).toEqual(first);
  expect(await seeded('two')).not.toEqual(first);
});

type Environment = Readonly<Record<string, string>>;

interface VariableRow {
  readonly variable: string;
  readonly args: readonly string[];
  readonly env: () => Environment | Promise<Environment>;
  readonly shows: (command: Served) => Promise<unknown>;
  readonly expected: unknown;
}

const appIds = async ({ url }: Served) =>
  (await send(url, 'GET', '/_mock/apps')).json.apps.map(({ appId }: { appId: string }) => appId);

const VARIABLES: readonly VariableRow[] = [
  {
    variable: 'CMPASSPORT_PORT',
    args: [],
    env: () => ({ CMPASSPORT_PORT: '0' }),
    shows: async ({ url }) => url.endsWith(':10086'),
    expected: false,
  },
  {
    variable: 'CMPASSPORT_HOST',
    args: ['--port', '0'],
    env: () => ({ CMPASSPORT_HOST: '::1' }),
    shows: async ({ url }) => url.includes('[::1]'),
    expected: true,
  },
  {
    variable: 'CMPASSPORT_CONFIG',
    args: ['--port', '0'],
    env: () => ({ CMPASSPORT_CONFIG: temporaryFile('mock.json', { apps: [{ appId: 'mine' }] }) }),
    shows: appIds,
    expected: ['mine'],
  },
  {
    variable: 'CMPASSPORT_CONTROL_TOKEN',
    args: ['--port', '0'],
    env: () => ({ CMPASSPORT_CONTROL_TOKEN: 'x' }),
    shows: async ({ url }) => (await send(url, 'GET', '/_mock/apps')).status,
    expected: 401,
  },
  {
    variable: 'CMPASSPORT_HTTPS_PORT and CMPASSPORT_TLS_DIR',
    args: ['--port', '0'],
    env: async () => ({ CMPASSPORT_HTTPS_PORT: '0', CMPASSPORT_TLS_DIR: await tlsFolder() }),
    shows: async ({ url }) => (await send(url, 'GET', '/_mock/ca.pem')).status,
    expected: 200,
  },
  {
    variable: 'an empty CMPASSPORT_LOG',
    args: ['--port', '0'],
    env: () => ({ CMPASSPORT_LOG: '', CMPASSPORT_CONFIG: '' }),
    shows: appIds,
    expected: [DEMO_ID],
  },
];

test.each(VARIABLES)('$variable is read', async ({ args, env, shows, expected }) => {
  expect(await shows(await callServe(args, await env()))).toEqual(expected);
});

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

/** Responds to the requests of the first part of the time, and to no later one. */
function answersAtFirst() {
  let firstMs: number | undefined;
  return (res: ServerResponse) => {
    firstMs ??= systemClock.elapsedMs();
    if (systemClock.elapsedMs() - firstMs < TIMEOUT_MS / 2) res.end('<html>');
  };
}

// Shorter than --timeout can be, and than an attempt whose lateness counts.
const TIMEOUT_MS = 400;

/** Not ready, because of what the server responds. */
test.each([
  {
    description: 'a server without a complete response',
    listener: (res: ServerResponse) => void res.writeHead(200).write('{'),
    en: 'no complete response',
    zh: '没有收到完整的响应',
  },
  {
    description: 'a server whose response is too large',
    listener: (res: ServerResponse) => void res.end(Buffer.alloc(64 * 1024 + 1, 'x')),
    en: 'a response of more than 64 KiB',
    zh: '响应超过 64 KiB',
  },
  {
    description: 'another server',
    listener: (res: ServerResponse) => void res.end('<html>'),
    en: 'HTTP 200',
    zh: 'HTTP 200',
  },
  {
    description: 'another server, whose last response comes too late',
    listener: answersAtFirst(),
    en: 'HTTP 200',
    zh: 'HTTP 200',
  },
])('$description is no mock', async ({ listener, en, zh }) => {
  const { url } = await serve((_, res) => listener(res));
  const options = { url, timeoutMs: TIMEOUT_MS, json: false } as const;
  const [english, chinese] = await Promise.all([
    waitForMock({ ...options, lang: 'en' }),
    waitForMock({ ...options, lang: 'zh' }),
  ]);
  expect(english).toMatchObject({
    status: 1,
    text: expect.stringContaining(` within 0.4 s (${en}): start it`),
  });
  expect(chinese).toMatchObject({
    status: 1,
    text: expect.stringContaining(`（${zh}）：请启动它`),
  });
});
