/** `exec`: the command's exit status, its variables, the summary, and signals to both sides. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import demoApps from '../../../fixtures/apps.json' with { type: 'json' };
import {
  type Environment,
  type Finished,
  runCommand,
  startCommand,
} from '../../support/command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';
import { eventually } from '../../support/poll.js';
import { isInstalled } from '../../support/programs.js';
import { refusesConnections } from '../../support/sockets.js';

const [DEMO = { appId: '', appKey: '', appSecret: '' }] = demoApps;
const FIRST_EXCHANGE = resolve('examples/first-exchange/first-exchange.mjs');
/** Variables that this machine may set. */
const UNSET: Environment = Object.fromEntries(
  [
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'http_proxy',
    'ALL_PROXY',
    'all_proxy',
    'NO_PROXY',
    'no_proxy',
  ]
    .concat('NODE_USE_ENV_PROXY', 'JAVA_TOOL_OPTIONS')
    .concat('SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE')
    .map((name) => [name, '']),
);

function exec(
  flags: readonly string[],
  command: readonly string[],
  env: Environment = {},
): Promise<Finished> {
  return runCommand(['exec', ...flags, '--', ...command], { ...UNSET, ...env });
}

/** Runs a script in Node. */
function node(script: string): readonly string[] {
  return [process.execPath, '-e', script];
}

const CALL = `await fetch(process.env.CMPASSPORT_BASE + '/unisdk/rsapi/loginTokenValidate', { method: 'POST', body: '{}' });`;
/** Prints its pid and does not end. */
const ENDLESS = 'console.log(process.pid); setInterval(() => undefined, 1000);';

describe('the exit status', () => {
  test.each([
    {
      description: '0 without a request, if that is allowed',
      flags: ['--allow-no-request'],
      command: node(''),
      status: 0,
    },
    {
      description: '125 without a mock',
      flags: ['--config', '/nonexistent.json'],
      command: node(CALL),
      status: 125,
    },
    {
      description: '1 without a summary',
      flags: ['--json', '/nonexistent/x'],
      command: node(`(async()=>{${CALL}})()`),
      status: 1,
    },
  ])('is $description', async ({ flags, command, status }) => {
    expect((await exec(flags, command)).status).toBe(status);
  });

  /** Runs a command that cannot be run. Its folder of temporary files is empty at the end. */
  const notRun = async (command: readonly string[], flags: readonly string[] = []) => {
    const folder = temporaryFolder();
    const { status, stderr } = await exec(flags, command, { TMPDIR: folder });
    expect(readdirSync(folder)).toEqual([]);
    return { status, stderr };
  };

  test.each([
    {
      description: 'an unknown program',
      program: 'nonexistent-program',
      status: 127,
      found: 'not found',
    },
    {
      description: 'an empty text',
      program: '',
      status: 127,
      found: 'the command is an empty text',
    },
    {
      description: 'no permission',
      program: resolve('package.json'),
      status: 126,
      found: 'EACCES',
    },
  ])('for $description is $status, with one sentence', async ({ program, status, found }) => {
    expect(await notRun([program])).toEqual({
      status,
      stderr: expect.stringMatching(new RegExp(`^cmpassport-mock: .*${found}.*\\n$`)),
    });
  });

  test('for a key that no variable can have is 125, with one sentence', async () => {
    const app = { appId: '300000000009', appKey: 'a\0b', appSecret: 'b'.repeat(32) };
    const flags = ['--config', temporaryFile('mock.json', { apps: [app] })];
    expect(await notRun(node(''), flags)).toEqual({
      status: 125,
      stderr: expect.stringMatching(
        /^cmpassport-mock: exec failed: no variable can have a NUL .* CMPASSPORT_APP_KEY: .*\n$/,
      ),
    });
  });

  test('without a folder for its files is 125, with one sentence', async () => {
    const { status, stderr } = await exec([], node(''), { TMPDIR: '/nonexistent' });
    expect({ status, stderr }).toEqual({
      status: 125,
      stderr:
        'cmpassport-mock: exec failed: TMPDIR must be writable, found /nonexistent (ENOENT). Choose another path.\n',
    });
  });

  test('without a summary has a reason that names the path', async () => {
    const { stderr } = await exec(['--json', '/nonexistent/x', '--allow-no-request'], node(''));
    expect(stderr).toContain(
      "--json could not be written (ENOENT: no such file or directory, open '/nonexistent/x')",
    );
  });

  test('without a request has a reason that names the address', async () => {
    const { stdout, stderr } = await exec([], node('console.log(process.env.CMPASSPORT_BASE)'));
    expect(stderr).toBe(
      `cmpassport-mock: the command succeeded, but no request reached the carrier: set the base URL of your client to $CMPASSPORT_BASE (${stdout.trim()}), or use --hosts or --proxy if its address is hard-coded. If that is intended, add --allow-no-request\n`,
    );
  });

  test('without a request names an address that was set before', async () => {
    const { status, stderr } = await exec([], node(''), { CMPASSPORT_BASE: 'http://127.0.0.1:1' });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('CMPASSPORT_BASE was set already, to another address'),
    });
  });
});

