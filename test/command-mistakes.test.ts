/** A mistake at start is one line on standard error, exit status 2, and no stack. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Environment, runCommand } from './support/command.js';
import { temporaryFile, temporaryFolder } from './support/files.js';
import { takenPort } from './support/sockets.js';

interface Mistake {
  readonly description: string;
  readonly args: readonly string[];
  readonly env?: Environment;
  readonly says: readonly string[];
}

async function expectOneLine({ args, env = {}, says }: Omit<Mistake, 'description'>): Promise<void> {
  const { status, stdout, stderr } = await runCommand(args, env);
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
  { description: 'an HTTPS port that is none', args: ['--https-port', '1.5'], says: ['--https-port', '"1.5"'] },
  {
    description: 'a level that is none',
    args: ['--log', 'loud'],
    says: ['--log', 'silent, error, info, debug', '"loud"'],
  },
  { description: 'an unknown command', args: ['start'], says: ['"start"', 'serve'] },
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
    says: ['--tls-name', '--https-port'],
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
    description: 'another machine’s address',
    args: ['--port', '0', '--host', '203.0.113.1'],
    says: ['--host 203.0.113.1'],
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
  await expectOneLine({ args: ['--port', port], says: [port, 'is taken', '--port'] });
});

test('a taken HTTPS port', async () => {
  const port = String(await takenPort());
  const args = ['--port', '0', '--https-port', port, '--tls-dir', temporaryFolder()];
  await expectOneLine({ args, says: [port, 'is taken', '--https-port'] });
});

test.each(['two words', 'https://a.test', 'a_b!', '*', '.'])('a --tls-name of "%s"', async (name) => {
  const args = ['--port', '0', '--https-port', '0', '--tls-dir', temporaryFolder(), '--tls-name', `a.test,${name}`];
  await expectOneLine({ args, says: ['--tls-name', JSON.stringify(name)] });
});

test('a --tls-dir that is a file', async () => {
  const file = temporaryFile('tls', 'not a folder');
  await expectOneLine({ args: ['--port', '0', '--https-port', '0', '--tls-dir', file], says: ['HTTPS', file] });
});

test('a broken CA key', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'ca-key.pem'), 'broken');
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
