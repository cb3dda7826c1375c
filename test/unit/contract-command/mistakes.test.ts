/** A usage mistake is one line on standard error with exit status 2, and nothing is sent. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CALIBRATE_ROWS } from '../../../contracts/command/calibrate-command.js';
import { CONSUMER_ROWS } from '../../../contracts/command/consumer-command.js';
import { PROVIDER_ROWS } from '../../../contracts/command/provider-command.js';
import { REPLAY_ROWS } from '../../../contracts/command/replay-command.js';
import { helpRows } from '../../../src/text/flag-help.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

const NOWHERE = 'http://127.0.0.1:9';
const PROFILE = {
  baseUrls: { loginTokenValidate: NOWHERE },
  credentials: { appId: { env: 'MINE_APP_ID' }, appSecret: { env: 'MINE_APP_SECRET' } },
  capabilities: ['loginTokenValidate'],
};

/** What is wrong, the arguments, and parts of the error. */
type Mistake = readonly [description: string, args: string, ...parts: string[]];

const MISTAKES: readonly Mistake[] = [
  ['no suite', '', 'provider, consumer, replay or calibrate', 'nothing'],
  ['an unknown suite', 'supplier', 'provider, consumer, replay or calibrate', '"supplier"'],
  ['no carrier', 'provider', '--mock <url>', '--profile <file>'],
  ['two carriers', 'provider --mock NOWHERE --profile x', 'one of --mock'],
  ['an invalid address', 'provider --mock localhost', '--mock', '"localhost"'],
  ['an unknown flag', 'provider --moc NOWHERE', '--moc', '--mock'],
  ['an empty flag', 'provider --mock=', '--mock', '""'],
  [
    'a flag instead of a value',
    'provider --mock --only x',
    'contract provider: --mock needs a value, found "--only"',
    '--mock <url>',
  ],
  ['a flag without its value', 'provider --mock', '--mock needs a value, found nothing'],
  [
    'a switch with a value',
    'provider --mock NOWHERE --github=no',
    '--github has no value, found "no"',
  ],
  ['an unknown letter', 'replay -x', 'contract replay: unknown flag -x', '--help'],
  [
    'an argument too many',
    'provider --mock NOWHERE x',
    'contract provider accepts flags only',
    '"x"',
  ],
  [
    'a command without the dashes',
    'consumer node client.js',
    'contract consumer',
    '"node"',
    'after "--"',
  ],
  [
    'an unknown operation',
    'provider --mock NOWHERE --operation login',
    '--operation',
    'loginTokenValidate, tokenValidate',
    '"login"',
  ],
  ['an unknown level', 'provider --mock NOWHERE --level must', '--level', 'MUST', '"must"'],
  [
    'an unknown level of failure',
    'provider --mock NOWHERE --fail-on may',
    '--fail-on',
    'MUST, SHOULD',
    '"may"',
  ],
  ['an unknown language', 'provider --mock NOWHERE --lang de', '--lang', 'en, zh', '"de"'],
  ['a list without an item', 'provider --mock NOWHERE --only ,', '--only must be a list', '","'],
  [
    'unknown cases',
    'provider --mock NOWHERE --only loginTokenValidate/103101/sign-of-zero5',
    '--only',
    '"loginTokenValidate/103101/sign-of-zero5"',
    'did you mean "loginTokenValidate/103101/sign-of-zeros"',
    '--list',
  ],
  [
    'the start of ids in another letter case',
    'provider --mock NOWHERE --only tokenvalidate/606',
    'did you mean "tokenValidate/606/',
  ],
  [
    'a known case and an unknown one',
    'provider --mock NOWHERE --only loginTokenValidate/103000/md5,loginTokenValidate/103000/nd5',
    '--only',
    '"loginTokenValidate/103000/nd5"',
  ],
  [
    'the last part of a case, misspelt',
    'provider --mock NOWHERE --only md5-without-apid',
    'did you mean "loginTokenValidate/103101/md5-without-appid"',
  ],
  [
    'unknown scenarios',
    'consumer --only sent-tiem -- true',
    '--only',
    'did you mean "loginTokenValidate/consumer/sent-time"',
  ],
  [
    'a case to skip that is like none',
    'provider --mock NOWHERE --skip like-no-case',
    '--skip "like-no-case" matches no case: --list prints all',
  ],
  [
    'a scenario of the other operation',
    'consumer --only tokenValidate/consumer/code-000 --operation loginTokenValidate -- true',
    '--operation',
    'selects nothing',
  ],
  ['a missing profile', 'provider --profile none.json', 'none.json', 'does not exist'],
  [
    'a report that cannot be written',
    'provider --mock NOWHERE --junit no/such/folder.xml',
    '--junit',
    'ENOENT',
  ],
  [
    'a missing deviations file',
    'provider --mock NOWHERE --deviations none.json',
    'none.json',
    'does not exist',
  ],
  ['a calibration without a profile', 'calibrate', '--profile <file>', '--help'],
  [
    'a missing earlier calibration',
    'calibrate --profile x --against none.json',
    'none.json',
    'does not exist',
  ],
  ['jobs for a profile', 'provider --profile x --jobs 2', '--jobs', '--mock'],
  ['zero jobs', 'consumer --jobs 0 -- true', '--jobs', '1 or more', '"0"'],
  [
    'a folder that cannot be created',
    'consumer --save package.json/saved -- true',
    '--save',
    'must be writable',
    'ENOTDIR',
  ],
  [
    'a file instead of a folder',
    'consumer --save package.json -- true',
    '--save',
    'must be writable',
    'package.json',
    'EEXIST',
  ],
  ['--save-all without --save', 'consumer --save-all -- true', '--save-all', '--save <'],
  ['a replay without a file', 'replay', 'needs a file', '"-"'],
  ['a missing capture', 'replay none.har', 'none.har', 'the file does not exist'],
  [
    'a file that is not a capture',
    'replay LICENSE',
    'LICENSE',
    'has no fields of a request',
    'HAR',
  ],
  [
    'an unknown check',
    'replay --only loginTokenValidate/consumer/code-103000 x',
    '--only',
    'code-103000',
  ],
  ['an app file without an app', 'replay --app package.json --phone 1 LICENSE', 'LICENSE'],
  ['no command', 'consumer', '"--"', '--help'],
  ['no command after the dashes', 'consumer --', '"--"'],
  ['a timeout of zero', 'consumer --timeout 0 -- true', '--timeout', '1 or more'],
];

