/** A mistake at start prints one line on standard error, without a stack, and exits with status 2. */
import { chmodSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { english } from '../../support/bilingual.js';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { portInUse } from '../../support/sockets.js';

interface Mistake {
  readonly description: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The standard input. */
  readonly input?: Buffer;
  /** What the line contains. */
  readonly parts: readonly string[];
}

const ENGLISH = /\b(?:must|found|needs?|has|is|the|a|use|set|write|unknown|see|and|or)\b/;
/** Values, and the words of Node about JSON, certificates and keys. */
const NOT_OURS = /"[^"]*"|（[^）]*）|X-Forwarded-For/g;

/** In each language. The Chinese line names the same flags and files, and quotes the same values. */
async function expectOneLine({
  args,
  env = {},
  input,
  parts,
}: Omit<Mistake, 'description'>): Promise<void> {
  const en = await lineOf({ args, env, input });
  for (const text of parts) expect(en).toContain(text);
  const zh = await lineOf({ args, env: { LANG: 'zh_CN.UTF-8', ...env }, input });
  english({ en, zh });
  expect(zh.replace(NOT_OURS, '')).not.toMatch(ENGLISH);
  for (const [name] of parts.map((part) => /^(?:--?[\w-]+|\/.*)/.exec(part) ?? []))
    expect(zh).toContain(name ?? '');
}

interface Called {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: Buffer | undefined;
}

async function lineOf({ args, env, input }: Called): Promise<string> {
  const { status, stdout, stderr } = await callCommand(args, env, input);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: /), '']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  return stderr;
}

const MISTAKES: readonly Mistake[] = [
  {
    description: 'a typing mistake in a flag',
    args: ['--prot', '0'],
    parts: ['--prot', 'did you mean --port?'],
  },
  {
    description: 'an unknown flag',
    args: ['--colour'],
    parts: ['unknown flag --colour', '--help'],
  },
  {
    description: 'a flag with one dash',
    args: ['-port', '1'],
    parts: ['-port', 'did you mean --port?'],
  },
  {
    description: 'a flag without its value',
    args: ['--port'],
    parts: ['--port needs a value', 'write --port <n>'],
  },
  {
    description: 'a flag instead of a value',
    args: ['--config', '--port'],
    parts: ['--config needs a value, found "--port"', '--config <file>', '--config=--port'],
  },
  {
    description: 'a value for --help',
    args: ['--help=me'],
    parts: ['--help has no value, found "me"'],
  },
  {
    description: 'a switch with a value',
    args: ['--log-secrets=no'],
    parts: ['--log-secrets has no value, found "no"'],
  },
  {
    description: 'a password as a flag',
    args: ['--store-password=sesame'],
    parts: ['--store-password', 'CMPASSPORT_STORE_PASSWORD'],
  },
  {
    description: 'an invalid port',
    args: ['--port', 'http'],
    parts: ['--port', '0 to 65535', '"http"'],
  },
  {
    description: 'an invalid log level',
    args: ['--log', 'loud'],
    parts: ['--log', 'silent, error, info, debug', '"loud"'],
  },
  {
    description: 'an unknown command',
    args: ['stop'],
    parts: ['"stop"', 'serve, exec, wait, explain, init, contract, help'],
  },
  {
    description: 'a flag of explain without its command',
    args: ['--phone', '1'],
    parts: ['unknown flag --phone'],
  },
  {
    description: 'exec without a command',
    args: ['exec'],
    parts: ['exec', '"--"', 'found nothing'],
  },
  {
    description: 'a command of exec without --',
    args: ['exec', 'mvn'],
    parts: ['exec', '"--"', '"mvn"'],
  },
  {
    description: 'a typing mistake in a flag of exec',
    args: ['exec', '--proxi', '--', 'x'],
    parts: ['--proxi', '--proxy'],
  },
  {
    description: 'exec after a flag',
    args: ['--port', '1', 'exec'],
    parts: ['found "exec"', 'write it first'],
  },
  { description: 'wait without an address', args: ['wait'], parts: ['wait', 'found nothing'] },
  {
    description: 'wait with another text',
    args: ['wait', 'localhost:1'],
    parts: ['wait', '"localhost:1"'],
  },
  ...['0', '3601', '1.5', 'x'].map((timeout) => ({
    description: `a timeout of ${timeout}`,
    args: ['wait', '--timeout', timeout, 'http://a'],
    parts: ['--timeout', '1 to 3600', JSON.stringify(timeout)],
  })),
  { description: 'an explanation without an app', args: ['explain', 'x'], parts: ['--app <file>'] },
  {
    description: 'an invalid language',
    args: ['explain', '--app', 'x', '--lang', 'de'],
    parts: ['en, zh', '"de"'],
  },
  {
    description: 'an invalid language in the variable',
    args: ['explain', '--app', 'x'],
    env: { CMPASSPORT_LANG: 'de' },
    parts: ['--lang', '"de"'],
  },
  {
    description: 'an invalid phone number',
    args: ['explain', '--app', 'x', '--phone', '+86'],
    parts: ['--phone', '"+86"'],
  },
  {
    description: 'an invalid client address',
    args: ['explain', '--app', 'x', '--client-ip', '10.0.0.0/8'],
    parts: ['--client-ip', '"10.0.0.0/8"'],
  },
  {
    description: 'a result code that is none',
    args: ['explain', '--app', 'x', '--answered', 'OK'],
    parts: ['--answered', '"OK"', '103101'],
  },
  {
    description: '--tls-cert alone',
    args: ['--tls-cert', 'x'],
    parts: ['--tls-cert', '--tls-key'],
  },
  {
    description: 'a certificate without HTTPS',
    args: ['--tls-cert', 'x', '--tls-key', 'y'],
    parts: ['--tls-cert', '--https-port'],
  },
  {
    description: 'a certificate name without HTTPS',
    args: ['--tls-name', 'x'],
    parts: ['--tls-name', '--https-port', '--proxy-port'],
  },
  { description: 'an empty host', args: ['--host='], parts: ['--host', '""'] },
  {
    description: 'a control token with a space',
    args: ['--control-token', 'two words'],
    parts: ['--control-token'],
  },
  {
    description: 'a trusted proxy that is not an address',
    args: ['--port', '0', '--trust-proxy', 'nginx'],
    parts: ['--trust-proxy must be addresses, CIDR blocks, loopback', 'found "nginx"'],
  },
  {
    description: 'a list without an item',
    args: ['--tls-name', ','],
    parts: ['--tls-name', 'a list of names', '","'],
  },
  {
    description: 'a store address with an unescaped # in its password',
    args: ['--port', '0', '--store', 'redis://:pa#ss@host'],
    parts: ['--store has a character in its user or password that must be percent-encoded', '%23'],
  },
  {
    description: 'a store password without a store',
    args: ['--port', '0'],
    env: { CMPASSPORT_STORE_PASSWORD: 'sesame' },
    parts: ['CMPASSPORT_STORE_PASSWORD', '--store'],
  },
  {
    description: 'a control token and a file with one',
    args: ['--control-token', 'a', '--control-token-file', 'b'],
    parts: ['--control-token', '--control-token-file', 'omit one'],
  },
  {
    description: 'a missing file of the control token',
    args: ['--control-token-file', '/nonexistent'],
    parts: ['--control-token-file /nonexistent: the file does not exist'],
  },
  {
    description: 'a public address with a query',
    args: ['--public-url', 'https://a/?b'],
    parts: ['--public-url', '"https://a/?b"'],
  },
  {
    description: 'the address of another machine',
    args: ['--port', '0', '--host', '203.0.113.1'],
    parts: ['--host must be an address of this machine', '"203.0.113.1"'],
  },
];

