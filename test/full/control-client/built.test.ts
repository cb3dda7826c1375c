/** The client as it is published: under node --test, required, imported, and in a sandbox as Jest makes them. */
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

/** An error of each class, made by the copy of it that an export has, and what every copy says of it. */
const COPIES = `
import * as control from 'cmpassport-mock/control';
import * as server from 'cmpassport-mock/server';
import * as msw from 'cmpassport-mock/msw';
import { createRequire } from 'node:module';

const required = createRequire(import.meta.url)('cmpassport-mock/control');
const copies = [control, server, msw, required];
const here = await server.createMockServer();
const told = (call) => call.catch((error) => error);
const errors = await Promise.all([
  told(here.mock.app('nobody')),
  told(control.connectMock({ url: here.url }).app('nobody')),
  told(required.connectMock({ url: here.url }).app('nobody')),
  told(msw.createCarrierHandlers().mock.app('nobody')),
]);
const app = await here.mock.app('300000000001');
const claim = await told(app.assertCalledOnce());
await here.close();
class Mine extends control.ControlError {}
console.log(
  errors.every((error) => copies.every(({ ControlError }) => error instanceof ControlError)),
  copies.every(({ MockAssertionError }) => claim instanceof MockAssertionError),
  copies.some(({ ControlError }) => claim instanceof ControlError || new Error('x') instanceof ControlError),
  errors.some((error) => error instanceof Mine),
);
`;

test('an error is an instance of the class, whichever export has made it', async () => {
  expect(await node(project({ 'main.mjs': COPIES }), ['main.mjs'])).toBe('true true false false\n');
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
