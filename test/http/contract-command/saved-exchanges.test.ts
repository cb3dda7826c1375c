/** `contract consumer --save`: which exchanges are saved, and the contents of the files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile, temporaryFolder } from '../../support/files.js';

const LOGIN = 'loginTokenValidate/consumer';
const BASE = readFileSync('test/full/consumer/base-client.mjs', 'utf8');

/** The small client with one change. */
function clientWith(from: string, to: string): string {
  if (!BASE.includes(from)) throw new Error(`base-client.mjs has no ${from}`);
  return temporaryFile(
    'client.mjs',
    BASE.replace(from, () => to),
  );
}

async function saved(client: string, names: readonly string[], flags: readonly string[] = []) {
  const folder = flags.includes('--save') ? '' : join(temporaryFolder(), 'saved');
  const only = names.map((name) => `${LOGIN}/${name}`).join();
  const save = folder === '' ? [] : ['--save', folder];
  const args = ['contract', 'consumer', '--handled-status', '3', '--only', only, ...save, ...flags];
  const called = await callCommand([...args, '--', process.execPath, client], { PATH: process.env['PATH'] ?? '' });
  return { ...called, folder };
}

function filesOf(folder: string, name: string): Readonly<Record<string, string>> {
  const own = join(folder, LOGIN, name);
  if (!existsSync(own)) return {};
  return Object.fromEntries(
    readdirSync(own)
      .toSorted()
      .map((file) => [file, readFileSync(join(own, file), 'utf8')]),
  );
}

test('a failure is saved and lists its files; a passed scenario is not saved', async () => {
  const client = clientWith(
    "env.APP_SECRET)\n    .digest('hex')",
    "(console.log('signed with', env.APP_KEY, 'for', env.PHONE_NUMBER), env.APP_KEY))\n    .digest('hex')",
  );
  const { status, stdout, folder } = await saved(client, ['code-103000', 'code-103101']);
  expect(status, stdout).toBe(1);
  const files = filesOf(folder, 'code-103000');
  expect(Object.keys(files)).toEqual(['answer-1.http', 'output.txt', 'request-1.http']);
  for (const name of Object.keys(files)) expect(stdout).toContain(join(folder, LOGIN, 'code-103000', name));
  expect(files['request-1.http']).toMatch(
    /^# \S+\/code-103000, request 1, received at \d{4}-\S+Z\nPOST \/unisdk\/rsapi\/loginTokenValidate HTTP\/1\.1\n[\s\S]*\n\n\{"version":"2\.0".*"token":"STsid….{4}"/,
  );
  expect(files['answer-1.http']).toMatch(/^# .*\nHTTP\/1\.1 200 OK\n[\s\S]*\n\n\{.*"resultCode":"103101"/);
  expect(files['output.txt']).toMatch(/^signed with \[hidden\] for 1\d\d\*{4}\d{4}\n$/);
  expect(filesOf(folder, 'code-103101')).toEqual({});
});

test('the files contain no token and no number', async () => {
  const client = clientWith("'content-type': 'application/json'", "'content-type': 'text/plain', 'x-debug': env.TOKEN");
  const { folder } = await saved(client, ['code-103000', 'sent-content-type'], ['--save-all']);
  const text = Object.values(filesOf(folder, 'code-103000')).join('\n');
  expect(text).toMatch(/x-debug: STsid….{4}\n/);
  expect(text).toMatch(/"msisdn":"1\d\d\*{4}\d{4}"/);
  expect(text).not.toMatch(/STsid[0-9A-Za-z]/);
  expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/);
});

test('both calls of a client that calls again are saved, with their responses', async () => {
  const client = clientWith(
    'if (status !== 200) return REFUSED;',
    'if (status !== 200) { await post(operation.path, JSON.stringify(request)); return REFUSED; }',
  );
  const { folder } = await saved(client, ['http-503']);
  const files = filesOf(folder, 'http-503');
  expect(Object.keys(files)).toEqual(['answer-1.http', 'answer-2.http', 'request-1.http', 'request-2.http']);
  expect(files['answer-2.http']).toContain('HTTP/1.1 503 Service Unavailable\n');
});

test('a check of sent requests lists the files of its request', async () => {
  const client = clientWith("'content-type': 'application/json'", "'content-type': 'text/plain'");
  const { status, stdout, folder } = await saved(client, ['code-103101', 'sent-content-type']);
  expect(status, stdout).toBe(0);
  expect(Object.keys(filesOf(folder, 'code-103101'))).toEqual(['answer-1.http', 'request-1.http']);
  expect(stdout).toContain('sent-content-type');
});

test('only the files of an earlier run for the same scenario are removed', async () => {
  const folder = temporaryFolder();
  const own = join(folder, LOGIN, 'code-103101');
  mkdirSync(own, { recursive: true });
  for (const name of ['request-7.http', 'output.txt', 'notes.md']) writeFileSync(join(own, name), 'old');
  await saved(temporaryFile('client.mjs', BASE), ['code-103101'], ['--save', folder]);
  expect(filesOf(folder, 'code-103101')).toEqual({ 'notes.md': 'old' });
});

test('--save-all saves passed scenarios too', async () => {
  const { status, folder } = await saved(
    temporaryFile('client.mjs', BASE),
    ['code-103101', 'not-json'],
    ['--save-all'],
  );
  expect(status).toBe(0);
  expect(Object.keys(filesOf(folder, 'code-103101'))).toEqual(['answer-1.http', 'request-1.http']);
  expect(filesOf(folder, 'not-json')['answer-1.http']).toMatch(/\n\nresultCode=103000$/);
});
