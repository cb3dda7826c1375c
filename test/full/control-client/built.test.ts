/** The built clients: the error classes of the published client and what it needs; the client of the control API. `try-package` uses the first with node --test, Jest and Vitest. */

import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
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
  const { stdout, stderr } = await run(process.execPath, args, {
    cwd,
    env: { ...process.env, MOCK_URL: url },
  });
  return stdout + stderr;
}

/** Each export bundles its own copy of the error classes. Checks the errors of each copy against the classes of all copies. */
const COPIES = `
import * as control from 'cmpassport-mock/control';
import * as server from 'cmpassport-mock/server';
import * as fetch from 'cmpassport-mock/fetch';
import * as msw from 'cmpassport-mock/msw';
import { createRequire } from 'node:module';

const required = createRequire(import.meta.url)('cmpassport-mock/control');
const copies = [control, server, fetch, msw, required];
const here = await server.createMockServer();
const errorOf = (call) => call.catch((error) => error);
const errors = await Promise.all([
  errorOf(here.mock.app('unknown')),
  errorOf(control.connectMock({ url: here.url }).app('unknown')),
  errorOf(required.connectMock({ url: here.url }).app('unknown')),
  errorOf(fetch.createCarrierFetch().mock.app('unknown')),
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

test('the client uses no package and nothing of Node, and first loads the check of its version', () => {
  const [first, ...code] = readFileSync('dist/control.cjs', 'utf8').split('\n');
  expect(first).toBe('"use strict";require("./node-version.cjs");');
  expect(code.join('\n')).not.toMatch(/require\(|\bprocess\.|^import /m);
});

async function bundleOf(entry: string) {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
    imports.map(({ path }) => path),
  );
  return { files: Object.keys(metafile.inputs), imported: new Set(imported) };
}

test('the client contains only src/client, src/protocol and src/text', async () => {
  const { files } = await bundleOf('src/index.ts');
  expect(files.some((file) => file.startsWith('src/client/'))).toBe(true);
  expect(
    files.filter((file) => !/^src\/(?:index\.ts|client\/|protocol\/|text\/)/.test(file)),
  ).toEqual([]);
});

test('the client imports only node:crypto', async () => {
  const { imported } = await bundleOf('src/index.ts');
  expect(imported).toEqual(new Set(['node:crypto']));
});

test('the client of the control API contains only src/control and the reader of responses', async () => {
  const { files, imported } = await bundleOf('src/control/index.ts');
  expect(files.filter((file) => !file.startsWith('src/control/'))).toEqual([
    'src/text/response-body.ts',
  ]);
  expect(imported).toEqual(new Set());
});

test('the server imports neither msw nor faker', async () => {
  const { files, imported } = await bundleOf('mock-server/main.ts');
  const found = [...files, ...imported].filter((path) =>
    /node_modules\/(?:msw|@faker-js)\/|^msw|^@faker/.test(path),
  );
  expect(found).toEqual([]);
});
