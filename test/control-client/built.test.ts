/** The client as it is published: under node --test, required, imported, and in a sandbox as Jest makes them. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/files.js';
import { startMock } from '../support/mock.js';

const run = promisify(execFile);

const NODE_TEST = `
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectMock } from 'cmpassport-mock/control';

const mock = connectMock({ url: process.env.MOCK_URL });
let app;
before(async () => { app = await mock.createApp(); });
after(() => app.dispose());

test('a token dies', async () => {
  const { token } = await app.mint();
  await app.advance('2m');
  assert.equal((await app.token(token)).status, 'expired');
});

test('a call is missed', async () => {
  await assert.rejects(app.assertCalledOnce(), { name: 'AssertionError', code: 'ERR_ASSERTION' });
});
`;

const REQUIRED = `
const { connectMock, ControlError } = require('cmpassport-mock/control');
const mock = connectMock({ url: process.env.MOCK_URL });
mock.app('nobody').catch((error) => console.log(error instanceof ControlError, error.status));
`;

/** A folder in which the package is installed. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/cmpassport-mock'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function node(cwd: string, args: readonly string[]): Promise<string> {
  const { url } = await startMock();
  const { stdout, stderr } = await run(process.execPath, args, { cwd, env: { ...process.env, MOCK_URL: url } });
  return stdout + stderr;
}

test('it works under node --test', async () => {
  const output = await node(project({ 'mock.test.mjs': NODE_TEST }), [
    '--test',
    '--test-reporter=tap',
    'mock.test.mjs',
  ]);
  expect(output).toMatch(/^# pass 2$/m);
  expect(output).toMatch(/^# fail 0$/m);
});

test('it is required without a warning', async () => {
  expect(await node(project({ 'main.cjs': REQUIRED }), ['main.cjs'])).toBe('true 404\n');
});

test('it asks for no package and nothing of Node', () => {
  for (const file of ['dist/control.js', 'dist/control.cjs']) {
    expect(readFileSync(file, 'utf8')).not.toMatch(/require\(|\bprocess\.|^import /m);
  }
});

test('it works where there is no Symbol.asyncDispose: the compiled await using finds what it looks for', async () => {
  const { url } = await startMock();
  const { fetch, AbortSignal, AbortController, URLSearchParams, TextDecoder } = globalThis;
  const module = { exports: {} };
  const sandbox = {
    module,
    exports: module.exports,
    fetch,
    AbortSignal,
    AbortController,
    URLSearchParams,
    TextDecoder,
  };
  const use = `
    module.exports.connectMock({ url: ${JSON.stringify(url)} }).createApp()
      .then((app) => app[Symbol.for('Symbol.asyncDispose')]().then(() => 'disposed'))`;
  const context = createContext(sandbox);
  const asyncDispose = runInContext('delete Symbol.asyncDispose; Symbol.asyncDispose', context);
  expect(asyncDispose).toBeUndefined();
  runInContext(readFileSync('dist/control.cjs', 'utf8'), context);
  expect(await runInContext(use, context)).toBe('disposed');
});