test.each(MISTAKES)('$description is refused in one line', expectOneLine);

test.each([
  { args: ['--prto', '1', '--lang', 'zh'], line: '未知参数 --prto，是不是 --port？（见 --help）' },
  { args: ['--lang=zh', '--port'], line: '--port 缺少值：请写成 --port <n>（见 --help）' },
  { args: ['--lang=zh', '--port', 'http'], line: '--port 应为 0 至 65535 的端口，实际为 "http"' },
  {
    args: ['start', '--lang=zh'],
    line: '未知命令 "start"，是不是 serve？（见 --help）',
  },
])('$args is refused in the language of --lang', async ({ args, line }) => {
  expect(await callCommand(args)).toEqual({
    status: 2,
    stdout: '',
    stderr: `cmpassport-mock: ${line}\n`,
  });
});

test('a port in use is refused in one line', async () => {
  const port = String(await portInUse());
  await expectOneLine({ args: ['--port', port], parts: [port, 'is in use', '--port'] });
});

test.each(['two words', 'https://a.test', 'a_b!', '*', '.'])(
  'a --tls-name of "%s" is refused in one line',
  async (name) => {
    const args = [
      '--port',
      '0',
      '--https-port',
      '0',
      '--tls-dir',
      temporaryFolder(),
      '--tls-name',
      `a.test,${name}`,
    ];
    await expectOneLine({ args, parts: ['--tls-name', JSON.stringify(name)] });
  },
);

test('a --tls-dir that is a file is refused in one line', async () => {
  const file = temporaryFile('tls', 'not a folder');
  await expectOneLine({
    args: ['--port', '0', '--https-port', '0', '--tls-dir', file],
    parts: ['HTTPS', '--tls-dir must be a folder', file],
  });
});

test.skipIf(process.platform === 'win32')(
  'a --tls-dir that others may write to is refused in one line',
  async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o770);
    const args = ['--port', '0', '--https-port', '0', '--tls-dir', folder];
    await expectOneLine({
      args,
      parts: [folder, 'only its owner may write to it', 'mode 770', 'chmod go-w'],
    });
  },
);

