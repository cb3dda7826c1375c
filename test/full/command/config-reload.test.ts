import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Serving, serve } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import { login, mintToken, newApp, send } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { loginRequest } from '../../support/requests.js';

const ONE = { appId: 'one', appKey: 'key', appSecret: 'secret', dailyQuota: 100 };

/** The command with its own file, and functions that change the file. */
async function serveFile(content: unknown) {
  const file = join(temporaryFolder(), 'mock.json');
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  writeFileSync(file, text(content));
  const command = await serve(['--port', '0', '--config', file]);
  return {
    command,
    url: command.url,
    file,
    write: (value: unknown) => writeFileSync(file, text(value)),
    replace: (value: unknown) => {
      writeFileSync(`${file}.new`, text(value));
      renameSync(`${file}.new`, file);
    },
  };
}

async function appNow(url: string, appId: string) {
  const { status, json } = await send(url, 'GET', `/_mock/apps/${appId}`);
  return status === 200 ? json : undefined;
}

function quotaOf(url: string, expected: number) {
  return eventually(`a quota of ${expected}`, async () => {
    const app = await appNow(url, ONE.appId);
    return app?.dailyQuota === expected ? app : undefined;
  });
}

/** What health and the metrics report about the last change of the file. */
async function reloaded(url: string) {
  const { json } = await send(url, 'GET', '/_mock/health');
  const { text } = await send(url, 'GET', '/_mock/metrics');
  const metric = /^cmpassport_mock_configuration_last_reload_successful (\d)$/m.exec(text);
  return [json.configuration, metric?.[1]];
}

function stderrWith(command: Serving, text: string) {
  return eventually(text, () => (command.stderr().includes(text) ? command.stderr() : undefined));
}

test('a changed file replaces settings, and tokens and counters stay', async () => {
  const { url, write } = await serveFile({ apps: [ONE] });
  const [used, fresh] = [await mintToken(url, 'one'), await mintToken(url, 'one')];
  expect((await login(url, loginRequest(ONE, used))).json.resultCode).toBe('103000');
  await send(url, 'PUT', '/_mock/apps/one/clock', { frozen: true });
  write({ apps: [{ ...ONE, appSecret: 'new', dailyQuota: 50 }] });
  expect(await quotaOf(url, 50)).toMatchObject({ appSecret: 'new' });
  const again = { ...ONE, appSecret: 'new' };
  expect((await login(url, loginRequest(again, used))).json.resultCode).toBe('104201');
  expect((await login(url, loginRequest(again, fresh))).json.resultCode).toBe('103000');
  expect((await send(url, 'GET', '/_mock/apps/one/ledger')).json).toMatchObject({
    charged: 2,
    remaining: 48,
  });
  expect((await send(url, 'GET', '/_mock/apps/one/clock')).json.frozen).toBe(true);
});

test('a changed file replaces what the API changed in a configured app', async () => {
  const { url, write } = await serveFile({ apps: [ONE] });
  await send(url, 'PATCH', '/_mock/apps/one', { appSecret: 'patched', contracted: true });
  write({ apps: [{ ...ONE, dailyQuota: 51 }] });
  expect(await quotaOf(url, 51)).toMatchObject({ appSecret: 'secret', contracted: false });
});

test('lifetimes and readings of the file apply to new apps', async () => {
  const { url, write } = await serveFile({ apps: [ONE] });
  write({
    apps: [{ ...ONE, dailyQuota: 53 }],
    lifetimes: { tokenTtlMs: 9 },
    readings: { 'json-numbers': 'any' },
  });
  expect(await quotaOf(url, 53)).toMatchObject({
    tokenTtlMs: 9,
    readings: { 'json-numbers': 'any' },
  });
  expect(await newApp(url)).toMatchObject({ tokenTtlMs: 9, readings: { 'json-numbers': 'any' } });
});

test.each([
  {
    description: 'an invalid field',
    content: { apps: [{ ...ONE, dailyQuota: 'many' }] },
    message: '/apps/0/dailyQuota',
  },
  { description: 'invalid JSON', content: '{"apps": [', message: 'is not JSON' },
])(
  'a change to $description is refused, and the old configuration stays',
  async ({ content, message }) => {
    const { command, url, file, write } = await serveFile({ apps: [ONE] });
    write(content);
    const stderr = await stderrWith(command, message);
    expect(stderr).toContain(file);
    expect(stderr).not.toContain('\n    at ');
    expect(await appNow(url, 'one')).toMatchObject(ONE);
    expect(await reloaded(url)).toEqual(['outdated', '0']);
    write({ apps: [{ ...ONE, dailyQuota: 54 }] });
    await quotaOf(url, 54);
    expect(await reloaded(url)).toEqual(['current', '1']);
  },
);

test('an error names a removed file, and the old configuration stays until the file is restored', async () => {
  const { command, url, file, write } = await serveFile({ apps: [ONE] });
  rmSync(file);
  expect(await stderrWith(command, 'does not exist')).toContain(file);
  expect(await appNow(url, 'one')).toMatchObject(ONE);
  write({ apps: [{ ...ONE, dailyQuota: 55 }] });
  await quotaOf(url, 55);
});

test.skipIf(process.platform === 'win32')(
  'a file that becomes a pipe is reported, a later file is loaded, and the server still ends with SIGTERM',
  async () => {
    const { command, url, file, replace } = await serveFile({ apps: [ONE] });
    const becomePipe = () => {
      execFileSync('mkfifo', [`${file}.pipe`]);
      renameSync(`${file}.pipe`, file);
    };
    becomePipe();
    expect(await stderrWith(command, 'the previous configuration stays')).toContain(
      `configuration ${file}: only a regular file is read again`,
    );
    replace({ apps: [{ ...ONE, dailyQuota: 56 }] });
    await quotaOf(url, 56);
    becomePipe();
    await eventually('the second report', () =>
      command.stderr().split('regular file').length === 3 ? true : undefined,
    );
    command.signal('SIGTERM');
    expect(await command.finished()).toMatchObject({ status: 0 });
  },
);

test.skipIf(process.platform === 'win32')(
  'a pipe is read at the start, and not again',
  async () => {
    const file = join(temporaryFolder(), 'mock.pipe');
    execFileSync('mkfifo', [file]);
    const [command] = await Promise.all([
      serve(['--port', '0', '--config', file]),
      writeFile(file, JSON.stringify({ apps: [ONE] })),
    ]);
    expect(await appNow(command.url, 'one')).toMatchObject(ONE);
    command.signal('SIGTERM');
    expect(await command.finished()).toMatchObject({ status: 0, stderr: '' });
  },
);

test('a file behind a changed symbolic link is reloaded', async () => {
  const folder = temporaryFolder();
  const versions = ['v1', 'v2'].map((name, at) => {
    const file = join(folder, name, 'mock.json');
    mkdirSync(dirname(file));
    writeFileSync(file, JSON.stringify({ apps: [{ ...ONE, dailyQuota: at === 0 ? 60 : 6100 }] }));
    return dirname(file);
  });
  const link = join(folder, 'current');
  symlinkSync(versions[0] ?? '', link);
  const { url } = await serve(['--port', '0', '--config', join(link, 'mock.json')]);
  await quotaOf(url, 60);
  symlinkSync(versions[1] ?? '', `${link}.new`);
  renameSync(`${link}.new`, link);
  await quotaOf(url, 6100);
});
