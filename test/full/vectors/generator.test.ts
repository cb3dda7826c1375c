/** The generator reproduces the stored files, and shares no code with the code under test. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES } from '../../kit/vectors/vector-files.js';
import { isOpensslInstalled, run } from './openssl.js';

const SCRIPTS = new URL('../../../scripts/vectors/', import.meta.url);
const GENERATOR = new URL('generate.mjs', SCRIPTS).pathname;

describe.skipIf(!isOpensslInstalled())('the generator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'made-vectors-'));
  // It runs openssl hundreds of times: seconds, or minutes on a busy machine.
  beforeAll(() => run(process.execPath, [GENERATOR, folder]), 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('writes exactly the stored files', () => {
    expect(readdirSync(folder).sort()).toEqual(FILES.map(({ file }) => file).sort());
  });

  test.each(FILES)('reproduces $file byte for byte', ({ file, text }) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });
});

test.each(readdirSync(SCRIPTS))('%s imports only its own folder and modules for commands and files', (script) => {
  const code = readFileSync(new URL(script, SCRIPTS), 'utf8');
  const imported = Array.from(code.matchAll(/\bfrom '([^']+)'|\bimport\(/g), ([whole, name = whole]) => name);
  const allowed = /^(?:\.\/[a-z0-9-]+\.mjs|node:(?:child_process|fs|os|path|url))$/;
  expect(imported.length).toBeGreaterThanOrEqual(
    /notes|headers|sign-test|digest-info|rsa-numbers/.test(script) ? 0 : 1,
  );
  expect(imported.filter((name) => !allowed.test(name))).toEqual([]);
});
