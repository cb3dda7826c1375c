/** The generator makes the files that are there, and shares no code with what they test. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES } from '../../kit/vectors/vector-files.js';
import { isOpensslThere, run } from './openssl.js';

const SCRIPTS = new URL('../../../scripts/vectors/', import.meta.url);
const GENERATOR = new URL('generate.mjs', SCRIPTS).pathname;

describe.skipIf(!isOpensslThere())('the generator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'made-vectors-'));
  // It runs openssl some hundred times: seconds, and minutes on a machine that does much else.
  beforeAll(() => run(process.execPath, [GENERATOR, folder]), 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('makes each file and no other', () => {
    expect(readdirSync(folder).sort()).toEqual(FILES.map(({ file }) => file).sort());
  });

  test.each(FILES)('makes $file again, byte for byte', ({ file, text }) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });
});

test.each(readdirSync(SCRIPTS))(
  '%s imports nothing but its neighbours and what starts commands and reads files',
  (script) => {
    const code = readFileSync(new URL(script, SCRIPTS), 'utf8');
    const imported = Array.from(code.matchAll(/\bfrom '([^']+)'|\bimport\(/g), ([whole, name = whole]) => name);
    const allowed = /^(?:\.\/[a-z0-9-]+\.mjs|node:(?:child_process|fs|os|path|url))$/;
    expect(imported.length).toBeGreaterThanOrEqual(
      /notes|headers|sign-test|digest-info|rsa-numbers/.test(script) ? 0 : 1,
    );
    expect(imported.filter((name) => !allowed.test(name))).toEqual([]);
  },
);