describe('the variables', () => {
  const PRINT = node('console.log(JSON.stringify(process.env))');
  const variablesOf = async (flags: readonly string[], env: Environment = {}) => {
    const { stdout, stderr } = await exec([...flags, '--allow-no-request'], PRINT, env);
    return { given: JSON.parse(stdout) as Record<string, string>, stderr };
  };

  test('are the address, the credentials and the keys of the demo app', async () => {
    const { given } = await variablesOf([]);
    expect(given).toMatchObject({
      CMPASSPORT_BASE: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/),
      CMPASSPORT_APP_ID: DEMO.appId,
      CMPASSPORT_APP_KEY: DEMO.appKey,
      CMPASSPORT_APP_SECRET: DEMO.appSecret,
      HTTPS_PROXY: '',
    });
    expect(
      Object.keys(given)
        .filter((name) => /_FILE$|_STORE$/.test(name) && name.startsWith('CMP'))
        .sort(),
    ).toEqual([
      'CMPASSPORT_APP_DECRYPT_KEY_FILE',
      'CMPASSPORT_APP_SIGN_KEY_FILE',
      'CMPASSPORT_PLATFORM_PUBLIC_KEY_FILE',
    ]);
  });

  test('name files that exist during the command only', async () => {
    const script = `
      const { createPrivateKey, createPublicKey, X509Certificate } = require('node:crypto');
      const { readFileSync, statSync } = require('node:fs');
      const read = (name) => readFileSync(process.env['CMPASSPORT_' + name]);
      const signKey = Buffer.from(process.env.CMPASSPORT_APP_SIGN_KEY, 'base64');
      createPrivateKey({ key: signKey, format: 'der', type: 'pkcs8' }).equals(createPrivateKey(read('APP_SIGN_KEY_FILE'))) || process.exit(1);
      createPrivateKey(read('APP_DECRYPT_KEY_FILE'));
      createPublicKey(read('PLATFORM_PUBLIC_KEY_FILE'));
      new X509Certificate(read('CA_FILE'));
      console.log(statSync(process.env.CMPASSPORT_TRUST_STORE).size > 0, process.env.CMPASSPORT_CA_FILE);
    `;
    const flags = ['--proxy', '--allow-no-request', '--tls-dir', temporaryFolder()];
    const { stdout } = await exec(flags, node(script));
    const [isThere, file = ''] = stdout.trim().split(' ');
    expect({ isThere, isLeft: existsSync(file) }).toEqual({ isThere: 'true', isLeft: false });
  });

  test('of an app in a configuration file are its credentials, and no keys', async () => {
    const app = { appId: '300000000009', appKey: 'a'.repeat(32), appSecret: 'b'.repeat(32) };
    const { given } = await variablesOf(['--config', temporaryFile('mock.json', { apps: [app] })]);
    expect(given).toMatchObject({
      CMPASSPORT_APP_ID: app.appId,
      CMPASSPORT_APP_SECRET: app.appSecret,
    });
    expect(given).not.toHaveProperty('CMPASSPORT_APP_SIGN_KEY_FILE');
  });

  test('of the proxy are given although others are set, and those that are replaced are named', async () => {
    const set = { https_proxy: 'http://127.0.0.1:1', SSL_CERT_FILE: '/nonexistent.pem' };
    const { given, stderr } = await variablesOf(['--proxy', '--tls-dir', temporaryFolder()], set);
    expect(given).toMatchObject({
      HTTPS_PROXY: given['CMPASSPORT_PROXY'],
      https_proxy: given['CMPASSPORT_PROXY'],
      NO_PROXY: '127.0.0.1,localhost,::1',
      SSL_CERT_FILE: given['CMPASSPORT_CA_FILE'],
      CURL_CA_BUNDLE: given['CMPASSPORT_CA_FILE'],
      JAVA_TOOL_OPTIONS: expect.stringContaining(
        `-Djavax.net.ssl.trustStore=${given['CMPASSPORT_TRUST_STORE']} `,
      ),
    });
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'cmpassport-mock: SSL_CERT_FILE must name a file with certificates, found "/nonexistent.pem" (ENOENT): the command does not get its certificates. Correct the path',
      'cmpassport-mock: these variables are set already and are replaced, because they do not lead to the mock: https_proxy. Its proxy refuses other hosts: list those that the command needs in NO_PROXY',
    ]);
  });

  test.skipIf(!isInstalled('curl'))(
    'of the proxy lead a client with a hard-coded address to the mock',
    async () => {
      const curl = [
        'curl',
        '-sS',
        'https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate',
        '-d',
        '{}',
      ];
      const { status, stdout, stderr } = await exec(
        ['--proxy', '--tls-dir', temporaryFolder()],
        curl,
      );
      expect({ status, stderr }).toEqual({
        status: 0,
        stderr: expect.stringContaining(' 1 request reached the carrier'),
      });
      expect(JSON.parse(stdout)).toMatchObject({ resultCode: '103811' });
    },
  );
});