const ROWS = MISTAKES.map(([description, args, ...parts]) => ({
  description,
  args: args.replaceAll('NOWHERE', NOWHERE).split(' ').filter(Boolean),
  parts,
}));

test.each(ROWS)('$description', async ({ args, parts }) => {
  await expectOneLine(args, parts);
  await expectChinese(args);
});

const ENGLISH =
  /\b(?:must|found|needs?|has|is|the|a|use|set|write|unknown|see|and|or|because|readable|writable)\b/;

async function expectChinese(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { status, stdout, stderr } = await callCommand(['contract', ...args], {
    LANG: 'zh_CN.UTF-8',
    ...env,
  });
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/^cmpassport-mock: .*[\u4e00-\u9fff]/),
    '',
  ]);
  expect(stderr.replaceAll(/"[^"]*"/g, '')).not.toMatch(ENGLISH);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
}

test('--lang overrides the locale, also for a mistake in another flag', async () => {
  const { stderr } = await callCommand(['contract', 'provider', '--lang', 'zh', '--moc=x'], {
    LANG: 'en_US.UTF-8',
  });
  expect(stderr).toBe(
    'cmpassport-mock: contract provider：未知参数 --moc，是不是 --mock？（见 --help）\n',
  );
});

test.each([
  { name: 'like-no-case', rest: '，用 --list 查看全部' },
  {
    name: 'md5-without-apid',
    rest: '，是不是 "loginTokenValidate/103101/md5-without-appid"？用 --list 查看全部',
  },
])('in Chinese, --only $name', async ({ name, rest }) => {
  const args = ['contract', 'provider', '--mock', NOWHERE, '--lang', 'zh', '--only', name];
  const { stderr } = await callCommand(args);
  expect(stderr).toBe(`cmpassport-mock: --only "${name}" 没有匹配到任何用例${rest}\n`);
});

