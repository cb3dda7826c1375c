/** `cmpassport-mock explain`: an app, a captured request, and the verdict. */
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import {
  APP,
  explain,
  explained,
  loginOf,
  PHONE_NUMBER,
  SWAPPED,
  verdict,
  verifyOf,
  verifyRsaOf,
} from '../../support/explained.js';
import { temporaryFile } from '../../support/files.js';
import { longPair, TEST_KEYS } from '../../support/keys.js';
import { LOGIN_PATH, VERIFY_PATH } from '../../support/mock.js';

const CARRIER = 'https://www.cmpassport.com';
const OK_LOGIN = '0 103000 allMet null';
const OK_VERIFY = '0 000 allMet null';

describe('a request is explained', () => {
  const body = JSON.stringify(SWAPPED);

  test.each([
    { description: 'standard input', args: [], input: Buffer.from(body) },
    { description: 'standard input by its name', args: ['-'], input: Buffer.from(body) },
    {
      description: 'standard input in UTF-16, as PowerShell writes it',
      args: [],
      input: Buffer.from(`\uFEFF${body}`, 'utf16le'),
    },
  ])('from $description', async ({ args, input }) => {
    const { status, stdout } = await callCommand(
      ['explain', '--app', temporaryFile('app.json', APP), ...args],
      {},
      input,
    );
    expect({ status, isRefused: stdout.includes('103101') }).toEqual({
      status: 1,
      isRefused: true,
    });
  });
});

test.each([
  {
    description: 'the app signs with its appKey',
    app: { ...APP, signSecret: 'appKey' },
    request: SWAPPED,
    expected: OK_LOGIN,
  },
  {
    description: 'no call is left',
    app: { ...APP, dailyQuota: 0 },
    request: loginOf(),
    expected: '1 105312 callsLeft 103000',
  },
  {
    description: 'the appId is omitted',
    app: { ...APP, appId: undefined },
    request: loginOf(),
    expected: OK_LOGIN,
  },
  {
    description: 'the app is in the format of the control API',
    app: {
      ...APP,
      platformPublicKey: 'x',
      origin: 'api',
      appSignPrivateKey: 'y',
      appDecryptPrivateKey: 'z',
    },
    request: loginOf(),
    expected: OK_LOGIN,
  },
  {
    description: 'the app is one of a configuration',
    app: { apps: [{ appId: '1' }, APP] },
    request: loginOf(),
    expected: OK_LOGIN,
  },
  {
    description: 'the configuration has a reading',
    app: { apps: [APP], readings: { 'system-time': 'calendar' } },
    request: loginOf({ systemtime: '20261325093619762' }),
    expected: '1 103414 parametersValid 103000',
  },
  {
    description: 'the appid has a blank at its end',
    request: loginOf({ appid: `${APP.appId} ` }),
    expected: '1 103119 appKnown 103000',
  },
  {
    description: 'the request has no appid, the file one app',
    app: { apps: [{ ...APP, readings: { 'content-type': 'json' } }] },
    request: { path: LOGIN_PATH, headers: {}, body: '{"token":"x"}' },
    expected: '1 103211 valuesAreStrings 103414',
  },
])('if $description, the verdict is $expected', async ({ app, request, expected }) => {
  expect(await verdict({ app, request })).toBe(expected);
});

describe('a request of an app that the file does not have', () => {
  const apps = [{ appId: '300000000009' }, { apps: [{ appId: '1' }, { appId: '2' }] }];

  test.each(apps)('is refused with the apps of the file: %j', async (app) => {
    const { status, stderr } = await explain({ app, request: loginOf() });
    const known = 'appId' in app ? app.appId : '1, 2';
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(
        `has the appid "${APP.appId}", but --app has ${known}: use the file of the app`,
      ),
    });
  });

  test('is refused for another reason if its appid is masked', async () => {
    const { status, stderr } = await explain({ request: loginOf({ appid: '3000****0001' }) });
    expect(status).toBe(2);
    expect(stderr).toContain('has the masked appid "3000****0001", so its app is unknown');
  });

  test('is explained if the carrier does not know the app either', async () => {
    const flags = ['--answered', '103119'];
    const call = { app: { ...APP, appId: '300000000009' }, request: loginOf(), flags };
    expect(await verdict(call)).toBe('1 103119 appKnown 103000');
  });
});

