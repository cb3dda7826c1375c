/** `contract replay`: captured requests of correct and wrong clients, in each format. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { Signing, When } from '../../../contracts/kit/case.js';
import { OPERATIONS, schemeOf } from '../../../contracts/kit/operations.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { beijingTime } from '../../../contracts/kit/time.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { curlOf } from '../../../contracts/kit/wire.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

const { $comment: _, ...KEYS } = keys;
const NOW_MS = Date.UTC(2026, 10, 27, 10, 0, 0);
const APP = {
  appId: '300011223344',
  appKey: 'app-key-of-the-app',
  appSecret: 'app-secret-of-the-app',
};
const PHONE_NUMBER = '13800138000';
const CARRIER = 'https://www.cmpassport.com';

interface Sending {
  readonly operation?: Operation;
  readonly signing?: Signing;
  readonly msgId?: string;
  /** The time of sending. */
  readonly atMs?: number;
  /** The time in the request. */
  readonly timeMs?: number;
  readonly issuedAtMs?: number;
  readonly secret?: string;
  readonly when?: When;
}

interface Captured {
  readonly wire: WireRequest;
  readonly atMs: number;
}

/** A correct request with these changes. */
function sent(at: number, sending: Sending = {}): Captured {
  const {
    operation = 'loginTokenValidate',
    signing = schemeOf(operation).signing,
    when = {},
  } = sending;
  const {
    atMs = NOW_MS + at * 1000,
    timeMs = atMs,
    issuedAtMs = atMs - 1000,
    secret = APP.appSecret,
  } = sending;
  const msgId = sending.msgId ?? `8adff305-c7fc-b3e1-b1ae-cc130792fb${String(at).padStart(2, '0')}`;
  const token = `STsid000000${issuedAtMs}${String(at).padStart(32, 'x')}`;
  const own = {
    ...KEYS,
    ...APP,
    appSecret: secret,
    platformPublicKey: KEYS.appEncryptKey,
    phoneNumber: PHONE_NUMBER,
  };
  const values = { ...own, token, msgId, time: beijingTime(timeMs) };
  return { wire: buildRequest({ operation, signing, values }, when).wire, atMs };
}

function entryOf({ wire: { method, path, headers, body }, atMs }: Captured) {
  return {
    startedDateTime: new Date(atMs).toISOString(),
    request: {
      method,
      url: `${CARRIER}${path}`,
      headers: headers.map(([name, value]) => ({ name, value })),
      postData: { mimeType: 'application/json', text: body.toString() },
    },
  };
}

const ELSEWHERE = {
  startedDateTime: '2026-11-27T10:00:00Z',
  request: { method: 'GET', url: 'https://example.com/' },
};

function harOf(...captured: readonly Captured[]): string {
  return temporaryFile('capture.har', { log: { entries: [ELSEWHERE, ...captured.map(entryOf)] } });
}

function rawOf({ wire: { method, path, headers, body } }: Captured): string {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ];
  return `${lines.join('\r\n')}${body}`;
}

const APP_FILE = () =>
  temporaryFile('app.json', { ...APP, appSignPrivateKey: KEYS.appSignKey, dailyQuota: 1 });

interface Report {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** By the last part of the id. */
  readonly results: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
}

async function replayed(
  args: readonly string[],
  env = {},
  input = Buffer.alloc(0),
): Promise<Report> {
  const json = join(temporaryFolder(), 'results.json');
  const called = await callCommand(['contract', 'replay', '--json', json, ...args], env, input);
  const results: readonly CaseResult[] =
    called.status === 2 ? [] : JSON.parse(readFileSync(json, 'utf8')).results;
  const named = (value: (one: CaseResult & { readonly message?: string }) => string) =>
    Object.fromEntries(results.map((one) => [one.id.split('/').at(-1), value(one)]));
  return {
    ...called,
    results: named(({ status }) => status),
    messages: named(({ message = '' }) => message),
  };
}

function judged(captured: readonly Captured[]): Promise<Report> {
  return replayed(['--app', APP_FILE(), '--phone', PHONE_NUMBER, harOf(...captured)]);
}

function namesOf({ results }: Report, ...statuses: readonly string[]): readonly string[] {
  return Object.entries(results)
    .filter(([, status]) => statuses.includes(status))
    .map(([name]) => name);
}

