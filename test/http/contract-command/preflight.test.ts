/**
 * No case runs before the target responds. A problem is one sentence in either language, with exit status 2. `contract
 * consumer --save`: which exchanges are saved, and the contents of the files.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { refusingPort } from '../../support/sockets.js';

async function portOf(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const webPage = () => portOf(createServer((_req, res) => void res.end('<html>welcome</html>')));
/** A download that never ends, for example of a file server. */
const endless = () =>
  portOf(createServer((_req, res) => void pipeline(chunks(), res).catch(() => undefined)));

function* chunks() {
  for (;;) yield Buffer.alloc(65_536, 'x');
}

const noHttp = () =>
  portOf(createTcpServer((socket) => void socket.end('-ERR unknown command\r\n')));

const TARGETS = [
  {
    description: 'no server',
    port: refusingPort,
    en: 'no server at this address (ECONNREFUSED)',
    zh: '没有服务在监听（ECONNREFUSED）。请先',
  },
  {
    description: 'another web server',
    port: webPage,
    isConnected: true,
    en: 'welcome',
    zh: 'welcome',
  },
  {
    description: 'a server that does not speak HTTP',
    port: noHttp,
    en: 'does not use the protocol',
    zh: '该地址的服务用的不是地址里的协议（HPE_',
  },
  {
    description: 'a server whose response is too large',
    port: endless,
    isConnected: true,
    en: ': a response of more than 4 MiB',
    zh: '：响应超过 4 MiB',
  },
];

async function expectSentence(args: readonly string[], text: string, env = {}): Promise<string> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cmpassport-mock: [^\n]*[.。]\n$/);
  expect(stderr).toContain(text);
  return stderr;
}

const ENV = { A: '300000000001', S: 'secret' };

function profileOf(url: string, more: object = {}): string {
  const profile = {
    baseUrls: { loginTokenValidate: url },
    credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
    capabilities: ['loginTokenValidate'],
    ...more,
  };
  return temporaryFile('profile.json', JSON.stringify(profile));
}

test.each(TARGETS)('$description as a mock, and as the carrier of a profile', async (target) => {
  const { port, en, zh, isConnected = false } = target;
  const url = `http://127.0.0.1:${await port()}`;
  const isPage = en === 'welcome';
  await expectSentence(['provider', '--mock', url], isPage ? 'no control API (' : en);
  await expectSentence(
    ['provider', '--mock', url, '--lang', 'zh'],
    isConnected ? `--mock ${url} 没有控制接口（` : `连不上 --mock ${url}：${zh}`,
  );
  await expectSentence(['consumer', '--mock', url, '--', 'true'], isPage ? 'no control API (' : en);
  await expectSentence(['provider', '--profile', profileOf(url)], en, ENV);
  const profile = ['provider', '--profile', profileOf(url), '--lang', 'zh'];
  const sentence = await expectSentence(profile, zh, ENV);
  expect(sentence.includes('连不上')).toBe(!isConnected);
});

test('a control API on a separate port, without a carrier at the address', async () => {
  const { url } = await startMock();
  const nowhere = `http://127.0.0.1:${await refusingPort()}`;
  await expectSentence(
    ['provider', '--mock', nowhere, '--control-url', url],
    `at ${nowhere} no server`,
  );
  await expectSentence(
    ['provider', '--mock', url, '--control-url', nowhere],
    `--control-url ${nowhere} must be`,
  );
});

const CALLS = `fetch(process.env.CMPASSPORT_BASE)`;
const ENDLESS = 'setInterval(() => undefined, 1000);';

