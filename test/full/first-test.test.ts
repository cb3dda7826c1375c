/** In a new project of each language, the test that `init` writes passes, and `exec` explains a wrong signature in it. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDINGS } from '../../mock-server/explain/findings.js';
import { temporaryFolder } from '../support/files.js';
import { classPath, FAST_START, hasJunit, run } from '../support/java.js';
import { hasLanguage } from '../support/programs.js';

const MAIN = resolve('dist/main.js');
const TITLE = FINDINGS.find(({ id }) => id === 'sign.secret-swapped')?.title.en;

/** Compiles and runs all tests of the project, as Maven does. */
const JAVA_TESTS = `
rm -rf classes
mkdir classes
javac -J-XX:TieredStopAtLevel=1 -encoding UTF-8 -d classes -cp '${classPath([])}' $(find src -name '*.java')
java ${FAST_START.join(' ')} -cp '${classPath(['classes'])}' org.junit.platform.console.ConsoleLauncher \\
  --scan-classpath=classes
`;

const PROJECTS = [
  {
    language: 'java',
    isInstalled: hasJunit(),
    existing: {},
    command: ['bash', '-ec', JAVA_TESTS],
    file: 'src/test/java/cmpassport/CarrierLoginTest.java',
    // The assertion of the mock has the explanation too: without it, that of the extension is in the failure.
    mistakes: {
      'token + app.appSecret': 'token + app.appKey',
      'app.assertAnswered("103000");': '',
    },
    title: 'CarrierLoginTest.aFreshTokenReturnsThePhoneNumber',
    failure: `refused with 103101\n- ${TITLE}`,
  },
  {
    language: 'go',
    isInstalled: hasLanguage('go', 'version'),
    existing: { 'go.mod': 'module example.com/shop\n\ngo 1.21\n' },
    command: ['go', 'test', './...'],
    file: 'internal/carriermock/carriermock_test.go',
    mistakes: { 'token + app.AppSecret': 'token + app.AppKey' },
    otherApp: { '"appid": app.AppID': '"appid": "300000000001"' },
    title: 'TestAFreshTokenReturnsThePhoneNumber',
    failure: `- ${TITLE}`,
  },
  {
    language: 'php',
    isInstalled: hasLanguage('phpunit'),
    existing: {},
    command: ['phpunit', 'tests'],
    file: 'tests/CarrierLoginTest.php',
    mistakes: { '$token . $app->appSecret': '$token . $app->appKey' },
    otherApp: { "'appid' => $app->appId": "'appid' => '300000000001'" },
    title: 'testAFreshTokenReturnsThePhoneNumber',
    failure: `- ${TITLE}`,
  },
  {
    language: 'pytest',
    isInstalled: hasLanguage('pytest'),
    existing: { 'tests/__init__.py': '', 'tests/conftest.py': '' },
    command: ['pytest', '-p', 'no:cacheprovider'],
    file: 'tests/cmpassport/test_carrier_login.py',
    mistakes: { 'token + app.app_secret': 'token + app.app_key' },
    otherApp: { '"appid": app.app_id': '"appid": "300000000001"' },
    title: 'test_a_fresh_token_returns_the_phone_number',
    failure: `- ${TITLE}`,
  },
  {
    language: 'node',
    isInstalled: true,
    existing: {},
    command: ['node', '--test'],
    file: 'test/carrier-login.test.mjs',
    mistakes: { '{ appId, appSecret }': '{ appId, appKey: appSecret }' },
    title: 'a fresh token returns the phone number',
    failure: 'sign.secret-swapped: The signature was made with appKey.',
  },
];

describe.each(PROJECTS)('in $language', (project) => {
  const { language, isInstalled, existing, command, file, title, failure } = project;
  const { mistakes, otherApp } = project;

  test.skipIf(!isInstalled)(
    'the first test passes; a wrong signature in it is explained, and another appId is named',
    async () => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'tests'));
      mkdirSync(join(folder, 'node_modules'));
      symlinkSync(resolve('.'), join(folder, 'node_modules', 'cmpassport-mock'));
      for (const [name, text] of Object.entries(existing)) writeFileSync(join(folder, name), text);
      const written = await run(process.execPath, [MAIN, 'init', language, '--lang', 'en'], folder);
      expect(written).toMatchObject({ status: 0, stderr: '' });

      const tested = () =>
        run(process.execPath, [MAIN, 'exec', '--lang', 'en', '--', ...command], folder, {
          GOTOOLCHAIN: 'local',
          GOFLAGS: '-mod=mod',
          PYTHONDONTWRITEBYTECODE: '1',
        });
      const green = await tested();
      expect(green.status, green.stdout + green.stderr).toBe(0);
      expect(green.stderr).toContain('1 request reached the carrier, 0 refused\n');

      const source = readFileSync(join(folder, file), 'utf8');
      const testedWith = async (changes: Readonly<Record<string, string>>) => {
        const changed = Object.entries(changes).reduce((text, [right, wrong]) => {
          expect(text).toContain(right);
          return text.replace(right, () => wrong);
        }, source);
        writeFileSync(join(folder, file), changed);
        const red = await tested();
        expect(red.status, red.stdout + red.stderr).not.toBe(0);
        return red;
      };
      const red = await testedWith(mistakes);
      expect(red.stdout).toContain(failure);
      expect(red.stderr).toMatch(
        new RegExp(
          `  app "${title}" \\(\\d+\\)\\n    1× loginTokenValidate 103101  .*\\n.*string to sign: `,
        ),
      );
      if (otherApp === undefined) return;
      expect((await testedWith(otherApp)).stdout).toMatch(
        /no request with the appId \d+ reached http:\S+ The last requests have the appIds 300000000001\. Check/,
      );
    },
  );
});