describe('the address', () => {
  const app = {
    ...APP,
    ipWhitelist: { tokenValidate: '10.0.0.5-10.0.0.9', loginTokenValidate: '' },
  };
  const captured = { path: VERIFY_PATH, body: verifyOf(), clientIp: '10.0.0.1' };

  test.each([
    {
      description: 'that is unknown is assumed to be on the list',
      app,
      request: verifyOf(),
      expected: OK_VERIFY,
    },
    {
      description: 'in the capture is used',
      app,
      request: captured,
      expected: '1 124 ipAllowed 000',
    },
    {
      description: 'from the flag has precedence',
      app,
      request: captured,
      flags: ['--client-ip', '10.0.0.7'],
      expected: OK_VERIFY,
    },
    {
      description: 'that is not on the list is refused',
      app,
      request: verifyOf(),
      flags: ['--client-ip', '10.0.0.4'],
      expected: '1 124 ipAllowed 000',
    },
  ])('$description', async ({ expected, ...asked }) => {
    expect(await verdict(asked)).toBe(expected);
  });
});

describe('the number', () => {
  test.each([
    {
      description: 'that is the token’s',
      request: verifyOf(),
      flags: ['--phone', PHONE_NUMBER],
      expected: OK_VERIFY,
    },
    {
      description: 'that is not',
      request: verifyOf(),
      flags: ['--phone', '13800138001'],
      expected: '1 001 numberMatches 000',
    },
    {
      description: 'that is unknown',
      request: verifyOf({}, '13800138001'),
      flags: [],
      expected: OK_VERIFY,
    },
    {
      description: 'encrypted, that is not',
      request: verifyRsaOf(TEST_KEYS.platform.publicKey),
      flags: ['--phone', '13800138001'],
      expected: '1 001 numberMatches 000',
    },
    {
      description: 'encrypted for the carrier',
      request: verifyRsaOf(TEST_KEYS.demoAppDecrypt.publicKey),
      flags: ['--phone', '13800138001'],
      expected: OK_VERIFY,
    },
    {
      description: 'encrypted for a longer key',
      request: verifyRsaOf(longPair().publicKey),
      flags: [],
      expected: '1 004 phoneNumReadable null',
    },
  ])('$description', async ({ expected, ...asked }) => {
    expect(await verdict(asked)).toBe(expected);
  });

  test('no finding is about an unknown number', async () => {
    const [hashed, encrypted] = await Promise.all([
      explained({ request: verifyOf() }),
      explained({ request: verifyRsaOf(TEST_KEYS.demoAppDecrypt.publicKey) }),
    ]);
    expect([hashed.findings, encrypted.findings]).toEqual([[], []]);
    expect(hashed.stderr).toContain('--phone');
    expect(encrypted.stderr).toContain('--platform-key');
  });

  test.each([
    { description: 'the flag', by: 'flag' },
    { description: 'the configuration', by: 'file' },
  ])('the private key of 平台公钥 from $description is used', async ({ by }) => {
    const { privateKey, publicKey } = TEST_KEYS.demoAppDecrypt;
    const flags = by === 'flag' ? ['--platform-key', temporaryFile('key', `${privateKey}\n`)] : [];
    const app = by === 'flag' ? APP : { apps: [APP], platformKey: privateKey };
    const verdicts = [publicKey, TEST_KEYS.platform.publicKey].map((key) =>
      verdict({ app, flags, request: verifyRsaOf(key) }),
    );
    expect(await Promise.all(verdicts)).toEqual([OK_VERIFY, '1 004 phoneNumReadable null']);
  });

  test('a phoneNum that decrypts to something else is reported', async () => {
    const key = createPublicKey({
      key: Buffer.from(TEST_KEYS.platform.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const phoneNum = publicEncrypt(
      { key, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(PHONE_NUMBER),
    );
    const request = verifyOf({ body: { keyType: '1', phoneNum: phoneNum.toString('base64') } });
    expect(await verdict({ request })).toBe('1 302 signValid null');
  });
});

describe('a secret that is not in the file', () => {
  const bare = { appId: APP.appId };

  test.each([
    { description: 'appSecret, login', request: loginOf(), names: 'appSecret' },
    {
      description: 'appKey, login of an app that signs with it',
      app: { ...bare, signSecret: 'appKey' },
      request: SWAPPED,
      names: 'appKey',
    },
    { description: 'appKey, verify', request: verifyOf(), names: 'appKey' },
    {
      description: 'appKey, verify with the number',
      request: verifyOf(),
      flags: ['--phone', PHONE_NUMBER],
      names: 'appKey',
    },
  ])(
    'prevents the check of the signature: $description',
    async ({ app = bare, request, flags = [], names }) => {
      const { status, decidedBy, expectedSign, findings, stderr } = await explained({
        app,
        request,
        flags,
      });
      expect({ status, decidedBy, expectedSign, findings }).toEqual({
        status: 0,
        decidedBy: 'allMet',
        expectedSign: null,
        findings: [],
      });
      expect(stderr).toContain(
        `note: The file of the app has no ${names}, so the signature cannot be checked`,
      );
    },
  );

  const lower = (sign: unknown) => String(sign).toLowerCase();
  const right = String(loginOf()['sign']);

  test.each([
    {
      description: 'lower case at login, where any is taken',
      request: loginOf({ sign: lower(right) }),
      expected: '0 103000 sign.case',
    },
    {
      description: 'lower case at login, where only upper is taken',
      app: { ...bare, readings: { 'login-md5-case': 'upper' } },
      request: loginOf({ sign: lower(right) }),
      expected: '1 103101 sign.case',
    },
    {
      description: 'lower case at verify',
      request: verifyOf({ body: { sign: lower(verifyOf().body.sign) } }),
      expected: '1 302 sign.case',
    },
    {
      description: 'Base64',
      request: loginOf({ sign: Buffer.from(right, 'hex').toString('base64') }),
      expected: '1 103101 sign.encoding',
    },
    {
      description: 'a length that no MD5 has',
      request: loginOf({ sign: String(verifyOf().body.sign) }),
      expected: '1 103101 sign.no-match',
    },
    {
      description: 'not a signature',
      request: loginOf({ sign: 'x' }),
      expected: '1 103101 sign.no-match',
    },
    {
      description: 'a digit too few',
      request: loginOf({ sign: right.slice(1) }),
      expected: '1 103101 sign.no-match',
    },
  ])(
    'does not hide what the signature itself shows: $description',
    async ({ app = bare, request, expected }) => {
      const { status, resultCode, findings } = await explained({ app, request });
      const ids = findings.map(({ id }: { readonly id: string }) => id);
      expect(`${status} ${resultCode} ${ids}`).toBe(expected);
      for (const { evidence } of findings) expect(evidence).not.toHaveProperty('expected');
    },
  );

  test('appears in the string to sign as its name', async () => {
    const { stringToSign } = await explained({ app: bare, request: loginOf() });
    expect(stringToSign).toMatch(/<appSecret>$/);
  });

  test.each([
    {
      description: 'is masked in the file',
      app: { ...APP, appSecret: '9C7B****46BF' },
      request: SWAPPED,
      expected: '1 103101',
      note: 'has appSecret masked',
    },
    {
      description: 'is not the one that signs',
      app: { ...APP, appKey: undefined },
      request: loginOf(),
      expected: '0 103000',
      note: 'does not have the appKey. If the signature was made with it by mistake',
    },
  ])('is noted if it $description', async ({ app, request, expected, note }) => {
    const { status, resultCode, stderr } = await explained({ app, request });
    expect(`${status} ${resultCode}`).toBe(expected);
    expect(stderr).toContain(note);
  });

  test('does not matter if another rule decides', async () => {
    expect(await verdict({ app: bare, request: loginOf({ version: '1.0' }) })).toBe(
      '1 103414 parametersValid 103000',
    );
  });
});

describe('what is unknown of the app that the request means is not predicted', () => {
  const misspelt = (request: ReturnType<typeof verifyOf>) => {
    const { appId: appid, ...header } = request.header;
    return { ...request, header: { ...header, appid } };
  };
  const plain = misspelt(verifyOf({ body: { phoneNum: PHONE_NUMBER } }));

  test.each([
    {
      description: 'the number of the token',
      app: APP,
      request: misspelt(verifyOf()),
      next: '000',
      note: '--phone',
    },
    {
      description: 'the secret of the signature',
      app: { appId: APP.appId },
      request: misspelt(verifyOf()),
      next: '000',
      note: 'has no appKey, so the signature cannot be checked',
    },
    {
      description: 'except what a mistake shows',
      app: APP,
      request: plain,
      next: '004',
      note: 'check the token',
    },
  ])('$description', async ({ app, request, next, note }) => {
    const call = { app: { apps: [app, { appId: '1' }] }, request };
    const { stderr, ...explanation } = await explained(call);
    expect(`${explanation.resultCode} ${explanation.next}`).toBe(`102 ${next}`);
    expect(stderr).toContain(note);
  });
});

test('a path with a double slash is refused with a reason', async () => {
  const path = '//openapi/rs/tokenValidate';
  const { status, stderr } = await explain({ request: { method: 'POST', path, body: verifyOf() } });
  expect(status).toBe(2);
  expect(stderr).toContain('which is /openapi/rs/tokenValidate with a double slash');
});

test('the output names the record that it used', async () => {
  const record = {
    method: 'POST',
    path: LOGIN_PATH,
    request: { headers: {}, body: JSON.stringify(SWAPPED) },
  };
  const { stdout } = await explain({ request: { requests: [record, record], evicted: 0 } });
  expect(stdout).toContain('The capture contains 2 requests, and this is the newest one');
  const { stderr } = await explained({
    request: [record, record, record],
    flags: ['--lang', 'zh'],
  });
  expect(stderr).toContain('说明：抓到的内容里有 3 条请求，这里分析的是最前面的一条');
  expect((await explain({ request: { requests: [record], evicted: 0 } })).stdout).not.toContain(
    'The capture contains',
  );
});

describe('the response of the carrier', () => {
  // Five minutes after the issue of TOKEN.
  const LATE = '20261125094119000';
  const late = loginOf({ systemtime: LATE });
  const inHar = (resultCode: string) => ({
    request: {
      method: 'POST',
      url: CARRIER + LOGIN_PATH,
      postData: { text: JSON.stringify(loginOf()) },
    },
    response: { content: { text: JSON.stringify({ resultCode }) } },
  });

  test.each([
    { description: 'in a HAR entry', request: inHar('104201'), flags: [] },
    { description: 'from the flag', request: loginOf(), flags: ['--answered', '104201'] },
    {
      description: 'from the flag, which has precedence',
      request: inHar('103000'),
      flags: ['--answered', '104201'],
    },
  ])('$description is evidence', async ({ request, flags }) => {
    const { stdout, status } = await explain({ request, flags });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}carrier returned +104201 TOKEN_/m);
    expect(stdout).toMatch(
      /^ {2}which means +.*\(tokenKnown\), or .*\(tokenLive\), or .*\(tokenUnused\); the token was 0 s old$/m,
    );
    expect(stdout).toContain('Its response shows one requirement of the token that was not met');
    const { stderr } = await explained({ request, flags: [...flags, '--lang', 'zh'] });
    expect(stderr).toContain('说明：移动认证平台返回了 104201：token 不存在（tokenKnown）；或');
  });

  test.each([
    {
      description: 'with a token that is too old means that it has expired',
      request: late,
      code: '104201',
      expected: '1 104201 tokenLive 103000',
    },
    {
      description: 'with a token in time does not',
      request: loginOf(),
      code: '104201',
      expected: '1 103000 allMet null',
    },
    {
      description: 'does not matter if it is about another requirement',
      request: late,
      code: '105312',
      expected: '1 103000 allMet null',
    },
    {
      description: 'that is a success is the expected one',
      request: late,
      code: '103000',
      expected: OK_LOGIN,
    },
    {
      description: 'of verify, 606, with a token that is too old',
      request: verifyOf({ header: { timestamp: LATE } }),
      code: '606',
      expected: '1 606 tokenLive 000',
    },
  ])('$description', async ({ request, code, expected }) => {
    expect(await verdict({ request, flags: ['--answered', code] })).toBe(expected);
  });

  test('names the finding of an expired token, and its age', async () => {
    const { findings, stderr } = await explained({
      request: late,
      flags: ['--answered', '104201'],
    });
    expect(findings.map(({ id }: { readonly id: string }) => id)).toEqual(['token.expired']);
    expect(stderr).toContain('the token was 300 s old');
  });

  test.each([
    { code: '103000', means: 'every requirement was met' },
    { code: '103101', means: 'the signature is wrong (signValid)' },
    { code: '999999', means: 'no requirement of this operation has this code' },
  ])('$code means: $means', async ({ code, means }) => {
    const { stderr } = await explained({ request: loginOf(), flags: ['--answered', code] });
    expect(stderr).toContain(`note: The carrier returned ${code}: ${means}`);
  });
});

test('the time in a field with a misspelt name is the time of the request', async () => {
  const { systemtime, ...request } = loginOf();
  expect((await explain({ request: { ...request, systemTime: systemtime } })).stdout).toContain(
    'Known mistakes (1)',
  );
});

test('the wrong secret is named even if the right one is unknown', async () => {
  const { appSecret: _, ...app } = APP;
  expect(await verdict({ app, request: SWAPPED })).toBe('1 103101 signValid null');
});
