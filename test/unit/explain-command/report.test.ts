/** The report that `cmpassport-mock explain` prints, in two languages; and the files that it reads. */

import { expect, test } from 'vitest';
import { readJsonFile, readTextFile } from '../../../mock-server/cli/explain/files.js';
import { APP, explain, loginOf, SWAPPED, TOKEN, verifyOf } from '../../support/explained.js';
import { temporaryFolder } from '../../support/files.js';

const WITHOUT_LANGUAGE = { LANG: '', LC_ALL: '' };

test.each([
  {
    description: 'English',
    flags: [],
    env: WITHOUT_LANGUAGE,
    parts: ['expected response', 'SIGN_INVALID', 'sign error', 'Not checked'],
  },
  {
    description: 'Chinese',
    flags: ['--lang', 'zh'],
    env: WITHOUT_LANGUAGE,
    parts: ['预计返回', '签名错误', '没有核对'],
  },
  {
    description: 'Chinese by LANG',
    flags: [],
    env: { LANG: 'zh_CN.UTF-8', LC_ALL: '' },
    parts: ['预计返回'],
  },
])('the report is in $description', async ({ flags, env, parts }) => {
  const { status, stdout, stderr } = await explain({ request: SWAPPED, flags, env });
  for (const text of parts) expect(stdout).toContain(text);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
});

test.each([
  {
    description: 'a mistake and what to do',
    request: SWAPPED,
    flags: [],
    en: '✗ 103101  Signed with the wrong secret. The signature was made with appKey. Use appSecret.',
    zh: '✗ 103101  签名用错了密钥。签名用的是 appKey，应该用 appSecret。',
  },
  {
    description: 'that nothing is wrong',
    request: loginOf(),
    flags: [],
    en: '✓ 103000  Nothing wrong was found.',
    zh: '✓ 103000  没有发现问题。',
  },
  {
    description: 'the reason of the carrier, if the request is right',
    request: loginOf(),
    flags: ['--answered', '103511'],
    en: '✗ 103511  Nothing in the request is wrong: the address of the server is not on the whitelist.',
    zh: '✗ 103511  请求没有问题：服务器的出口 IP 不在服务器IP白名单内。',
  },
  {
    description: 'that the carrier has another secret, if its code contradicts the signature',
    request: loginOf(),
    flags: ['--answered', '103101'],
    en: '✗ 103101  Nothing in the request is wrong: the signature is right for the secret in the file',
    zh: '✗ 103101  请求没有问题：签名与应用文件里的密钥一致',
  },
  {
    description: 'what the code can mean, and the next step',
    request: loginOf(),
    flags: ['--answered', '104201'],
    en: 'the token does not exist, or the token has expired, or the token was already used. Get a new token',
    zh: 'token 不存在，或token 已过期，或token 已用掉。每次都要由 SDK 重新取 token',
  },
  {
    description: 'that the signature was not checked',
    request: loginOf(),
    app: { appId: APP.appId },
    flags: [],
    en: '✓ 103000  Nothing wrong was found, but the signature was not checked',
    zh: '✓ 103000  没有发现问题，但没有验签',
  },
])('the first line is $description', async ({ en, zh, flags, ...call }) => {
  const [english, chinese] = await Promise.all(
    ['en', 'zh'].map((lang) => explain({ ...call, flags: [...flags, '--lang', lang] })),
  );
  expect(english?.stdout.split('\n', 1)[0]).toContain(en);
  expect(/^ {2}expected response/m.test(english?.stdout ?? '')).toBe(flags.length === 0);
  expect(chinese?.stdout.split('\n', 1)[0]).toContain(zh);
});

test('without --verbose, the report has no table of requirements', async () => {
  const { stdout } = await explain({ request: SWAPPED });
  expect(stdout).not.toMatch(/^ {2}[✓✗?·] /m);
});