test.each([
  {
    description: 'cannot be started',
    command: ['./no-such-client'],
    en: 'could not be started (ENOENT). Check its path, or install it.',
    zh: '找不到命令 "./no-such-client"（ENOENT）。请检查路径，没有安装时请先安装；命令不经过 shell，',
  },
  {
    description: 'is one word with its arguments',
    command: ['mvn test'],
    en: 'The command has no shell: write -- mvn test, or -- bash -c "mvn test".',
    zh: '找不到命令 "mvn test"（ENOENT）。命令不经过 shell，请写成 -- mvn test，或',
  },
  {
    description: 'is empty',
    command: [''],
    en: '"" could not be started (ERR_INVALID_ARG_VALUE). The command is empty: check that its variable is set.',
    zh: '无法运行命令 ""（ERR_INVALID_ARG_VALUE）。命令是空的：',
  },
  {
    description: 'may not be executed',
    command: ['./package.json'],
    en: 'could not be started (EACCES). Check its path and permissions.',
    zh: '无法运行命令 "./package.json"（EACCES）。请检查路径和执行权限；',
  },
  {
    description: 'makes no call',
    command: [
      process.execPath,
      '-e',
      "console.log('no module', process.env.CMPASSPORT_APP_SECRET); process.exit(4)",
    ],
    en: 'no request before it ended (4); its output: no module [hidden]',
    zh: 'cmpassport-mock: 命令没有向 CMPASSPORT_BASE 发请求就结束了（退出码 4），输出：no module [hidden]。它需要',
  },
  {
    description: 'does not end',
    command: [process.execPath, '-e', `${CALLS}; ${ENDLESS}`],
    seconds: '1',
    en: 'still running after 1 s',
    zh: 'cmpassport-mock: 命令在 1 秒后仍在运行，已被终止。',
  },
])('a command that $description', async ({ command, seconds = '60', en, zh }) => {
  const args = ['consumer', '--timeout', seconds, '--operation', 'loginTokenValidate'];
  await expectSentence([...args, '--', ...command], en);
  await expectSentence([...args, '--lang', 'zh', '--', ...command], zh);
});

const LOGIN = 'loginTokenValidate/consumer';
const BASE = readFileSync('test/full/consumer/base-client.mjs', 'utf8');

/** The small client with one change. */
function clientWith(from: string, to: string): string {
  if (!BASE.includes(from)) throw new Error(`base-client.mjs has no ${from}`);
  return temporaryFile(
    'client.mjs',
    BASE.replace(from, () => to),
  );
}

async function saved(client: string, names: readonly string[], flags: readonly string[] = []) {
  const folder = flags.includes('--save') ? '' : join(temporaryFolder(), 'saved');
  const only = names.map((name) => `${LOGIN}/${name}`).join();
  const save = folder === '' ? [] : ['--save', folder];
  const args = ['contract', 'consumer', '--handled-status', '3', '--only', only, ...save, ...flags];
  const called = await callCommand([...args, '--', process.execPath, client], {
    PATH: process.env['PATH'] ?? '',
  });
  return { ...called, folder };
}

function filesOf(folder: string, name: string): Readonly<Record<string, string>> {
  const own = join(folder, LOGIN, name);
  if (!existsSync(own)) return {};
  return Object.fromEntries(
    readdirSync(own)
      .toSorted()
      .map((file) => [file, readFileSync(join(own, file), 'utf8')]),
  );
}

test('a failure is saved and lists its files; a passed scenario is not saved', async () => {
  const client = clientWith(
    "env.APP_SECRET)\n    .digest('hex')",
    "(console.log('signed with', env.APP_KEY, 'for', env.PHONE_NUMBER), env.APP_KEY))\n    .digest('hex')",
  );
  const { status, stdout, folder } = await saved(client, ['code-103000', 'code-103101']);
  expect(status, stdout).toBe(1);
  const files = filesOf(folder, 'code-103000');
  expect(Object.keys(files)).toEqual(['answer-1.http', 'output.txt', 'request-1.http']);
  for (const name of Object.keys(files))
    expect(stdout).toContain(join(folder, LOGIN, 'code-103000', name));
  expect(files['request-1.http']).toMatch(
    /^# \S+\/code-103000, request 1, received at \d{4}-\S+Z\nPOST \/unisdk\/rsapi\/loginTokenValidate HTTP\/1\.1\n[\s\S]*\n\n\{"version":"2\.0".*"token":"STsid….{4}"/,
  );
  expect(files['answer-1.http']).toMatch(
    /^# .*\nHTTP\/1\.1 200 OK\n[\s\S]*\n\n\{.*"resultCode":"103101"/,
  );
  expect(files['output.txt']).toMatch(/^signed with \[hidden\] for 1\d\d\*{4}\d{4}\n$/);
  expect(filesOf(folder, 'code-103101')).toEqual({});
});

