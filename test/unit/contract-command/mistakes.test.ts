/** A mistake of whoever calls the kit is one line that names it, exit status 2, and nothing is sent. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CALIBRATE_FLAGS } from '../../../contracts/command/calibrate-command.js';
import { CONSUMER_FLAGS } from '../../../contracts/command/consumer-command.js';
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
  readonly says: readonly string[];
}

const MISTAKES: readonly Mistake[] = [
  { description: 'no suite', args: [], says: ['provider, consumer, replay or calibrate', 'nothing'] },
  {
    description: 'an unknown suite',
    args: ['supplier'],
    says: ['provider, consumer, replay or calibrate', '"supplier"'],
  },
  { description: 'no carrier', args: ['provider'], says: ['--mock <url>', '--profile <file>'] },
  { description: 'two carriers', args: ['provider', '--mock', NOWHERE, '--profile', 'x'], says: ['one of --mock'] },
  {
    description: 'an address that is none',
    args: ['provider', '--mock', 'localhost'],
    says: ['--mock', '"localhost"'],
  },
  { description: 'an unknown flag', args: ['provider', '--moc', NOWHERE], says: ['--moc', '--mock'] },
  { description: 'an empty flag', args: ['provider', '--mock='], says: ['--mock', '""'] },
  {
    description: 'an operation that is none',
    args: ['provider', '--mock', NOWHERE, '--operation', 'login'],
    says: ['--operation', 'loginTokenValidate, tokenValidate', '"login"'],
  },
  {
    description: 'a level that is none',
    args: ['provider', '--mock', NOWHERE, '--level', 'must'],
    says: ['--level', 'MUST', '"must"'],
  },
  {
    description: 'a language that is none',
    args: ['provider', '--mock', NOWHERE, '--lang', 'de'],
    says: ['--lang', 'en, zh', '"de"'],
  },
  {
    description: 'cases that there are not',
    args: ['provider', '--mock', NOWHERE, '--only', 'loginTokenValidate/103101/sign-of-zero5'],
    says: [
      '--only',
      '"loginTokenValidate/103101/sign-of-zero5"',
      'nearest are loginTokenValidate/103101/sign-of-zeros',
      '--list',
    ],
  },
  {
    description: 'one case that there is, and one that there is not',
    args: ['provider', '--mock', NOWHERE, '--only', 'loginTokenValidate/103000/md5,loginTokenValidate/103000/nd5'],
    says: ['--only', '"loginTokenValidate/103000/nd5"'],
  },
  {
    description: 'scenarios that there are not',
    args: ['consumer', '--only', 'sent-tiem', '--', 'true'],
    says: ['--only', '"sent-tiem"', 'loginTokenValidate/consumer/sent-time'],
  },
  {
    description: 'a scenario of the other operation',
    args: ['consumer', '--only', 'tokenValidate/consumer/code-000', '--operation', 'loginTokenValidate', '--', 'true'],
    says: ['no scenario', '--operation'],
  },
  {
    description: 'a profile that is not there',
    args: ['provider', '--profile', 'none.json'],
    says: ['none.json', 'ENOENT'],
  },
  {
    description: 'a report that cannot be written',
    args: ['provider', '--mock', NOWHERE, '--junit', join('no', 'such', 'folder.xml')],
    says: ['--junit', 'ENOENT'],
  },
  {
    description: 'a ledger that is not there',
    args: ['provider', '--mock', NOWHERE, '--deviations', 'none.json'],
    says: ['--deviations none.json', 'ENOENT'],
  },
  { description: 'no profile to calibrate by', args: ['calibrate'], says: ['--profile <file>', '--help'] },
  {
    description: 'an earlier calibration that is not there',
    args: ['calibrate', '--profile', 'x', '--against', 'none.json'],
    says: ['none.json', 'ENOENT'],
  },
  {
    description: 'jobs for a profile',
    args: ['provider', '--profile', 'x', '--jobs', '2'],
    says: ['--jobs', '--mock'],
  },
  { description: 'no job', args: ['consumer', '--jobs', '0', '--', 'true'], says: ['--jobs', '1 or more', '"0"'] },
  {
    description: 'a folder that cannot be made',
    args: ['consumer', '--save', join('package.json', 'saved'), '--', 'true'],
    says: ['--save', 'cannot be written', 'ENOTDIR'],
  },
  { description: 'all of nothing', args: ['consumer', '--save-all', '--', 'true'], says: ['--save-all', '--save <'] },
  { description: 'nothing to replay', args: ['replay'], says: ['needs a file', '"-"'] },
  {
    description: 'a captured file that is not there',
    args: ['replay', 'none.har'],
    says: ['none.har', 'the file does not exist'],
  },
  {
    description: 'a file that is no capture',
    args: ['replay', 'LICENSE'],
    says: ['LICENSE', 'not a request in a known format', 'HAR'],
  },
  {
    description: 'a check that there is not',
    args: ['replay', '--only', 'loginTokenValidate/consumer/code-103000', 'x'],
    says: ['--only', 'code-103000'],
  },
  {
    description: 'an app that is none',
    args: ['replay', '--app', 'package.json', '--phone', '1', 'LICENSE'],
    says: ['LICENSE'],
  },
  { description: 'no command', args: ['consumer'], says: ['"--"', '--help'] },
  { description: 'nothing behind the dashes', args: ['consumer', '--'], says: ['"--"'] },
  {
    description: 'a timeout of nothing',
    args: ['consumer', '--timeout', '0', '--', 'true'],
    says: ['--timeout', '1 or more'],
  },
];

test.each(MISTAKES)('$description', async ({ args, says }) => {
  await expectOneLine(args, says);
});

const PROFILE_MISTAKES = [
  { description: 'a field that a profile has not', change: { secret: 'x' }, says: ['"secret"'] },
  { description: 'a limit that is none', change: { spendLimit: -1 }, says: ['/spendLimit', '0'] },
  {
    description: 'no address of a capability',
    change: { capabilities: ['tokenValidate'] },
    says: ['/baseUrls', 'tokenValidate'],
  },
  {
    description: 'no keys for RSA',
    change: { capabilities: ['loginTokenValidate', 'rsa'] },
    says: ['/credentials', 'appSignKey', 'rsa'],
  },
  {
    description: 'tokens of a file that is not named',
    change: { tokens: { from: 'file' } },
    says: ['/tokens', '"path"'],
  },
  { description: 'tokens from nowhere', change: { tokens: { from: 'phone' } }, says: ['/tokens'] },
  {
    description: 'a case disabled that there is not',
    change: { disabled: [{ case: 'x', reason: 'y' }] },
    says: ['/disabled/0/case', 'x'],
  },
  { description: 'a variable that is not set', change: {}, says: ['/credentials/appId', 'MINE_APP_ID'] },
];

test.each(PROFILE_MISTAKES)('a profile with $description', async ({ change, says }) => {
  const path = temporaryFile('profile.json', JSON.stringify({ ...PROFILE, ...change }));
  await expectOneLine(['provider', '--profile', path], says);
});

test('a profile with a key that cannot be read', async () => {
  const keys = { appSignKey: { env: 'KEY' }, appDecryptKey: { env: 'KEY' }, platformPublicKey: { env: 'KEY' } };
  const credentials = { ...PROFILE.credentials, ...keys };
  const profile = { ...PROFILE, credentials, capabilities: ['loginTokenValidate', 'rsa'] };
  const path = temporaryFile('profile.json', JSON.stringify(profile));
  const env = { MINE_APP_ID: '1', MINE_APP_SECRET: '2', KEY: 'no key' };
  await expectOneLine(['provider', '--profile', path], ['/credentials/appSignKey', 'KEY', 'PKCS#8'], env);
});

const CALIBRATED = { MINE_APP_ID: '1', MINE_APP_SECRET: '2' };

test.each([
  { description: 'no terminal and no --yes', args: [], says: ['--yes', '--dry-run', NOWHERE] },
  {
    description: 'a result that cannot be written',
    args: ['--yes', '--out', join('no', 'such', 'folder.json')],
    says: ['--out', 'ENOENT'],
  },
])('a calibration with $description', async ({ args, says }) => {
  const path = temporaryFile('profile.json', JSON.stringify(PROFILE));
  const out = ['--out', join(temporaryFolder(), 'calibration.json')];
  const { status, stderr } = await callCommand(
    ['contract', 'calibrate', '--profile', path, ...out, ...args],
    CALIBRATED,
  );
  for (const text of says) expect(stderr).toContain(text);
  expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
});

test('a calibration against a file that is none', async () => {
  const path = temporaryFile('old.json', { format: 2 });
  await expectOneLine(['calibrate', '--profile', 'x', '--against', path], ['old.json']);
});

test('a deviation of a case that there is not', async () => {
  const deviations = [{ case: 'loginTokenValidate/103000/none', reason: 'x', expires: '2030-01-01' }];
  const path = temporaryFile('deviations.json', JSON.stringify({ deviations }));
  await expectOneLine(['provider', '--mock', NOWHERE, '--deviations', path], ['loginTokenValidate/103000/none']);
});

async function expectOneLine(
  args: readonly string[],
  says: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], env);
  for (const text of says) expect(stderr).toContain(text);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: /), '']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
}

test('a mistake cannot steer the terminal', async () => {
  const { status, stderr } = await callCommand(['contract', 'provider', '--profile', 'x\u001b[2J\u202e\ny']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^cmpassport-mock: x\\u001b\[2J\\u202e\\ny: cannot be read \(ENOENT\)\n$/),
  });
});

test.each([
  { description: 'English by default', args: ['--help'], env: {}, begins: 'usage:' },
  { description: 'Chinese by the flag', args: ['provider', '--help', '--lang', 'zh'], env: {}, begins: '用法：' },
  { description: 'Chinese by --lang=', args: ['--lang=zh', '-h'], env: {}, begins: '用法：' },
  { description: 'Chinese by the variable', args: ['--help'], env: { CMPASSPORT_LANG: 'zh' }, begins: '用法：' },
  { description: 'Chinese by the locale', args: ['--help'], env: { LANG: 'zh_CN.UTF-8' }, begins: '用法：' },
  {
    description: 'English against it',
    args: ['--help', '--lang', 'en'],
    env: { LANG: 'zh_CN.UTF-8' },
    begins: 'usage:',
  },
])('help is in $description, and lists every flag', async ({ args, env, begins }) => {
  const { status, stdout } = await callCommand(['contract', ...args], env);
  expect(status).toBe(0);
  expect(stdout.startsWith(begins)).toBe(true);
  for (const { flag } of [...PROVIDER_FLAGS, ...CONSUMER_FLAGS, ...REPLAY_FLAGS, ...CALIBRATE_FLAGS])
    expect(stdout).toContain(`  --${flag}`);
});
