/** The published client: with node --test, required, imported, and in a sandbox like Jest's. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';

const run = promisify(execFile);

const NODE_TEST = `
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectMock } from 'cmpassport-mock/control';

const mock = connectMock({ url: process.env.MOCK_URL });
let app;
before(async () => { app = await mock.createApp(); });
after(() => app.dispose());

test('a token expires', async () => {
  const { token } = await app.mint();
  await app.advance('2m');
  assert.equal((await app.token(token)).status, 'expired');
});

test('a missing call is reported', async () => {
  await assert.rejects(app.assertCalledOnce(), { name: 'AssertionError', code: 'ERR_ASSERTION' });
});
`;

const REQUIRED = `
const { connectMock, ControlError } = require('cmpassport-mock/control');
const mock = connectMock({ url: process.env.MOCK_URL });
mock.app('unknown').catch((error) => console.log(error instanceof ControlError, error.status));
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

test('the client works with node --test', async () => {
  const output = await node(project({ 'mock.test.mjs': NODE_TEST }), [
    '--test',
    '--test-reporter=tap',
    'mock.test.mjs',
  ]);
  expect(output).toMatch(/^# pass 2$/m);
  expect(output).toMatch(/^# fail 0$/m);
});

test('the client can be required without a warning', async () => {
  expect(await node(project({ 'main.cjs': REQUIRED }), ['main.cjs'])).toBe('true 404\n');
});

/** Each export bundles its own copy of the error classes. Checks the errors of each copy against the classes of all copies. */
const COPIES = `
import * as control from 'cmpassport-mock/control';
import * as server from 'cmpassport-mock/server';
import * as msw from 'cmpassport-mock/msw';
import { createRequire } from 'node:module';

const required = createRequire(import.meta.url)('cmpassport-mock/control');
const copies = [control, server, msw, required];
const here = await server.createMockServer();
const errorOf = (call) => call.catch((error) => error);
const errors = await Promise.all([
  errorOf(here.mock.app('unknown')),
  errorOf(control.connectMock({ url: here.url }).app('unknown')),
  errorOf(required.connectMock({ url: here.url }).app('unknown')),
  errorOf(msw.createCarrierHandlers().mock.app('unknown')),
]);
const app = await here.mock.app('300000000001');
const assertionError = await errorOf(app.assertCalledOnce());
await here.close();
class Subclass extends control.ControlError {}
console.log(
  errors.every((error) => copies.every(({ ControlError }) => error instanceof ControlError)),
  copies.every(({ MockAssertionError }) => assertionError instanceof MockAssertionError),
  copies.some(({ ControlError }) => assertionError instanceof ControlError || new Error('x') instanceof ControlError),
  errors.some((error) => error instanceof Subclass),
);
`;

test('an error is an instance of its class from every export', async () => {
  expect(await node(project({ 'main.mjs': COPIES }), ['main.mjs'])).toBe('true true false false\n');
});

test('the client uses no package and nothing of Node', () => {
  for (const file of ['dist/control.js', 'dist/control.cjs']) {
    expect(readFileSync(file, 'utf8')).not.toMatch(/require\(|\bprocess\.|^import /m);
  }
});

test('without Symbol.asyncDispose the client works with a compiled `await using`', async () => {
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