test('the files contain no token and no number', async () => {
  const client = clientWith(
    "'content-type': 'application/json'",
    "'content-type': 'text/plain', 'x-debug': env.TOKEN",
  );
  const { folder } = await saved(client, ['code-103000', 'sent-content-type'], ['--save-all']);
  const text = Object.values(filesOf(folder, 'code-103000')).join('\n');
  expect(text).toMatch(/x-debug: STsid….{4}\n/);
  expect(text).toMatch(/"msisdn":"1\d\d\*{4}\d{4}"/);
  expect(text).not.toMatch(/STsid[0-9A-Za-z]/);
  // A signature is hex, and eleven of its digits may look like a number.
  expect(text).not.toMatch(/(?<![\dA-F])1[3-9]\d{9}(?![\dA-F])/i);
});

test('both calls of a client that calls again are saved, with their responses', async () => {
  const client = clientWith(
    'if (status !== 200) return REFUSED;',
    'if (status !== 200) { await post(operation.path, JSON.stringify(request)); return REFUSED; }',
  );
  const { folder } = await saved(client, ['http-503']);
  const files = filesOf(folder, 'http-503');
  expect(Object.keys(files)).toEqual([
    'answer-1.http',
    'answer-2.http',
    'request-1.http',
    'request-2.http',
  ]);
  expect(files['answer-2.http']).toContain('HTTP/1.1 503 Service Unavailable\n');
});

test('a check of sent requests lists the files of its request', async () => {
  const client = clientWith("'content-type': 'application/json'", "'content-type': 'text/plain'");
  const { status, stdout, folder } = await saved(client, ['code-103101', 'sent-content-type']);
  expect(status, stdout).toBe(0);
  expect(Object.keys(filesOf(folder, 'code-103101'))).toEqual(['answer-1.http', 'request-1.http']);
  expect(stdout).toContain('sent-content-type');
});

test('only the files of an earlier run for the same scenario are removed', async () => {
  const folder = temporaryFolder();
  const own = join(folder, LOGIN, 'code-103101');
  mkdirSync(own, { recursive: true });
  for (const name of ['request-7.http', 'output.txt', 'notes.md'])
    writeFileSync(join(own, name), 'old');
  await saved(temporaryFile('client.mjs', BASE), ['code-103101'], ['--save', folder]);
  expect(filesOf(folder, 'code-103101')).toEqual({ 'notes.md': 'old' });
});

test('--save-all saves passed scenarios too', async () => {
  const { status, folder } = await saved(
    temporaryFile('client.mjs', BASE),
    ['code-103101', 'not-json'],
    ['--save-all'],
  );
  expect(status).toBe(0);
  expect(Object.keys(filesOf(folder, 'code-103101'))).toEqual(['answer-1.http', 'request-1.http']);
  expect(filesOf(folder, 'not-json')['answer-1.http']).toMatch(/\n\nresultCode=103000$/);
});

test.each([
  {
    description: 'with --keep, only the app of the failed scenario stays',
    flags: ['--keep'],
    kept: 1,
  },
  { description: 'without --keep, no app stays', flags: [], kept: 0 },
])('$description in the mock', async ({ flags, kept }) => {
  const { url, mock } = await startMock();
  const appIds = async () => (await mock.apps()).map(({ appId }) => appId);
  const before = await appIds();
  // It fails at code-103000, and passes at code-103101.
  const client = clientWith('env.APP_SECRET', 'env.APP_KEY');
  const { status, stdout } = await saved(
    client,
    ['code-103000', 'code-103101'],
    ['--mock', url, ...flags],
  );
  expect(status, stdout).toBe(1);
  const printed = Array.from(stdout.matchAll(/^ *kept app +(\d+)$/gm), ([, appId]) => appId);
  expect(printed).toHaveLength(kept);
  expect(await appIds()).toEqual([...before, ...printed]);
});