test('the report has every requirement with its mark, the string to sign, and both signatures', async () => {
  const { stdout } = await explain({ request: SWAPPED, flags: ['--verbose'] });
  const marks = Array.from(
    stdout.matchAll(/^ {2}([✓✗?·]) (\w+) +(\d+)/gm),
    ([, mark, requires]) => `${mark} ${requires}`,
  );
  expect(marks).toHaveLength(18);
  expect(marks).toEqual(expect.arrayContaining(['✓ urlRight', '✗ signValid', '· tokenLive']));
  for (const text of [SWAPPED['sign'], loginOf()['sign'], `${TOKEN}${APP.appSecret}`])
    expect(stdout).toContain(text);
});

test.each([
  { language: 'en', label: 'decided by', unmet: 'the signature is wrong', met: 'the app exists' },
  { language: 'zh', label: '判定规则', unmet: '签名错误', met: '应用存在' },
])(
  'in $language, an unmet requirement has the words of its failure',
  async ({ language, label, unmet, met }) => {
    const { stdout } = await explain({
      request: SWAPPED,
      flags: ['--verbose', '--lang', language],
    });
    expect(stdout).toMatch(new RegExp(`^ {2}✗ signValid +103101 +${unmet}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ {2}✓ appKnown +103119 +${met}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ {2}${label} +signValid +${unmet}$`, 'm'));
  },
);

test.each([
  {
    description: 'English',
    language: 'en',
    parts: [
      /^ {7}received +\w+$/m,
      /^ {7}used +lower$/m,
      /^ {7}due +upper$/m,
      /^ {7}acceptedBy +login-md5-case$/m,
    ],
  },
  {
    description: 'Chinese',
    language: 'zh',
    parts: [
      /^ {7}收到 +\w+$/m,
      /^ {7}实际使用 +小写$/m,
      /^ {7}应该用 +大写$/m,
      /^ {7}接受这种写法的解释口径 +login-md5-case$/m,
    ],
  },
])('evidence is shown in $description', async ({ language, parts }) => {
  const request = loginOf({ sign: String(loginOf()['sign']).toLowerCase() });
  const { stdout } = await explain({ request, flags: ['--lang', language] });
  for (const line of parts) expect(stdout).toMatch(line);
});

test('the Chinese report shows received values unchanged', async () => {
  const { stdout } = await explain({
    request: loginOf({ strictcheck: 'no' }),
    flags: ['--lang', 'zh'],
  });
  expect(stdout).toMatch(/^ {7}收到 +no$/m);
  expect(stdout).toMatch(/^ {7}要求 +0 或 1$/m);
});

test('requirements that only the carrier can check are marked', async () => {
  const { stdout } = await explain({ request: verifyOf(), flags: ['--verbose'] });
  for (const requires of [
    'tokenKnown',
    'tokenLive',
    'tokenUnused',
    'callsLeft',
    'numberMatches',
    'ipAllowed',
  ]) {
    expect(stdout).toContain(`  ? ${requires} `);
  }
});

test('the report has no colours in a pipe, and no control characters', async () => {
  const { stdout } = await explain({ request: loginOf({ sign: '\u001b[2J\u009b\u202e' }) });
  expect(stdout).toContain('\\u001b[2J\\u009b\\u202e');
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('the JSON output has no control characters either, and keeps the received values', async () => {
  const sign = '\u009b31m\u202e\u007f';
  const { stdout, stderr } = await explain({
    request: loginOf({ sign, appid: '\u2066' }),
    flags: ['--json', '--answered', '103119'],
  });
  expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(stdout)).toMatchObject({ receivedSign: sign });
  expect(stderr).toContain('\\u2066');
});

test('a file that is a folder is refused', () => {
  expect(() => readTextFile({ file: temporaryFolder() })).toThrow('is a folder');
});

test.each(['\u001b]0;title\u0007', '\u0000', 'a\r\nb'])(
  'an app that is not JSON (%j) is quoted without control characters',
  (text) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be in the message
    const quoted = /^--app app\.json: is not JSON \([^\u0000-\u001f\u007f]+$/;
    expect(() => readJsonFile(() => text, { file: 'app.json', flag: 'app' })).toThrow(quoted);
  },
);
