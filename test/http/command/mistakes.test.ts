/** A mistake at start is one line on standard error, exit status 2, and no stack. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { takenPort } from '../../support/sockets.js';

interface Mistake {
  readonly description: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

async function expectOneLine({ args, env = {}, says }: Omit<Mistake, 'description'>): Promise<void> {
  const { status, stdout, stderr } = await callCommand(args, env);
  for (const text of says) expect(stderr).toContain(text);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^cmpassport-mock: /), '']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
}

const MISTAKES: readonly Mistake[] = [
  { description: 'a typing mistake in a flag', args: ['--prot', '0'], says: ['--prot', 'did you mean --port?'] },
  {
    description: 'one in a flag with =',
    args: ['--https-prot=0'],
    says: ['--https-prot', 'did you mean --https-port?'],
  },
  { description: 'an unknown flag', args: ['--colour'], says: ['unknown flag --colour', '--help'] },
  { description: 'an unknown letter', args: ['-x'], says: ['-x', '--help'] },
  { description: 'a flag without its value', args: ['--port'], says: ['--port'] },
  { description: 'a flag in a value’s place', args: ['--config', '--port'], says: ['--config'] },
  { description: 'a value for --help', args: ['--help=me'], says: ['--help'] },
  { description: 'a port that is none', args: ['--port', 'http'], says: ['--port', '0 to 65535', '"http"'] },
  { description: 'a port too high', args: ['--port', '65536'], says: ['--port', '"65536"'] },
  { description: 'a negative port', args: ['--port=-1'], says: ['--port', '"-1"'] },
  { description: 'an empty port', args: ['--port='], says: ['--port', '""'] },
  { description: 'a proxy port that is none', args: ['--proxy-port', '80x'], says: ['--proxy-port', '"80x"'] },
  { description: 'an HTTPS port that is none', args: ['--https-port', '1.5'], says: ['--https-port', '"1.5"'] },
  {
    description: 'a level that is none',
    args: ['--log', 'loud'],
    says: ['--log', 'silent, error, info, debug', '"loud"'],
  },
  { description: 'an unknown command', args: ['start'], says: ['"start"', 'serve, explain, contract'] },
  { description: 'a flag of the other command', args: ['--phone', '1'], says: ['--phone', 'explain', '--port'] },
  { description: 'a switch of the other command', args: ['serve', '--json'], says: ['--json', 'explain', '--port'] },
  {
    description: 'a flag of serve',
    args: ['explain', '--app', 'x', '--port', '1'],
    says: ['--port', 'serve', '--app'],
  },
  { description: 'an explanation without an app', args: ['explain', 'x'], says: ['--app <file>'] },
  { description: 'an empty app', args: ['explain', '--app=', 'x'], says: ['--app', '""'] },
  { description: 'two requests', args: ['explain', '--app', 'x', 'y', 'z'], says: ['"z"'] },
  { description: 'a language that is none', args: ['explain', '--app', 'x', '--lang', 'de'], says: ['en, zh', '"de"'] },
  {
    description: 'a variable’s language that is none',
    args: ['explain', '--app', 'x'],
    env: { CMPASSPORT_LANG: 'de' },
    says: ['--lang', '"de"'],
  },
  {
    description: 'a number that is none',
    args: ['explain', '--app', 'x', '--phone', '+86'],
    says: ['--phone', '"+86"'],
  },
  {
    description: 'an address that is none',
    args: ['explain', '--app', 'x', '--client-ip', '10.0.0.0/8'],
    says: ['--client-ip', '"10.0.0.0/8"'],
  },
  { description: 'an argument too many', args: ['serve', 'now'], says: ['"now"'] },
  { description: '--tls-cert alone', args: ['--tls-cert', 'x'], says: ['--tls-cert', '--tls-key'] },
  { description: '--tls-key alone', args: ['--tls-key', 'x'], says: ['--tls-cert', '--tls-key'] },
  {
    description: 'a certificate without HTTPS',
    args: ['--tls-cert', 'x', '--tls-key', 'y'],
    says: ['--tls-cert', '--https-port'],
  },
  {
    description: 'a certificate’s name without HTTPS',
    args: ['--tls-name', 'x'],
    says: ['--tls-name', '--https-port', '--proxy-port'],
  },
  { description: 'an empty host', args: ['--host='], says: ['--host', '""'] },
  { description: 'a control token with a space', args: ['--control-token', 'two words'], says: ['--control-token'] },
  {
    description: 'a proxy that is no address',
    args: ['--port', '0', '--trust-proxy', 'nginx'],
    says: ['--trust-proxy', 'nginx'],
  },
  {
    description: 'a proxy block too wide',
    args: ['--port', '0', '--trust-proxy', '10.0.0.0/33'],
    says: ['--trust-proxy', '33'],
  },
  {
    description: 'a password that ends the address of the store',
    args: ['--port', '0', '--store', 'redis://:pa#ss@host'],
    says: ['--store has "#" in its user or password', '%23'],
  },
  {
    description: 'a password of no store',
    args: ['--port', '0'],
    env: { CMPASSPORT_STORE_PASSWORD: 'sesame' },
    says: ['CMPASSPORT_STORE_PASSWORD', '--store'],
  },
  {
    description: 'another machine’s address',
    args: ['--port', '0', '--host', '203.0.113.1'],
    says: ['--host must be an address of this machine', '"203.0.113.1"'],
  },
  { description: 'a variable’s port that is none', args: [], env: { CMPASSPORT_PORT: 'x' }, says: ['port', '"x"'] },
  { description: 'a variable’s level that is none', args: [], env: { CMPASSPORT_LOG: 'x' }, says: ['log', '"x"'] },
];

test.each(MISTAKES)('$description', expectOneLine);

test.each([
  { description: 'a wrong field', content: { apps: [{ appId: 'a', quota: 1 }] }, says: ['/apps/0/quota', '"quota"'] },
  { description: 'no JSON', content: 'apps: []', says: ['is not JSON'] },
  { description: 'no JSON over several lines', content: '{\n  "apps": [\n  }\n}\n', says: ['is not JSON'] },
  { description: 'a platform key that is none', content: { platformKey: 'MII=' }, says: ['/platformKey'] },
])('a configuration with $description', async ({ content, says }) => {
  const config = temporaryFile('mock.json', content);
  await expectOneLine({ args: ['--port', '0', '--config', config], says: [config, ...says] });
});

test('a configuration that is not there', async () => {
  const config = join(temporaryFolder(), 'none.json');
  await expectOneLine({ args: ['--config', config], says: [config] });
});

test('a taken port', async () => {
  const port = String(await takenPort());
  await expectOneLine({ args: ['--port', port], says: [port, 'is in use', '--port'] });
});

test('a taken HTTPS port', async () => {
  const port = String(await takenPort());
  const args = ['--port', '0', '--https-port', port, '--tls-dir', temporaryFolder()];
  await expectOneLine({ args, says: [port, 'is in use', '--https-port'] });
});

test('a taken proxy port', async () => {
  const port = String(await takenPort());
  const args = ['--port', '0', '--proxy-port', port, '--tls-dir', temporaryFolder()];
  await expectOneLine({ args, says: [port, 'is in use', '--proxy-port'] });
});

test.each(['two words', 'https://a.test', 'a_b!', '*', '.'])('a --tls-name of "%s"', async (name) => {
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', temporaryFolder(), '--tls-name', `a.test,${name}`];
  await expectOneLine({ args, says: ['--tls-name', JSON.stringify(name)] });
});

test('a --tls-dir that is a file', async () => {
  const file = temporaryFile('tls', 'not a folder');
  await expectOneLine({ args: ['--port', '0', '--https-port', '0', '--tls-dir', file], says: ['HTTPS', file] });
});

test.skipIf(process.platform === 'win32')('a --tls-dir that others may write to', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o770);
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', folder];
  await expectOneLine({ args, says: [folder, 'only its owner may write to it', 'mode 770', 'chmod go-w'] });
});

test('a broken CA key', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ca-key.pem'), 'broken', { mode: 0o600 });
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', folder];
  await expectOneLine({ args, says: [join(folder, 'ca-key.pem'), 'remove it'] });
});

test('a certificate that is not there', async () => {
  const cert = join(temporaryFolder(), 'cert.pem');
  const args = ['--port', '0', '--https-port', '0', '--tls-cert', cert, '--tls-key', cert];
  await expectOneLine({ args, says: [cert] });
});

test('a certificate that is none', async () => {
  const cert = temporaryFile('cert.pem', 'broken');
  const args = ['--port', '0', '--https-port', '0', '--tls-cert', cert, '--tls-key', cert];
  await expectOneLine({ args, says: ['HTTPS'] });
});

const LOGIN_BODY = { appid: '1', token: 'x' };

test.each([
  { description: 'no JSON', app: 'appId: 1', says: ['is not JSON'] },
  {
    description: 'a field that is misspelt',
    app: { appsecret: 'x' },
    says: ['/appsecret', 'did you mean "appSecret"?'],
  },
  { description: 'a key that is none', app: { appVerifyKey: 'MII=' }, says: [' /appVerifyKey'] },
  { description: 'one of several wrong', app: { apps: [{ appId: '1' }, { appKey: 1 }] }, says: ['/apps/1/appKey'] },
  { description: 'a list', app: [{ appId: '1' }], says: ['--app'] },
  { description: 'a request in its place', app: LOGIN_BODY, says: ['"appid"'] },
])('an app with $description', async ({ app, says }) => {
  const file = temporaryFile('app.json', app);
  await expectOneLine({
    args: ['explain', '--app', file, temporaryFile('request', LOGIN_BODY)],
    says: [file, ...says],
  });
});

test.each([
  { description: 'nothing in it', request: '', says: ['is empty', 'curl'] },
  { description: 'another text', request: 'hello', says: ['"hello"', 'HAR'] },
  { description: 'the app in its place', request: { appKey: 'x' }, says: ['is an app'] },
  { description: 'a variable', request: 'curl https://x/ -d "$BODY"', says: ['"$BODY"'] },
  {
    description: 'an address that is not the carrier’s',
    request: { url: 'http://localhost/login' },
    says: ['"/login"', '/unisdk/rsapi/loginTokenValidate', '/openapi/rs/tokenValidate'],
  },
])('a request with $description', async ({ request, says }) => {
  const file = temporaryFile('request', request);
  await expectOneLine({ args: ['explain', '--app', temporaryFile('app.json', {}), file], says: [file, ...says] });
});

test('files of explain that are not there, or are folders', async () => {
  const none = join(temporaryFolder(), 'none');
  const folder = temporaryFolder();
  const app = temporaryFile('app.json', {});
  await expectOneLine({ args: ['explain', '--app', none, app], says: ['--app', none, 'no such file'] });
  await expectOneLine({ args: ['explain', '--app', app, none], says: ['request', none, 'no such file'] });
  await expectOneLine({ args: ['explain', '--app', app, folder], says: [folder, 'folder'] });
});

test('a private half of 平台公钥 that is none', async () => {
  const [app, key] = [temporaryFile('app.json', {}), temporaryFile('key', 'broken')];
  await expectOneLine({ args: ['explain', '--app', app, '--platform-key', key, app], says: ['--platform-key', key] });
});

test('nothing on standard input', async () => {
  await expectOneLine({ args: ['explain', '--app', temporaryFile('app.json', {})], says: ['standard input', 'empty'] });
});
