/** The selection of cases, and the end of a run: --list, --only, --max-failures. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { startMock } from '../../support/mock.js';

test.each([
  { lang: 'en', line: /^tokenValidate\/606\/used +MUST +a token that was confirmed before is refused$/m },
  { lang: 'zh', line: /^tokenValidate\/606\/used +MUST +用过的 token 被拒绝$/m },
])('--list needs no carrier, and describes the selected cases in $lang', async ({ lang, line }) => {
  const args = ['contract', 'provider', '--list', '--only', '*/606/used*', '--level', 'MUST', '--lang', lang];
  const { status, stdout, stderr } = await callCommand(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(line);
  for (const text of stdout.trimEnd().split('\n')) expect(text).toMatch(/^tokenValidate\/606\/used\S* +MUST {4}/);
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
  expect(stdout.match(/^\S+\/consumer\/sent-time +MUST +时间是发送时的北京时间$/gm)).toHaveLength(2);
});

const ONLY = ['--only', 'loginTokenValidate/103101/md5-without-'];

test('--max-failures stops after this number of failures, and counts the cases that did not run', async () => {
  const { url } = await startMock();
  const server = createServer((_, res) => void res.end('{"resultCode":"103000"}'));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const stub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ['contract', 'provider', '--mock', stub, '--control-url', url, '--jobs', '1', ...ONLY];
  const whole = await callCommand(args);
  expect(whole.stdout).toContain('7 failed');
  const { status, stdout } = await callCommand([...args, '--max-failures', '2']);
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('2 failed, 5 skipped');
  expect(stdout).toContain('5 skipped: not run: --max-failures was reached');
});
