/** No case runs before the target responds. A problem is one sentence in either language, with exit status 2. */
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { refusingPort } from '../../support/sockets.js';

async function portOf(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const webPage = () => portOf(createServer((_req, res) => void res.end('<html>welcome</html>')));
const noHttp = () => portOf(createTcpServer((socket) => void socket.end('-ERR unknown command\r\n')));

const TARGETS = [
  {
    description: 'no server',
    port: refusingPort,
    en: 'no server at this address (ECONNREFUSED)',
    zh: '没有服务在监听',
  },
  { description: 'another web server', port: webPage, en: 'welcome', zh: 'welcome' },
  {
    description: 'a server that does not speak HTTP',
    port: noHttp,
    en: 'does not use the protocol',
    zh: '用的不是地址里的协议（HPE_',
  },
];

async function expectSentence(args: readonly string[], text: string, env = {}): Promise<void> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cmpassport-mock: [^\n]*[.。]\n$/);
  expect(stderr).toContain(text);
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

test.each(TARGETS)('$description as a mock, and as the carrier of a profile', async ({ port, en, zh }) => {
  const url = `http://127.0.0.1:${await port()}`;
  const isPage = en === 'welcome';
  await expectSentence(['provider', '--mock', url], isPage ? 'no control API (' : en);
  await expectSentence(['provider', '--mock', url, '--lang', 'zh'], isPage ? '没有控制接口' : zh);
  await expectSentence(['consumer', '--mock', url, '--', 'true'], isPage ? 'no control API (' : en);
  await expectSentence(['provider', '--profile', profileOf(url)], en, ENV);
  await expectSentence(['provider', '--profile', profileOf(url), '--lang', 'zh'], zh, ENV);
});

test('a control API on a separate port, without a carrier at the address', async () => {
  const { url } = await startMock();
  const nowhere = `http://127.0.0.1:${await refusingPort()}`;
  await expectSentence(['provider', '--mock', nowhere, '--control-url', url], `at ${nowhere} no server`);
  await expectSentence(['provider', '--mock', url, '--control-url', nowhere], `--control-url ${nowhere} must be`);
});

const CALLS = `fetch(process.env.CMPASSPORT_BASE_URL)`;
const ENDLESS = 'setInterval(() => undefined, 1000);';

test.each([
  {
    description: 'cannot be started',
    command: ['./no-such-client'],
    en: 'could not be started (ENOENT)',
    zh: '无法启动',
  },
  {
    description: 'makes no call',
    command: [process.execPath, '-e', "console.log('no module', process.env.CMPASSPORT_APP_SECRET); process.exit(4)"],
    en: 'no request before it ended (4); its output: no module [hidden]',
    zh: '没有发出请求就结束了（4）',
  },
  {
    description: 'does not end',
    command: [process.execPath, '-e', `${CALLS}; ${ENDLESS}`],
    en: 'still running after 1 s',
    zh: '1 秒后仍在运行',
  },
])('a command that $description', async ({ command, en, zh }) => {
  const args = ['consumer', '--timeout', '1', '--operation', 'loginTokenValidate'];
  await expectSentence([...args, '--', ...command], en);
  await expectSentence([...args, '--lang', 'zh', '--', ...command], zh);
});

test('a command that makes a call is judged, whatever its exit status', async () => {
  const only = ['--only', 'loginTokenValidate/consumer/code-103000'];
  const client = `${CALLS}.finally(() => process.exit(1))`;
  const { status, stderr } = await callCommand(['contract', 'consumer', ...only, '--', process.execPath, '-e', client]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});