test('a broken certificate of the local CA is refused in one line', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'server-1.pem'), 'broken');
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', folder];
  await expectOneLine({ args, parts: [join(folder, 'server-1.pem'), 'remove it'] });
});

test('a missing certificate is refused in one line', async () => {
  const cert = join(temporaryFolder(), 'cert.pem');
  const args = ['--port', '0', '--https-port', '0', '--tls-cert', cert, '--tls-key', cert];
  await expectOneLine({ args, parts: [`--tls-cert ${cert}: the file does not exist`] });
});

test('an invalid certificate is refused in one line', async () => {
  const cert = temporaryFile('cert.pem', 'broken');
  const args = ['--port', '0', '--https-port', '0', '--tls-cert', cert, '--tls-key', cert];
  await expectOneLine({
    args,
    parts: [`--tls-cert ${cert}`, 'certificate and its private key in PEM'],
  });
});

const LOGIN_BODY = { appid: '1', token: 'x' };

test.each([
  { description: 'invalid JSON', app: 'appId: 1', parts: ['is not JSON'] },
  {
    description: 'a misspelt field',
    app: { appsecret: 'x' },
    parts: ['/appsecret', 'did you mean "appSecret"?'],
  },
  { description: 'an invalid key', app: { appVerifyKey: 'MII=' }, parts: [' /appVerifyKey'] },
  {
    description: 'a mistake in the second of two',
    app: { apps: [{ appId: '1' }, { appKey: 1 }] },
    parts: ['/apps/1/appKey'],
  },
  { description: 'a list', app: [{ appId: '1' }], parts: ['--app'] },
  { description: 'a request instead of an app', app: LOGIN_BODY, parts: ['"appid"'] },
])('an app file with $description is refused in one line', async ({ app, parts }) => {
  const file = temporaryFile('app.json', app);
  await expectOneLine({
    args: ['explain', '--app', file, temporaryFile('request', LOGIN_BODY)],
    parts: [file, ...parts],
  });
});

test.each([
  { description: 'another text', request: 'hello', parts: ['"hello"', 'HAR'] },
  { description: 'a shell variable', request: 'curl https://x/ -d "$BODY"', parts: ['"$BODY"'] },
  {
    description: 'an address that is not the carrier’s',
    request: { url: 'http://localhost/login', body: '' },
    parts: ['"/login"', '/unisdk/rsapi/loginTokenValidate', '/openapi/rs/tokenValidate'],
  },
  {
    description: 'an address of another interface of the carrier',
    request: { url: 'http://localhost/api/sendsmscode', body: '' },
    parts: [
      '"/api/sendsmscode"',
      'the SMS service (moss.cmpassport.com), a different interface, not simulated here',
    ],
  },
])('a request file with $description is refused in one line', async ({ request, parts }) => {
  const file = temporaryFile('request', request);
  await expectOneLine({
    args: ['explain', '--app', temporaryFile('app.json', {}), file],
    parts: [file, ...parts],
  });
});

test('missing files and folders for explain are refused in one line', async () => {
  const none = join(temporaryFolder(), 'none');
  const folder = temporaryFolder();
  const app = temporaryFile('app.json', {});
  await expectOneLine({
    args: ['explain', '--app', none, app],
    parts: ['--app', none, 'does not exist'],
  });
  await expectOneLine({
    args: ['explain', '--app', app, none],
    parts: ['request', none, 'does not exist'],
  });
  await expectOneLine({ args: ['explain', '--app', app, folder], parts: [folder, 'folder'] });
});

test('a file and a standard input of more than 64 MiB are refused in one line', async () => {
  const bytes = 64 * 1024 * 1024 + 1;
  const [app, file] = [temporaryFile('app.json', {}), join(temporaryFolder(), 'large')];
  writeFileSync(file, '');
  truncateSync(file, bytes);
  const parts = ['has more than 64 MiB: keep only'];
  await expectOneLine({
    args: ['explain', '--app', app, file],
    parts: [`the request ${file}`, ...parts],
  });
  await expectOneLine({
    args: ['explain', '--app', file, app],
    parts: [`--app ${file}`, ...parts],
  });
  await expectOneLine({
    args: ['explain', '--app', app],
    parts: ['standard input', ...parts],
    input: Buffer.alloc(bytes),
  });
});

test('an invalid private half of 平台公钥 is refused in one line', async () => {
  const [app, key] = [temporaryFile('app.json', {}), temporaryFile('key', 'broken')];
  await expectOneLine({
    args: ['explain', '--app', app, '--platform-key', key, app],
    parts: ['--platform-key', key],
  });
});

test('an empty standard input is refused in one line', async () => {
  await expectOneLine({
    args: ['explain', '--app', temporaryFile('app.json', {})],
    parts: ['standard input', 'empty'],
  });
});