describe('the summary', () => {
  const SCENE = `(async () => {
    const { CMPASSPORT_BASE: base, CMPASSPORT_APP_ID: appId } = process.env;
    ${CALL}
    ${CALL}
    const script = { method: 'PUT', body: JSON.stringify({ script: '103211*2, pass' }) };
    await fetch(base + '/_mock/apps/' + appId + '/outcomes/loginTokenValidate', script);
    const { spawnSync } = require('node:child_process');
    spawnSync(process.execPath, [${JSON.stringify(FIRST_EXCHANGE)}], { stdio: 'ignore' });
  })()`;

  test('counts requests, refusals by cause, and unused scripts', async () => {
    const file = join(temporaryFolder(), 'summary.json');
    const { stderr } = await exec(['--json', file], node(SCENE));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      status: 0,
      requests: 4,
      refused: [
        {
          operation: 'loginTokenValidate',
          resultCode: '103811',
          count: 2,
          finding: expect.any(String),
        },
        { resultCode: '103211', cause: 'forced by a test', count: 1 },
      ],
      unusedScripts: [
        { appId: DEMO.appId, operation: 'loginTokenValidate', remaining: '103211, pass' },
      ],
      left: [],
      replaced: [],
    });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toBe('cmpassport-mock: 4 requests reached the carrier, 3 refused');
    expect(lines[1]).toBe('  1 refused because a test forced it');
    expect(lines[2]).toMatch(/^ {2}2× loginTokenValidate 103811 {2}\S.* \[\S+\]$/);
    expect(lines.at(-1)).toBe(`  unused script: ${DEMO.appId} loginTokenValidate: 103211, pass`);
  });

  test('of a red run has all refusals in the report and in the job summary', async () => {
    const folder = join(temporaryFolder(), 'new');
    const page = join(temporaryFolder(), 'summary.md');
    const red = node(`${SCENE}.then(() => process.exit(3))`);
    const { status, stderr } = await exec(['--report', folder], red, {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: page,
    });
    expect(status).toBe(3);
    const { refusals } = JSON.parse(readFileSync(join(folder, 'refusals.json'), 'utf8'));
    expect(refusals).toMatchObject([{ resultCode: '103811' }, { resultCode: '103811' }]);
    const text = readFileSync(join(folder, 'refusals.txt'), 'utf8');
    expect(stderr).toContain(text.split('\n')[0]);
    expect(readFileSync(join(folder, 'refusals.xml'), 'utf8')).toContain('tests="2"');
    expect(readFileSync(page, 'utf8')).toMatch(/^<pre>\n {2}\S/);
  });

  test('is in Chinese with --lang zh', async () => {
    const { stderr } = await exec(['--lang', 'zh'], node(SCENE));
    expect(stderr).toMatch(/^cmpassport-mock: 模拟服务收到 4 个请求，拒绝 3 个\n/);
  });
});

