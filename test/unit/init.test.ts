/** `init` writes a first test, and what it needs, into a project. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toInitOptions } from '../../mock-server/cli/init/options.js';
import { JAVA_PACKAGE, TEMPLATES } from '../../mock-server/cli/init/templates.js';
import { writeFirstTest } from '../../mock-server/cli/init/write-first-test.js';
import manifest from '../../package.json' with { type: 'json' };
import { callCommand } from '../support/called-command.js';
import { temporaryFolder } from '../support/files.js';

const SCRIPT = 'node_modules/.bin/cmpassport-mock';

/** Runs `init` in a new folder, with these files in it. */
async function initialized(args: readonly string[], existing: readonly string[] = []) {
  const folder = temporaryFolder();
  for (const file of existing) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), 'mine');
  }
  const called = await callCommand(['init', ...args, '--dir', folder], { LANG: 'C' });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
  return { folder, files: files.toSorted(), ...called };
}

test.each([
  {
    args: ['java', '--package', 'com.shop.login'],
    files: ['CarrierLoginTest.java', 'CarrierMock.java', 'CarrierMockExtension.java'].map(
      (file) => `src/test/java/com/shop/login/${file}`,
    ),
    command: 'mvn test',
  },
  {
    args: ['go'],
    files: ['internal/carriermock/carriermock.go', 'internal/carriermock/carriermock_test.go'],
    command: 'go test ./internal/carriermock',
  },
  {
    args: ['php'],
    files: ['tests/CarrierLoginTest.php', 'tests/MockApp.php', 'tests/MocksCarrier.php'],
    command: 'vendor/bin/phpunit tests/CarrierLoginTest.php',
  },
  {
    args: ['pytest'],
    files: ['conftest.py', 'mock_app.py', 'test_carrier_login.py'].map(
      (file) => `tests/cmpassport/${file}`,
    ),
    command: 'pytest tests/cmpassport',
  },
  {
    args: ['node'],
    files: ['test/carrier-login.test.mjs', 'test/mock-app.mjs'],
    command: 'node --test test/carrier-login.test.mjs',
  },
])('$args writes its files, and prints them with the command', async ({ args, files, command }) => {
  const written = await initialized(args);
  const { folder, status, stdout } = written;
  expect({ status, files: written.files }).toEqual({ status: 0, files });
  for (const file of files) expect(stdout).toContain(`wrote ${join(folder, file)}\n`);
  expect(stdout).toMatch(new RegExp(`\nnext, in ${folder}: .* exec -- ${command}\n$`));
});

test.each(TEMPLATES)(
  'the files for $name are those of the examples, and in the package',
  ({ from, files }) => {
    for (const file of files) {
      const path = `${from}/${file}`;
      const isPublished = manifest.files.some(
        (pattern) => pattern === path || pattern === path.replace(/\w+(?=\.go$)/, '*'),
      );
      expect({ path, exists: existsSync(path), isPublished }).toEqual({
        path,
        exists: true,
        isPublished: true,
      });
    }
  },
);

test('only the name of the package differs in Java', async () => {
  const { folder, files } = await initialized(['java']);
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const example = readFileSync(
      `examples/java-spring/${file.replace('cmpassport', 'com/example/signin')}`,
      'utf8',
    );
    expect(text).toMatch(/^package cmpassport;$/m);
    expect(text.replaceAll('package cmpassport;', `package ${JAVA_PACKAGE};`)).toBe(example);
  }
});

test('a file that exists is not overwritten, and no other file is written', async () => {
  const file = 'test/mock-app.mjs';
  const { folder, files, status, stderr } = await initialized(['node'], [file]);
  expect({ status, files }).toEqual({ status: 2, files: [file] });
  expect(readFileSync(join(folder, file), 'utf8')).toBe('mine');
  expect(stderr).toContain(`${JSON.stringify(join(folder, file))} exists already`);
});

test('a file at the place of a folder is an error', async () => {
  const { status, stderr } = await initialized(['node'], ['test']);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/--dir must be writable, found \S+mock-app\.mjs \(E\w+\)/),
  });
});

test('a project with Gradle gets its command', async () => {
  const { stdout } = await initialized(['java'], ['build.gradle.kts']);
  expect(stdout).toMatch(/ exec -- gradle test\n$/);
});

test.each([
  { name: 'java', command: 'exec -- cmd /c mvn test' },
  { name: 'go', command: 'exec -- go test ./internal/carriermock' },
])('on Windows, the command is $command', ({ name, command }) => {
  const folder = temporaryFolder();
  const options = toInitOptions({ dir: folder, lang: 'zh' }, { names: [name], env: {} });
  const text = writeFirstTest(options, { script: SCRIPT, cwd: folder, platform: 'win32' });
  expect(text).toMatch(new RegExp(`\n下一步：npx --no -- cmpassport-mock ${command}\n$`));
});

test.each([
  { description: 'no language', args: ['init'], parts: ['java, go, php, pytest, node', 'nothing'] },
  { description: 'another language', args: ['init', 'ruby'], parts: ['found "ruby"'] },
  { description: 'two languages', args: ['init', 'go', 'php'], parts: ['found "php"'] },
  { description: 'no folder', args: ['init', 'go', '--dir', 'nowhere'], parts: ['"nowhere"'] },
  {
    description: 'a path',
    args: ['init', 'java', '--package', 'a/b'],
    parts: ['--package', '"a/b"'],
  },
])('$description is refused', async ({ args, parts }) => {
  const { status, stderr } = await callCommand(args, { LANG: 'C' });
  expect(status).toBe(2);
  for (const part of parts) expect(stderr).toContain(part);
});
