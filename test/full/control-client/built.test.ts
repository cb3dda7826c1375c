/** The published client: its error classes and what it needs. `try-package` uses it with node --test, Jest and Vitest. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';

const run = promisify(execFile);

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
