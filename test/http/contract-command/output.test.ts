/**
 * The first ten lines of the output show the cause to a new user. test/unit/report has each kind of cause, in both
 * languages. The selection of cases, and the end of a run: --list, --only, --max-failures. A client with a fixed https
 * address is tested through the recorder as its HTTPS proxy.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { startMock } from '../../support/mock.js';
import { isInstalled } from '../../support/programs.js';
import { workflowCommandsIn } from '../../support/workflow-commands.js';

const LINES = 10;

async function beginningOf(
  args: readonly string[],
  env = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  return { status, text: `${stderr}${stdout}`.split('\n').slice(0, LINES).join('\n') };
}

test('a mock with two changed readings', async () => {
  const readings = {
    'system-time': 'window:5m',
    'verify-rsa-encoding': 'hex',
    'verify-result-desc': 'code',
  } as const;
  const { url } = await startMock({ configuration: { readings } });
  const only = ['--only', 'loginTokenValidate/103000/time-,tokenValidate/000/rsa'];
  const { status, text } = await beginningOf(['provider', '--mock', url, ...only]);
  expect(status, text).toBe(0);
  expect(text).toContain('Causes (1)');
  expect(text).toMatch(
    /readings of this mock differ from .*: system-time=window:5m \(\d+ cases?\), verify-rsa-encoding=hex \(\d+ cases?\)\. /,
  );
});

test('a client that retries', async () => {
  const base = readFileSync('test/full/consumer/base-client.mjs', 'utf8');
  const posted = 'await post(operation.path, JSON.stringify(request))';
  const parts = base.split(`const { status, text } = ${posted};`);
  expect(parts).toHaveLength(2);
  const again = `let { status, text } = ${posted}; if (status !== 200) ({ status, text } = ${posted});`;
  const only = ['http-500', 'http-503', 'sent-']
    .map((name) => `loginTokenValidate/consumer/${name}`)
    .join();
  const command = ['--', process.execPath, temporaryFile('client.mjs', parts.join(again))];
  const { status, text } = await beginningOf([
    'consumer',
    '--only',
    only,
    '--handled-status',
    '3',
    ...command,
  ]);
  expect(status, text).toBe(1);
  expect(text).toContain('Causes (1)');
  expect(text).toContain('calls again with the same token');
});

// Texts from carriers and clients are not commands for a CI system: the only commands of a run are the kit's annotations.

const EVIL = [
  '::error::forged',
  '  ::add-mask::forged',
  '\u0085::set-output name=a::forged',
  '\u2003::warning::forged\r::notice::forged',
  'a ##[stop-commands]forged',
  '###[error]forged',
].join('\n');
const ANNOTATED = { GITHUB_ACTIONS: 'true' };

/** A profile of a carrier that responds normally to the preflight, and then always with the same text. */
async function profileOf(answer: string): Promise<string> {
  const answers = ['{"resultCode":"104201"}'];
  const server = createServer((_, res) => res.end(answers.shift() ?? answer));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const profile = {
    baseUrls: { loginTokenValidate: `http://127.0.0.1:${port}` },
    credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
    capabilities: ['loginTokenValidate'],
  };
  return temporaryFile('profile.json', JSON.stringify(profile));
}

test('a text of a carrier is not a command', async () => {
  const answer = JSON.stringify({ resultCode: EVIL, desc: EVIL, inresponseto: EVIL });
  const profile = await profileOf(answer);
  const only =
    'loginTokenValidate/104201/unknown,loginTokenValidate/precedence/sign-before-token-form';
  const args = ['contract', 'provider', '--profile', profile, '--only', only];
  const { status, stdout, stderr } = await callCommand(args, {
    ...ANNOTATED,
    A: '300000000001',
    S: 'secret',
  });
  expect(status, `${stderr}${stdout}`).toBe(1);
  expect(stdout).toContain('forged');
  // One for each cause: two codes and the echo.
  expect(workflowCommandsIn(stdout)).toEqual(['error', 'error', 'error']);
  expect(stderr).toBe('');
});

test('the output of a client is not a command', async () => {
  const client = `console.log(${JSON.stringify(EVIL)}); fetch(process.env.CMPASSPORT_BASE).finally(() => process.exit(1));`;
  const only = ['--only', 'loginTokenValidate/consumer/code-103000'];
  const args = ['contract', 'consumer', ...only, '--', process.execPath, '-e', client];
  const { status, stdout, stderr } = await callCommand(args, ANNOTATED);
  expect(status, `${stderr}${stdout}`).toBe(1);
  expect(stdout).toContain('forged');
  expect(workflowCommandsIn(stdout)).toEqual(['error']);
  expect(stderr).toBe('');
});

test.each([
  {
    lang: 'en',
    line: /^tokenValidate\/606\/used +MUST +a token that was confirmed before is refused$/m,
  },
  { lang: 'zh', line: /^tokenValidate\/606\/used +MUST +用掉的 token 被拒绝$/m },
])('--list needs no carrier, and describes the selected cases in $lang', async ({ lang, line }) => {
  const args = [
    'contract',
    'provider',
    '--list',
    '--only',
    '*/606/used*',
    '--level',
    'MUST',
    '--lang',
    lang,
  ];
  const { status, stdout, stderr } = await callCommand(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(line);
  for (const text of stdout.trimEnd().split('\n'))
    expect(text).toMatch(/^tokenValidate\/606\/used\S* +MUST {4}/);
});

test('--list needs no command', async () => {
  const { status, stdout } = await callCommand([
    'contract',
    'consumer',
    '--list',
    '--only',
    'sent-time',
    '--lang',
    'zh',
  ]);
  expect(status, stdout).toBe(0);
  expect(stdout.match(/^\S+\/consumer\/sent-time +MUST +时间是发送时的北京时间$/gm)).toHaveLength(
    2,
  );
});

const ONLY = ['--only', 'loginTokenValidate/103101/md5-without-'];

test('--max-failures stops after this number of failures, and counts the cases that did not run', async () => {
  const { url } = await startMock();
  const server = createServer((_, res) => void res.end('{"resultCode":"103000"}'));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const stub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = [
    'contract',
    'provider',
    '--mock',
    stub,
    '--control-url',
    url,
    '--jobs',
    '1',
    ...ONLY,
  ];
  const whole = await callCommand(args);
  expect(whole.stdout).toContain('7 failed');
  const { status, stdout } = await callCommand([...args, '--max-failures', '2']);
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('2 failed, 5 skipped');
  expect(stdout).toContain('5 skipped: not run: --max-failures was reached');
});

describe('intercept', () => {
  const ADDRESS = 'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate';
  const CLIENT = `curl -sS --max-time 5 -H 'content-type: application/json' -d '{}' ${ADDRESS}; exit 3`;
  const ONLY = [
    'code-103101',
    'reset-before-answer',
    'closed-in-answer',
    'closed-before-answer',
    'refused-connection',
  ]
    .map((name) => `loginTokenValidate/consumer/${name}`)
    .join();

  test.skipIf(!isInstalled('curl'))(
    'the recorder receives the requests to the address of the document',
    async () => {
      const args = ['contract', 'consumer', '--intercept', '--handled-status', '3', '--only', ONLY];
      const { status, stdout, stderr } = await callCommand([...args, '--', 'bash', '-c', CLIENT], {
        PATH: process.env['PATH'] ?? '',
      });
      expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(': 5 passed');
    },
  );
});
