/** The selection of cases, and the end of a run: --list, --only, --max-failures. */
import { expect, test } from 'vitest';
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

const CHANGED = { configuration: { readings: { 'system-time': 'window:5m' } } } as const;
const ONLY = [
  '--level',
  'MUST',
  '--only',
  'loginTokenValidate/103000/time-is-not*,loginTokenValidate/103101/changed-*',
];

test('--max-failures stops after this number of failures, and counts the cases that did not run', async () => {
  const { url } = await startMock(CHANGED);
  const args = ['contract', 'provider', '--mock', url, '--jobs', '1', ...ONLY];
  const whole = await callCommand(args);
  expect(whole.stdout).toContain('2 failed');
  const { status, stdout } = await callCommand([...args, '--max-failures', '1']);
  expect(status, stdout).toBe(1);
  expect(stdout).toContain('1 failed, 4 skipped');
  expect(stdout).toContain('4 skipped: not run: --max-failures was reached');
});