test('--keep-on-failure keeps the console until a signal, and the status of the command', async () => {
  const flags = ['exec', '--keep-on-failure', '--'];
  const script = 'console.log(process.env.CMPASSPORT_APP_SIGN_KEY_FILE); process.exit(3)';
  const command = startCommand([...flags, ...node(script)], UNSET);
  const url = await eventually('the address', () => /(http\S+)\n$/.exec(command.stderr())?.[1]);
  expect((await fetch(url)).status).toBe(200);
  // A SIGKILL from here on would leave them.
  expect(existsSync(command.stdout().trim())).toBe(false);
  command.signal('SIGINT');
  const { status, stderr } = await command.finished();
  expect(status).toBe(3);
  expect(stderr).toMatch(
    /^cmpassport-mock: the command failed, and no request reached the carrier: /,
  );
});

describe('a signal', () => {
  /** Prints the signals that it receives, and ends after SIGINT. */
  const LISTENER = `
    process.on('SIGINT', () => { console.log('SIGINT'); setTimeout(() => process.exit(5), 300); });
    ${ENDLESS}
  `;
  const started = async (script: string) => {
    const command = startCommand(['exec', '--allow-no-request', '--', ...node(script)], UNSET);
    const pid = await eventually('the pid', () => /^(\d+)\n/.exec(command.stdout())?.[1]);
    return { ...command, pid: Number(pid) };
  };

  test('is passed on once, although npm repeats it, and the command ends by itself', async () => {
    const command = await started(LISTENER);
    command.signal('SIGINT');
    command.signal('SIGINT');
    const { status, stdout } = await command.finished();
    expect({ status, stdout }).toEqual({ status: 5, stdout: `${command.pid}\nSIGINT\n` });
  });

  test('kills the command if it is the second', async () => {
    const command = await started(
      `process.on('SIGTERM', () => console.log('SIGTERM')); ${ENDLESS}`,
    );
    command.signal('SIGTERM');
    await eventually('the signal', () => (command.stdout().includes('SIGTERM') ? true : undefined));
    command.signal('SIGINT');
    expect(await command.finished()).toMatchObject({ status: 137 });
  });

  test('after the end of the command ends exec', async () => {
    // Another process sends half a request, for which the mock waits before it stops.
    const client = `
      const socket = require('node:net').connect(new URL(process.env.CMPASSPORT_BASE).port, '127.0.0.1');
      socket.on('close', () => process.exit());
      socket.write('POST /_mock/apps HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 9\\r\\n\\r\\n{', () => process.send('sent'));
    `;
    const script = `
      const stdio = ['ignore', 'ignore', 'ignore', 'ipc'];
      const client = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(client)}], { detached: true, stdio });
      client.once('message', () => process.exit());
      console.log(process.pid);
    `;
    const command = await started(script);
    await eventually('the summary', () =>
      command.stderr().includes('no request') ? true : undefined,
    );
    command.signal('SIGTERM');
    expect(await command.finished()).toMatchObject({ status: 143 });
  });

  test('that kills exec ends the command and removes the files', async () => {
    const command = await started(
      `${ENDLESS} console.log(process.env.CMPASSPORT_APP_SIGN_KEY_FILE);`,
    );
    const file = await eventually('the file', () => /\n(\/.+)\n/.exec(command.stdout())?.[1]);
    command.signal('SIGKILL');
    await eventually('the end of the command', () => (isRunning(command.pid) ? undefined : true));
    await eventually('the end of the file', () => (existsSync(file) ? undefined : true));
  });

  test('that kills the command ends its processes', async () => {
    const child = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);`;
    const command = await started(
      `${child} console.log(pid); console.log('killed ' + process.pid); setInterval(() => undefined, 1000);`,
    );
    const parent = await eventually('its pid', () => /killed (\d+)\n/.exec(command.stdout())?.[1]);
    process.kill(Number(parent), 'SIGKILL');
    expect(await command.finished()).toMatchObject({ status: 137 });
    await eventually('the end of its child', () => (isRunning(command.pid) ? undefined : true));
  });
});

/** A process that ended is a zombie until its parent reads its status. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('with --with-parent the server ends with its standard input', async () => {
  const server = spawn(
    process.execPath,
    [resolve('dist/main.js'), '--port', '0', '--with-parent'],
    {
      env: { ...process.env, ...UNSET },
    },
  );
  onTestFinished(() => void server.kill('SIGKILL'));
  let output = '';
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const url = await eventually(
    'the banner',
    () => /control API\s+(\S+)\/_mock\n/.exec(output)?.[1],
  );
  server.stdin.end();
  await refusesConnections(url);
});