const PROFILE_MISTAKES: readonly (readonly [
  description: string,
  change: object,
  ...parts: string[],
])[] = [
  ['an unknown field', { secret: 'x' }, '"secret"'],
  ['a negative limit', { spendLimit: -1 }, '/spendLimit', '0'],
  [
    'no address for a capability',
    { capabilities: ['tokenValidate'] },
    '/baseUrls',
    'tokenValidate',
  ],
  [
    'no keys for RSA',
    { capabilities: ['loginTokenValidate', 'rsa'] },
    '/credentials',
    'appSignKey',
    'rsa',
  ],
  ['tokens from a file without a path', { tokens: { from: 'file' } }, '/tokens', '"path"'],
  ['an unknown source of tokens', { tokens: { from: 'phone' } }, '/tokens'],
  ['an unknown disabled case', { disabled: [{ case: 'x', reason: 'y' }] }, '/disabled/0/case', 'x'],
  ['a variable that is not set', {}, '/credentials/appId', 'MINE_APP_ID'],
];

const CHANGES = PROFILE_MISTAKES.map(([description, change, ...parts]) => ({
  description,
  change,
  parts,
}));

test.each(CHANGES)('a profile with $description', async ({ change, parts }) => {
  const path = temporaryFile('profile.json', JSON.stringify({ ...PROFILE, ...change }));
  await expectOneLine(['provider', '--profile', path], parts);
  await expectChinese(['provider', '--profile', path]);
});

test('a profile with a key that cannot be read', async () => {
  const keys = {
    appSignKey: { env: 'KEY' },
    appDecryptKey: { env: 'KEY' },
    platformPublicKey: { env: 'KEY' },
  };
  const credentials = { ...PROFILE.credentials, ...keys };
  const profile = { ...PROFILE, credentials, capabilities: ['loginTokenValidate', 'rsa'] };
  const path = temporaryFile('profile.json', JSON.stringify(profile));
  const env = { MINE_APP_ID: '1', MINE_APP_SECRET: '2', KEY: 'no key' };
  await expectOneLine(
    ['provider', '--profile', path],
    ['/credentials/appSignKey', 'KEY', 'PKCS#8'],
    env,
  );
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
  const deviations = [
    { case: 'loginTokenValidate/103000/none', reason: 'x', expires: '2030-01-01' },
  ];
  const path = temporaryFile('deviations.json', JSON.stringify({ deviations }));
  const args = ['provider', '--mock', NOWHERE, '--deviations', path];
  await expectOneLine(args, [
    '/deviations/0/case must be the id of a case',
    'loginTokenValidate/103000/none',
  ]);
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
  const { status, stderr } = await callCommand([
    'contract',
    'provider',
    '--profile',
    'x\u001b[2J\u202e\ny',
  ]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^cmpassport-mock: x\\u001b\[2J\\u202e\\ny: the file does not exist: correct the path\n$/,
    ),
  });
});

const ALL_ROWS = [PROVIDER_ROWS, CONSUMER_ROWS, REPLAY_ROWS, CALIBRATE_ROWS];

test.each([
  { language: 'en', begins: 'usage:' },
  { language: 'zh', begins: '用法：' },
])('help is in $language, and lists every flag', async ({ language, begins }) => {
  const { status, stdout } = await callCommand(['contract', '--help', '--lang', language]);
  expect(status, stdout).toBe(0);
  expect(stdout.startsWith(begins)).toBe(true);
  for (const { name } of ALL_ROWS.flatMap(helpRows)) expect(stdout).toContain(`  ${name} `);
});

test('the Chinese help names the sides 平台侧 and 调用方', async () => {
  const { stdout } = await callCommand(['contract', '--help', '--lang', 'zh']);
  for (const name of ['平台侧', '调用方']) expect(stdout).toContain(name);
  expect(stdout).not.toMatch(/服务端|客户端/);
});

test.each([
  { name: 'provider', flags: PROVIDER_ROWS },
  { name: 'consumer', flags: CONSUMER_ROWS },
  { name: 'replay', flags: REPLAY_ROWS },
  { name: 'calibrate', flags: CALIBRATE_ROWS },
])('the help of $name lists its flags and no others', async ({ name, flags }) => {
  const { status, stdout } = await callCommand(['contract', name, '--help'], {});
  expect(status, stdout).toBe(0);
  expect([...stdout.matchAll(/^ +--([\w-]+)/gm)].map(([, flag]) => flag)).toEqual(
    Object.values(flags).map(({ flag }) => flag),
  );
});
