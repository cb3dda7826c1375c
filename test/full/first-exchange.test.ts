/** The example programs take the operation, a token and a forced code from the environment, in each installed language. */
import { execFile, execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/files.js';
import { TEST_KEYS } from '../support/keys.js';
import { mintToken, send, startMock } from '../support/mock.js';
import { hasJava, hasLanguage, hasMono, isInstalled } from '../support/programs.js';

const APP_ID = '300000000001';
const EXAMPLES = 'examples/first-exchange';

const PROGRAMS = [
  {
    language: 'bash',
    run: 'bash first-exchange.sh',
    isReady: isInstalled('curl') && isInstalled('openssl', 'version'),
  },
  {
    language: 'Java',
    compile: 'javac -J-XX:TieredStopAtLevel=1 -d $FOLDER FirstExchange.java',
    run: 'java -XX:TieredStopAtLevel=1 -cp $FOLDER FirstExchange',
    isReady: hasJava(),
  },
  {
    language: 'Go',
    compile: 'go build -o $FOLDER/first-exchange main.go',
    run: '$FOLDER/first-exchange',
    isReady: hasLanguage('go', 'version'),
  },
  { language: 'PHP', run: 'php first_exchange.php', isReady: hasLanguage('php') },
  { language: 'Python', run: 'python3 first_exchange.py', isReady: hasLanguage('python3') },
  { language: 'Node', run: 'node first-exchange.mjs', isReady: true },
  {
    language: 'C#',
    compile: 'mcs -r:System.Net.Http -out:$FOLDER/FirstExchange.exe FirstExchange.cs',
    run: 'mono $FOLDER/FirstExchange.exe',
    isReady: hasMono(),
  },
];

/** The result codes in the output of a program. A refusal makes its exit status 1. */
function codesFrom(
  run: string,
  variables: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const options = { cwd: EXAMPLES, env: { ...process.env, ...variables } };
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', run], options, (_, stdout, stderr) => {
      const codes = Array.from(
        stdout.matchAll(/^(\d+)(?= |$)|"resultCode":"(\d+)"/gm),
        ([, a, b]) => a ?? b ?? '',
      );
      if (codes.length === 0)
        reject(new Error(`${run} printed no result code: ${stdout}${stderr}`));
      else resolve(codes);
    });
  });
}

test.each(PROGRAMS.filter(({ isReady }) => isReady))(
  '$language',
  async ({ compile = 'true', run }) => {
    const { url } = await startMock();
    const FOLDER = temporaryFolder();
    execFileSync('bash', ['-c', compile], { cwd: EXAMPLES, env: { ...process.env, FOLDER } });
    const given = await mintToken(url, APP_ID, { capability: 'tokenValidate' });
    const result = (variables: object = {}) =>
      codesFrom(run, { FOLDER, CMPASSPORT_BASE: url, ...variables });
    const [login, verify] = [
      { CMPASSPORT_OPERATION: 'loginTokenValidate' },
      { CMPASSPORT_OPERATION: 'tokenValidate' },
    ];
    const h5 = {
      CMPASSPORT_OPERATION: 'h5TokenValidate',
      CMPASSPORT_APP_SIGN_KEY: TEST_KEYS.demoAppSign.privateKey,
    };
    expect(await result(), 'by default').toEqual(['103000', '000']);
    expect(
      await result({ ...login, CMPASSPORT_RESULT_CODE: '105312' }),
      'a forced code at login',
    ).toEqual(['105312']);
    expect(
      await result({ ...verify, CMPASSPORT_RESULT_CODE: '001' }),
      'a forced code at verify',
    ).toEqual(['001']);
    expect(await result(h5), 'the login of a page').toEqual(['103000']);
    expect(
      await result({ ...h5, CMPASSPORT_RESULT_CODE: '104007' }),
      'a forced code there',
    ).toEqual(['104007']);
    await expect(result({ CMPASSPORT_OPERATION: 'none' }), 'an unknown operation').rejects.toThrow(
      'program has no none',
    );
    expect(await result({ ...verify, CMPASSPORT_TOKEN: given }), 'a given token').toEqual(['000']);
    const { json } = await send(url, 'GET', `/_mock/apps/${APP_ID}/tokens/${given}`);
    expect(json.status, 'the given token').toBe('used');
  },
);
