/** Every command that the contract kit prints works when it is pasted into a shell. */
import { exec } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { temporaryFile } from '../../support/files.js';
import { send, startMock } from '../../support/mock.js';

interface Pasted {
  readonly status: number;
  readonly stdout: string;
}

function paste(command: string, env: NodeJS.ProcessEnv = process.env): Promise<Pasted> {
  return new Promise((resolve) => {
    exec(command, { shell: '/bin/bash', env, maxBuffer: 1 << 24 }, (error, stdout) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout });
    });
  });
}

/** The values of the lines with this name in the details of failures. */
function printed(name: string, stdout: string): readonly string[] {
  return Array.from(
    stdout.matchAll(new RegExp(`^ {4}${name} +(.*)$`, 'gm')),
    ([, text = '']) => text,
  );
}

const CHANGED = { configuration: { readings: { 'verify-hex-case': 'any' } } } as const;
// The document states the case of phoneNum and sign.
const FAILING = ['tokenValidate/004/lower-case', 'tokenValidate/302/lower-case'] as const;

test('the printed command repeats a case of the provider suite', async () => {
  const { url } = await startMock(CHANGED);
  const only = FAILING.join(',');
  const { status, stdout } = await runCommand([
    'contract',
    'provider',
    '--mock',
    url,
    '--level',
    'MUST',
    '--only',
    only,
  ]);
  const commands = printed('repeat', stdout);
  expect(status).toBe(1);
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    expect(command).toMatch(/^node dist\/main\.js contract provider --mock /);
    const repeated = await paste(command);
    expect({ command, status: repeated.status }).toEqual({ command, status: 1 });
    expect(repeated.stdout).toContain('1 failed');
  }
});

test('the printed command reads the control token from the variable', async () => {
  const { url } = await startMock({ ...CHANGED, controlToken: 'open-sesame' });
  const args = ['contract', 'provider', '--mock', url, '--control-token', 'open-sesame'];
  const { stdout } = await runCommand([...args, '--only', FAILING[0]]);
  const [command = ''] = printed('repeat', stdout);
  expect(stdout).not.toContain('open-sesame');
  expect(
    (await paste(command, { ...process.env, CMPASSPORT_CONTROL_TOKEN: 'open-sesame' })).status,
  ).toBe(1);
});

const BASE = readFileSync('test/full/consumer/base-client.mjs', 'utf8');
const MSG_ID = 'const msgId = randomUUID();';

test.each([
  { description: 'in UTC', from: 'Date.now() + BEIJING_MS', to: 'Date.now()', name: 'sent-time' },
  {
    description: 'with one msgid',
    from: MSG_ID,
    to: MSG_ID.replace(';', ".replace(/./g, '1');"),
    name: 'sent-msgid-fresh',
  },
  {
    description: 'with the other secret',
    from: 'env.APP_SECRET',
    to: 'env.APP_KEY',
    name: 'sent-sign',
  },
])(
  'the printed command repeats a scenario of a client $description',
  async ({ from, to, name }) => {
    const client = temporaryFile(
      'my client.mjs',
      BASE.replace(from, () => to),
    );
    const only = ['code-103000', 'code-103101', 'sent-']
      .map((one) => `loginTokenValidate/consumer/${one}`)
      .join(',');
    const args = [
      'contract',
      'consumer',
      '--handled-status',
      '3',
      '--only',
      only,
      '--',
      process.execPath,
      client,
    ];
    const { status, stdout } = await runCommand(args);
    expect(status).toBe(1);
    const command = printed('repeat', stdout).find((one) => one.includes(`/${name} `)) ?? '';
    expect(command).toMatch(
      /^node dist\/main\.js contract consumer --handled-status 3 --only \S+ -- \S+ '.*my client\.mjs'$/,
    );
    const repeated = await paste(command);
    expect(repeated.status).toBe(1);
    expect(repeated.stdout).toContain(`✗ loginTokenValidate/consumer/${name} `);
  },
);

test('--keep keeps the app of a failed case and prints its request, its journal id and its page', async () => {
  const { url } = await startMock(CHANGED);
  const only = [FAILING[0], 'loginTokenValidate/103211/json-numbers-reading-any-null'];
  const before = appsIn(await send(url, 'GET', '/_mock/apps'));
  const { stdout } = await runCommand([
    'contract',
    'provider',
    '--mock',
    url,
    '--keep',
    '--only',
    only.join(','),
  ]);
  const kept = printed('kept app', stdout);
  expect(kept.length).toBeGreaterThan(0);
  expect(appsIn(await send(url, 'GET', '/_mock/apps'))).toHaveLength(before.length + kept.length);
  const received = printed('response', stdout).map(codeIn);
  for (const [at, command] of printed('request', stdout).entries()) {
    expect(codeIn((await paste(command)).stdout)).toBe(received[at]);
  }
  for (const id of printed('journal', stdout)) {
    expect((await send(url, 'GET', `/_mock/requests/${id}`)).json).toMatchObject({ id });
  }
  expect(printed('console', stdout)[0]).toMatch(
    new RegExp(`^${url}/#/requests/\\S+\\?appId=\\d+$`),
  );
});

test('--keep keeps the app of a failed scenario in the given mock', async () => {
  const { url } = await startMock();
  const client = temporaryFile('client.mjs', BASE.replace('env.APP_SECRET', 'env.APP_KEY'));
  const only = ['--only', 'loginTokenValidate/consumer/code-103000'];
  const args = [
    'contract',
    'consumer',
    '--mock',
    url,
    '--keep',
    ...only,
    '--',
    process.execPath,
    client,
  ];
  const { status, stdout } = await runCommand(args);
  expect(status).toBe(1);
  const [command = ''] = printed('request', stdout);
  expect(codeIn((await paste(command)).stdout)).toBe('103101');
  const [app] = printed('kept app', stdout);
  expect(appsIn(await send(url, 'GET', '/_mock/apps'))).toContain(app);
});

test('--keep without --mock is refused', async () => {
  const { status, stderr } = await runCommand(['contract', 'consumer', '--keep', '--', 'true']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining('--keep needs --mock'),
  });
});

function codeIn(text: string): string | undefined {
  return /"resultCode":"(\d+)"/.exec(text)?.[1];
}

function appsIn({ json }: { readonly json: unknown }): readonly string[] {
  return (json as { readonly apps: readonly { readonly appId: string }[] }).apps.map(
    ({ appId }) => appId,
  );
}