const ALL_KINDS: readonly Captured[] = [
  sent(1),
  sent(2, { signing: 'rsa' }),
  sent(3, { operation: 'tokenValidate' }),
  sent(4, { operation: 'tokenValidate', signing: 'rsa' }),
];

test('a correct client passes in every signing mode; only the ledger and a series of times are missing', async () => {
  const report = await judged(ALL_KINDS);
  expect(report.status).toBe(0);
  expect(namesOf(report, 'fail', 'warn', 'error')).toEqual([]);
  expect(namesOf(report, 'skip')).toEqual(['sent-milliseconds', 'sent-charged-once']);
  expect(report.stdout).toContain('35 cases');
});

test.each<{
  readonly description: string;
  readonly captured: readonly Captured[];
  readonly fails: readonly string[];
  readonly status?: number;
}>([
  {
    description: 'repeats a msgid',
    captured: [sent(1), sent(2, { msgId: 'one' }), sent(3, { msgId: 'one' })],
    fails: ['sent-msgid-fresh'],
  },
  {
    description: 'repeats a msgid of the other operation',
    captured: [sent(1, { msgId: 'one' }), sent(3, { operation: 'tokenValidate', msgId: 'one' })],
    fails: ['sent-msgid-fresh', 'sent-msgid-uuid'],
  },
  {
    description: 'sends a token that is two minutes old',
    captured: [sent(1, { issuedAtMs: NOW_MS + 1000 - 120_000 })],
    fails: ['captured-token-age'],
    status: 0,
  },
  {
    description: 'sends a token twice',
    captured: [sent(1), { ...sent(1), atMs: NOW_MS + 9000 }],
    fails: ['sent-msgid-fresh', 'sent-token-once'],
  },
])('a client that $description is caught', async ({ captured, fails, status = 1 }) => {
  const report = await judged(captured);
  expect(namesOf(report, 'fail', 'warn')).toEqual(fails);
  expect(report.status).toBe(status);
});

test('a token that is a millisecond less than two minutes old passes', async () => {
  const report = await judged([sent(1, { issuedAtMs: NOW_MS + 1001 - 120_000 })]);
  expect(report.results['captured-token-age']).toBe('pass');
});

test('a failure names the first request and counts the others, in the order of sending', async () => {
  const wrong = { secret: APP.appKey };
  const report = await judged([sent(3, wrong), sent(1), sent(2, wrong)]);
  expect(report.messages['sent-sign']).toMatch(/in \S+capture\.har, request 3 and 1 more$/);
  expect(report.stdout).toContain(`curl -sS -X POST 'http://127.0.0.1:10086/unisdk/`);
});

test('the finding names the mistake', async () => {
  const { stdout } = await judged([sent(1, { secret: APP.appKey })]);
  expect(stdout).toMatch(/finding +sign\.secret-swapped: /);
});

test('requests to other addresses are ignored; if there are no others, the error shows their paths', async () => {
  const wrongPath = sent(1, { when: { path: '/gateway/login' } });
  expect((await judged([wrongPath])).stdout).toContain('(1 of 2 requests go to the carrier)');
  const none = await replayed([harOf()]);
  expect(none).toMatchObject({ status: 2, stdout: '' });
  expect(none.stderr).toContain(
    `the files must have requests to ${OPERATIONS.join(', ')}, found 1 (/) requests to other addresses. `,
  );
});

