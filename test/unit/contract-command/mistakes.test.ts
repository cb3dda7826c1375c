/** A usage mistake is one line on standard error with exit status 2, and nothing is sent. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CALIBRATE_FLAGS } from '../../../contracts/command/calibrate-command.js';
import { CONSUMER_FLAGS } from '../../../contracts/command/consumer-command.js';
import { flagOf } from '../../../contracts/command/flags.js';
import { PROVIDER_FLAGS } from '../../../contracts/command/provider-command.js';
import { REPLAY_FLAGS } from '../../../contracts/command/replay-command.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

const NOWHERE = 'http://127.0.0.1:9';
const PROFILE = {
  baseUrls: { loginTokenValidate: NOWHERE },
  credentials: { appId: { env: 'MINE_APP_ID' }, appSecret: { env: 'MINE_APP_SECRET' } },
  capabilities: ['loginTokenValidate'],
};

interface Mistake {
  readonly description: string;
  readonly args: readonly string[];
  readonly parts: readonly string[];
}

const MISTAKES: readonly Mistake[] = [
  { description: 'no suite', args: [], parts: ['provider, consumer, replay or calibrate', 'nothing'] },
  {
    description: 'an unknown suite',
    args: ['supplier'],
    parts: ['provider, consumer, replay or calibrate', '"supplier"'],
  },
  { description: 'no carrier', args: ['provider'], parts: ['--mock <url>', '--profile <file>'] },
  { description: 'two carriers', args: ['provider', '--mock', NOWHERE, '--profile', 'x'], parts: ['one of --mock'] },
  {
    description: 'an invalid address',
    args: ['provider', '--mock', 'localhost'],
    parts: ['--mock', '"localhost"'],
  },
  { description: 'an unknown flag', args: ['provider', '--moc', NOWHERE], parts: ['--moc', '--mock'] },
  { description: 'an empty flag', args: ['provider', '--mock='], parts: ['--mock', '""'] },
  {
    description: 'a flag instead of a value',
    args: ['provider', '--mock', '--only', 'x'],
    parts: ['contract provider: --mock needs a value, found "--only"', '--mock <url>'],
  },
  {
    description: 'a flag without its value',
    args: ['provider', '--mock'],
    parts: ['--mock needs a value, found nothing'],
  },
  {
    description: 'a switch with a value',
    args: ['provider', '--mock', NOWHERE, '--github=no'],
    parts: ['--github has no value, found "no"'],
  },
  { description: 'an unknown letter', args: ['replay', '-x'], parts: ['contract replay: unknown flag -x', '--help'] },
  {
    description: 'an argument too many',
    args: ['provider', '--mock', NOWHERE, 'x'],
    parts: ['contract provider accepts flags only', '"x"'],
  },
  {
    description: 'a command without the dashes',
    args: ['consumer', 'node', 'client.js'],
    parts: ['contract consumer', '"node"', 'after "--"'],
  },
  {
    description: 'an unknown operation',
    args: ['provider', '--mock', NOWHERE, '--operation', 'login'],
    parts: ['--operation', 'loginTokenValidate, tokenValidate', '"login"'],
  },
  {
    description: 'an unknown level',
    args: ['provider', '--mock', NOWHERE, '--level', 'must'],
    parts: ['--level', 'MUST', '"must"'],
  },
  {
    description: 'an unknown language',
    args: ['provider', '--mock', NOWHERE, '--lang', 'de'],
    parts: ['--lang', 'en, zh', '"de"'],
  },
  {
    description: 'a list without an item',
    args: ['provider', '--mock', NOWHERE, '--only', ','],
    parts: ['--only must be a list', '","'],
  },
  {
    description: 'unknown cases',
    args: ['provider', '--mock', NOWHERE, '--only', 'loginTokenValidate/103101/sign-of-zero5'],
    parts: ['--only', '"loginTokenValidate/103101/sign-of-zero5"', '--list'],
  },
  {
    description: 'a known case and an unknown one',
    args: ['provider', '--mock', NOWHERE, '--only', 'loginTokenValidate/103000/md5,loginTokenValidate/103000/nd5'],
    parts: ['--only', '"loginTokenValidate/103000/nd5"'],
  },
  {
    description: 'unknown scenarios',
    args: ['consumer', '--only', 'sent-tiem', '--', 'true'],
    parts: ['--only', '"sent-tiem"'],
  },
  {
    description: 'a scenario of the other operation',
    args: ['consumer', '--only', 'tokenValidate/consumer/code-000', '--operation', 'loginTokenValidate', '--', 'true'],
    parts: ['no scenario', '--operation'],
  },
  {
    description: 'a missing profile',
    args: ['provider', '--profile', 'none.json'],
    parts: ['none.json', 'does not exist'],
  },
  {
    description: 'a report that cannot be written',
    args: ['provider', '--mock', NOWHERE, '--junit', join('no', 'such', 'folder.xml')],
    parts: ['--junit', 'ENOENT'],
  },
  {
    description: 'a missing deviations file',
    args: ['provider', '--mock', NOWHERE, '--deviations', 'none.json'],
    parts: ['none.json', 'does not exist'],
  },
  { description: 'a calibration without a profile', args: ['calibrate'], parts: ['--profile <file>', '--help'] },
  {
    description: 'a missing earlier calibration',
    args: ['calibrate', '--profile', 'x', '--against', 'none.json'],
    parts: ['none.json', 'does not exist'],
  },
  {
    description: 'jobs for a profile',
    args: ['provider', '--profile', 'x', '--jobs', '2'],
    parts: ['--jobs', '--mock'],
  },
  { description: 'zero jobs', args: ['consumer', '--jobs', '0', '--', 'true'], parts: ['--jobs', '1 or more', '"0"'] },
  {
    description: 'a folder that cannot be created',
    args: ['consumer', '--save', join('package.json', 'saved'), '--', 'true'],
    parts: ['--save', 'writable folder', 'ENOTDIR'],
  },
  {
    description: 'a file instead of a folder',
    args: ['consumer', '--save', 'package.json', '--', 'true'],
    parts: ['--save', 'writable folder', 'package.json', 'EEXIST'],
  },
  {
    description: '--save-all without --save',
    args: ['consumer', '--save-all', '--', 'true'],
    parts: ['--save-all', '--save <'],
  },
  { description: 'a replay without a file', args: ['replay'], parts: ['needs a file', '"-"'] },
  {
    description: 'a missing capture',
    args: ['replay', 'none.har'],
    parts: ['none.har', 'the file does not exist'],
  },
  {
    description: 'a file that is not a capture',
    args: ['replay', 'LICENSE'],
    parts: ['LICENSE', 'not a request in a known format', 'HAR'],
  },
  {
    description: 'an unknown check',
    args: ['replay', '--only', 'loginTokenValidate/consumer/code-103000', 'x'],
    parts: ['--only', 'code-103000'],
  },
  {
    description: 'an app file without an app',
    args: ['replay', '--app', 'package.json', '--phone', '1', 'LICENSE'],
    parts: ['LICENSE'],
  },
  { description: 'no command', args: ['consumer'], parts: ['"--"', '--help'] },
  { description: 'no command after the dashes', args: ['consumer', '--'], parts: ['"--"'] },
  {
    description: 'a timeout of zero',
    args: ['consumer', '--timeout', '0', '--', 'true'],
    parts: ['--timeout', '1 or more'],
  },
];

test.each(MISTAKES)('$description', async ({ args, parts }) => {
  await expectOneLine(args, parts);
});

const ENGLISH = /\b(?:must|found|needs?|has|is|the|a|use|set|write|unknown|see|and|or|because|readable|writable)\b/;

test.each(MISTAKES)('$description, in Chinese', async ({ args }) => {
  await expectChinese(args);
});

async function expectChinese(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], { LANG: 'zh_CN.UTF-8', ...env });
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: .*[\u4e00-\u9fff]/), '']);
  expect(stderr.replaceAll(/"[^"]*"/g, '')).not.toMatch(ENGLISH);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
}

test('--lang overrides the locale, also for a mistake in another flag', async () => {
  const { stderr } = await callCommand(['contract', 'provider', '--lang', 'zh', '--moc=x'], { LANG: 'en_US.UTF-8' });
  expect(stderr).toBe('cmpassport-mock: contract provider：未知参数 --moc，是不是 --mock？（见 --help）\n');
});

const PROFILE_MISTAKES = [
  { description: 'an unknown field', change: { secret: 'x' }, parts: ['"secret"'] },
  { description: 'a negative limit', change: { spendLimit: -1 }, parts: ['/spendLimit', '0'] },
  {
    description: 'no address for a capability',
    change: { capabilities: ['tokenValidate'] },
    parts: ['/baseUrls', 'tokenValidate'],
  },
  {
    description: 'no keys for RSA',
    change: { capabilities: ['loginTokenValidate', 'rsa'] },
    parts: ['/credentials', 'appSignKey', 'rsa'],
  },
  {
    description: 'tokens from a file without a path',
    change: { tokens: { from: 'file' } },
    parts: ['/tokens', '"path"'],
  },
  { description: 'an unknown source of tokens', change: { tokens: { from: 'phone' } }, parts: ['/tokens'] },
  {
    description: 'an unknown disabled case',
    change: { disabled: [{ case: 'x', reason: 'y' }] },
    parts: ['/disabled/0/case', 'x'],
  },
  { description: 'a variable that is not set', change: {}, parts: ['/credentials/appId', 'MINE_APP_ID'] },
];

test.each(PROFILE_MISTAKES)('a profile with $description', async ({ change, parts }) => {
  const path = temporaryFile('profile.json', JSON.stringify({ ...PROFILE, ...change }));
  await expectOneLine(['provider', '--profile', path], parts);
  await expectChinese(['provider', '--profile', path]);
});

test('a profile with a key that cannot be read', async () => {
  const keys = { appSignKey: { env: 'KEY' }, appDecryptKey: { env: 'KEY' }, platformPublicKey: { env: 'KEY' } };
  const credentials = { ...PROFILE.credentials, ...keys };
  const profile = { ...PROFILE, credentials, capabilities: ['loginTokenValidate', 'rsa'] };
  const path = temporaryFile('profile.json', JSON.stringify(profile));
  const env = { MINE_APP_ID: '1', MINE_APP_SECRET: '2', KEY: 'no key' };
  await expectOneLine(['provider', '--profile', path], ['/credentials/appSignKey', 'KEY', 'PKCS#8'], env);
  await expectChinese(['provider', '--profile', path], env);
});

const CALIBRATED = { MINE_APP_ID: '1', MINE_APP_SECRET: '2' };

test.each([
  { description: 'no terminal and no --yes', args: [], parts: ['--yes', '--dry-run', NOWHERE] },
  {
    description: 'a result that cannot be written',
    args: ['--yes', '--out', join('no', 'such', 'folder.json')],
    parts: ['--out', 'ENOENT'],
  },
])('a calibration with $description', async ({ args, parts }) => {
  const path = temporaryFile('profile.json', JSON.stringify(PROFILE));
  const out = args.includes('--out') ? [] : ['--out', join(temporaryFolder(), 'calibration.json')];
  const { status, stderr } = await callCommand(
    ['contract', 'calibrate', '--profile', path, ...out, ...args],
    CALIBRATED,
  );
  for (const text of parts) expect(stderr).toContain(text);
  expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
});

test('a calibration against an invalid file', async () => {
  const path = temporaryFile('old.json', { format: 2 });
  await expectOneLine(['calibrate', '--profile', 'x', '--against', path], ['old.json']);
});

test('a deviation of an unknown case', async () => {
  const deviations = [{ case: 'loginTokenValidate/103000/none', reason: 'x', expires: '2030-01-01' }];
  const path = temporaryFile('deviations.json', JSON.stringify({ deviations }));
  const args = ['provider', '--mock', NOWHERE, '--deviations', path];
  await expectOneLine(args, ['/deviations/0/case must be the id of a case', 'loginTokenValidate/103000/none']);
  await expectChinese(args);
});

async function expectOneLine(
  args: readonly string[],
  parts: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  for (const text of parts) expect(stderr).toContain(text);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: /), '']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
}

test('the text of a mistake cannot control the terminal', async () => {
  const { status, stderr } = await callCommand(['contract', 'provider', '--profile', 'x\u001b[2J\u202e\ny']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^cmpassport-mock: x\\u001b\[2J\\u202e\\ny: the file does not exist: correct the path\n$/,
    ),
  });
});

test.each([
  { description: 'English by default', args: ['--help'], env: {}, begins: 'usage:' },
  { description: 'Chinese with the flag', args: ['--help', '--lang', 'zh'], env: {}, begins: '用法：' },
  { description: 'Chinese with the variable', args: ['--help'], env: { CMPASSPORT_LANG: 'zh' }, begins: '用法：' },
  { description: 'Chinese with the locale', args: ['--help'], env: { LANG: 'zh_CN.UTF-8' }, begins: '用法：' },
  {
    description: 'English with the flag and a Chinese locale',
    args: ['--help', '--lang', 'en'],
    env: { LANG: 'zh_CN.UTF-8' },
    begins: 'usage:',
  },
])('help is in $description, and lists every flag', async ({ args, env, begins }) => {
  const { status, stdout } = await callCommand(['contract', ...args], env);
  expect(status, stdout).toBe(0);
  expect(stdout.startsWith(begins)).toBe(true);
  for (const [usage] of [...PROVIDER_FLAGS, ...CONSUMER_FLAGS, ...REPLAY_FLAGS, ...CALIBRATE_FLAGS])
    expect(stdout).toContain(`  --${usage}`);
});

test.each([
  { name: 'provider', flags: PROVIDER_FLAGS },
  { name: 'consumer', flags: CONSUMER_FLAGS },
  { name: 'replay', flags: REPLAY_FLAGS },
  { name: 'calibrate', flags: CALIBRATE_FLAGS },
])('the help of $name lists its flags and no others', async ({ name, flags }) => {
  const { status, stdout } = await callCommand(['contract', name, '--help'], {});
  expect(status, stdout).toBe(0);
  expect([...stdout.matchAll(/^ +--([\w-]+)/gm)].map(([, flag]) => flag)).toEqual(flags.map((row) => flagOf(row).flag));
});
