/** The programs in the vectors' README are run unchanged, with the stored vectors and with a wrong one. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VECTORS_FOLDER } from '../../kit/vectors/vector-files.js';

const READMES = ['README.md', 'README.zh-CN.md'] as const;

/** The only program in this language. */
function programIn(readme: string, language: string): string {
  const text = readFileSync(new URL(readme, VECTORS_FOLDER), 'utf8');
  const [, program = ''] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  return program;
}

const LANGUAGES = [
  {
    language: 'python',
    command: 'python3',
    file: 'vectors.py',
    changedFile: 'login-md5-pitfalls.json',
  },
  {
    language: 'java',
    command: 'java',
    file: 'Vectors.java',
    changedFile: 'login-rsa-pitfalls.json',
  },
] as const;

/** The programs are examples, so a missing command is not an error, even in CI. */
function isThere(command: string): boolean {
  const found = spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
  if (!found) console.warn(`skipped: the README's program for ${command}, which is not installed`);
  return found;
}

test.each(LANGUAGES)('both READMEs show the same program in $language', ({ language }) => {
  const [english, chinese] = READMES.map((readme) => programIn(readme, language));
  expect(english).not.toBe('');
  expect(chinese).toBe(english);
});

describe.each(LANGUAGES)('in $language', ({ language, command, file, changedFile }) => {
  const folder = mkdtempSync(join(tmpdir(), 'readme-vectors-'));
  beforeAll(() => {
    cpSync(VECTORS_FOLDER, folder, { recursive: true });
    writeFileSync(join(folder, file), programIn('README.md', language));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const there = isThere(command);
  const run = () => spawnSync(command, [file], { cwd: folder, encoding: 'utf8' });

  test.skipIf(!there)('the program confirms the result of each test', () => {
    expect(run()).toMatchObject({ status: 0, stdout: 'ok\n' });
  });

  test.skipIf(!there)('the program fails if a result is wrong', () => {
    const path = join(folder, changedFile);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"result": "valid"', '"result": "invalid"'),
    );
    expect(run().status).not.toBe(0);
  });
});