describe('a capture as', () => {
  const one = sent(1);
  const curl = curlOf(CARRIER, one.wire);
  test.each([
    { format: 'a curl command', text: curl, skips: ['sent-time', 'captured-token-age'] },
    { format: 'raw HTTP', text: rawOf(one), skips: ['sent-time', 'captured-token-age'] },
    {
      format: 'the body alone',
      text: one.wire.body.toString(),
      skips: [
        ...['sent-method', 'sent-path', 'sent-content-type'],
        ...['sent-time', 'sent-token-hidden', 'captured-token-age'],
      ],
    },
    { format: 'a HAR entry', text: JSON.stringify(entryOf(one)), skips: [] },
    {
      format: 'a journal record',
      text: JSON.stringify({
        requests: [
          {
            ...one.wire,
            atMs: one.atMs,
            request: {
              headers: Object.fromEntries(one.wire.headers),
              body: one.wire.body.toString(),
            },
          },
        ],
      }),
      skips: [],
    },
  ])(
    '$format is checked, and checks without data are skipped with the reason',
    async ({ text, skips }) => {
      const file = temporaryFile('capture', text);
      const report = await replayed(['--app', APP_FILE(), '--phone', PHONE_NUMBER, file]);
      expect(namesOf(report, 'fail', 'warn', 'error')).toEqual([]);
      const alone = [
        ...['sent-msgid-fresh', 'sent-token-once', 'sent-charged-once', 'sent-milliseconds'],
      ];
      expect(new Set(namesOf(report, 'skip'))).toEqual(new Set([...alone, ...skips]));
      for (const name of skips) expect(report.messages[name]).not.toBe('');
    },
  );

  test('standard input is read for "-"', async () => {
    const report = await replayed(['--app', APP_FILE(), '-'], {}, Buffer.from(curl));
    expect(report.results['sent-sign']).toBe('pass');
  });

  test('several files are judged together', async () => {
    const files = [sent(1), sent(2, { msgId: 'one' }), sent(3, { msgId: 'one' })].map((captured) =>
      temporaryFile('request.http', rawOf(captured)),
    );
    const report = await replayed(files);
    expect(namesOf(report, 'fail')).toEqual(['sent-msgid-fresh']);
    expect(report.messages['sent-msgid-fresh']).toContain(files[2]);
  });

  test('checks that need the token are skipped for a saved exchange, whose token is masked', async () => {
    const masked = rawOf(one).replace(/STsid\w+(\w{4})"/, 'STsid…$1"');
    const saved = [1, 2].map((at) =>
      temporaryFile(
        `request-${at}.http`,
        `# a, request ${at}, received at ${new Date(one.atMs).toISOString()}\n${masked}`,
      ),
    );
    const report = await replayed(['--app', APP_FILE(), ...saved]);
    expect(namesOf(report, 'fail')).toEqual(['sent-msgid-fresh']);
    expect(report.results['sent-time']).toBe('pass');
    for (const name of ['sent-sign', 'sent-token-once', 'sent-token-hidden', 'captured-token-age'])
      expect(report.messages[name], name).toContain('masked');
  });
});

describe('the credentials', () => {
  const file = () => harOf(...ALL_KINDS);

  test.each(['CMPASSPORT_PHONE', 'CMPASSPORT_PHONE_NUMBER'])(
    'can come from environment variables, the number from %s',
    async (phone) => {
      const env = {
        CMPASSPORT_APP_ID: APP.appId,
        CMPASSPORT_APP_SECRET: APP.appSecret,
        CMPASSPORT_APP_KEY: APP.appKey,
        CMPASSPORT_APP_SIGN_KEY: KEYS.appSignKey,
        [phone]: PHONE_NUMBER,
      };
      expect(namesOf(await replayed([file()], env), 'skip')).toEqual([
        'sent-milliseconds',
        'sent-charged-once',
      ]);
    },
  );

  test('that are missing are named, and the other checks run', async () => {
    const report = await replayed([file()]);
    expect(report.status).toBe(0);
    expect(report.messages['sent-sign']).toBe('needs appKey (--app / CMPASSPORT_APP_KEY)');
    expect(report.messages['sent-phone-num']).toContain('--phone / CMPASSPORT_PHONE');
    expect(report.results['sent-schema']).toBe('pass');
  });

  test('of several apps are selected by the appid of the request', async () => {
    const apps = { apps: [{ ...APP, appId: '300000000009', appSecret: 'x' }, APP] };
    const login = harOf(sent(1));
    expect(
      (await replayed(['--app', temporaryFile('apps.json', apps), login])).results['sent-sign'],
    ).toBe('pass');
    const others = { apps: apps.apps.map((app, at) => ({ ...app, appId: `30000000000${at}` })) };
    const report = await replayed(['--app', temporaryFile('apps.json', others), login]);
    expect(report.messages['sent-given']).toContain('300000000000 or 300000000001');
  });

  test('of an app that never switched use appKey for signing', async () => {
    const app = temporaryFile('app.json', { ...APP, signSecret: 'appKey' });
    const report = await replayed(['--app', app, harOf(sent(1, { secret: APP.appKey }))]);
    expect(report.results['sent-sign']).toBe('pass');
    const when: When = { path: '/x', headers: { 'x-secret': APP.appSecret } };
    const { stdout } = await replayed(['--app', app, harOf(sent(1, { secret: APP.appKey, when }))]);
    expect(stdout).toContain("-H 'x-secret: [hidden]'");
  });

  test('and the number are hidden in reports', async () => {
    const leak = `${APP.appSecret} ${PHONE_NUMBER}`;
    const when: When = { fields: [{ op: 'add', path: '/expandparams', value: leak }] };
    const { stdout } = await replayed([
      '--app',
      APP_FILE(),
      '--phone',
      PHONE_NUMBER,
      harOf(sent(1, { when })),
    ]);
    expect(stdout).toContain('sent-secrets-hidden');
    expect(stdout).toContain('"expandparams":"[hidden] 138****8000"');
    for (const secret of [APP.appSecret, PHONE_NUMBER]) expect(stdout).not.toContain(secret);
  });

  test.each([
    { description: 'an app that is not an object', app: [], parts: ['app.json', 'object'] },
    {
      description: 'an invalid key',
      app: { ...APP, appSignPrivateKey: 'x' },
      parts: ['appSignPrivateKey', 'PKCS#8'],
    },
    {
      description: 'a secret that is a number',
      app: { ...APP, appSecret: 1 },
      parts: ['/appSecret', 'string'],
    },
  ])('$description is a mistake of one line', async ({ app, parts }) => {
    const { status, stderr } = await replayed(['--app', temporaryFile('app.json', app), file()]);
    expect(status, stderr).toBe(2);
    for (const text of parts) expect(stderr).toContain(text);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

test('the report is in the requested language', async () => {
  const har = harOf(sent(1, { secret: 'x' }), sent(2));
  const { stdout } = await replayed(['--lang', 'zh', '--app', APP_FILE(), har]);
  expect(stdout).toMatch(/说明 +见于 \S+capture\.har 第 1 个请求\n/);
  expect(stdout).toContain('需要模拟服务的话单');
});

test.each(['docs/how-to/check-a-client.md', 'docs/how-to/check-a-client.zh-CN.md'])(
  'the command of %s has the result on the page',
  async (page) => {
    const text = readFileSync(page, 'utf8');
    const [, secret = '', key = ''] =
      /^export CMPASSPORT_APP_SECRET=(\w+) CMPASSPORT_APP_KEY=(\w+)$/m.exec(text) ?? [];
    const [, command = ''] = /contract replay - <<'EOF'\n([\s\S]*?)\nEOF\n/.exec(text) ?? [];
    const lang = page.includes('zh-CN') ? 'zh' : 'en';
    const env = { CMPASSPORT_APP_SECRET: secret, CMPASSPORT_APP_KEY: key };
    const report = await replayed(['--lang', lang, '-'], env, Buffer.from(command));
    expect(namesOf(report, 'fail', 'warn')).toEqual(['sent-sign']);
    const [, shown = ''] = /\nEOF\n```[\s\S]*?```\n(✗[\s\S]*?)\n```/.exec(text) ?? [];
    expect(shown.split('\n').length).toBeGreaterThan(4);
    for (const line of shown.split('\n')) expect(report.stdout).toContain(line);
  },
);

test('level, operation and id select the checks', async () => {
  const args = ['--level', 'SHOULD', '--operation', 'tokenValidate', harOf(...ALL_KINDS)];
  expect(Object.keys((await replayed(args)).results)).toEqual([
    'sent-content-type',
    'sent-msgid-uuid',
    'sent-milliseconds',
    'sent-documented-only',
    'captured-token-age',
  ]);
  const skip = 'sent-msgid-uuid,tokenValidate/consumer/captured-token-age';
  expect(Object.keys((await replayed(['--skip', skip, ...args])).results)).toEqual([
    'sent-content-type',
    'sent-milliseconds',
    'sent-documented-only',
  ]);
  const only = 'loginTokenValidate/consumer/captured-token-age';
  expect((await replayed(['--only', only, harOf(...ALL_KINDS)])).results).toEqual({
    'captured-token-age': 'pass',
  });
  const none = await replayed(['--only', only, harOf(sent(3, { operation: 'tokenValidate' }))]);
  expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('select no check') });
});
