/** Runs the code of docs/how-to/java.md, and the part of examples/java-spring that needs no Spring, in Java. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINDINGS } from '../../mock-server/explain/findings.js';
import { temporaryFolder } from '../support/files.js';
import { compiled, DONE, FAST_START, hasJunit, run, runJunit } from '../support/java.js';
import { startMock } from '../support/mock.js';
import { eventually } from '../support/poll.js';
import { hasJava } from '../support/programs.js';
import { startProxied } from '../support/tunnels.js';

const HAS_JAVA = hasJava();
const HAS_JUNIT = hasJunit();
/** The files that need no Spring. They need only Java 8. */
const EXAMPLE = resolve('examples/java-spring/src');
const SOURCES = [
  ...['CarrierMock', 'CarrierMockExtension', 'CarrierMockTest', 'CarrierLoginTest'].map(
    (name) => `test/java/com/example/signin/${name}`,
  ),
  'main/java/com/example/signin/SignedRequests',
].map((name) => join(EXAMPLE, `${name}.java`));
const PAGE = readFileSync('docs/how-to/java.md', 'utf8');
/**
 * Asserts that its request was accepted. Each argument selects a correct signature, a wrong one, no request, a request to
 * the carrier's own address, or the assertion of a request without remarks.
 */
const PROBE = `
package com.example.signin;

class Probe {
    public static void main(String[] kinds) throws Exception {
        CarrierMock mock = kinds[0].equals("proxy") ? CarrierMock.startWithProxy() : CarrierMock.start();
        System.out.println(mock.baseUrl);
        int failures = 0;
        for (String kind : kinds) {
            try {
                probe(mock, kind);
            } catch (AssertionError error) {
                System.err.println(error);
                failures += 1;
            }
        }
        if (failures > 0) System.exit(1);
    }

    private static void probe(CarrierMock mock, String kind) throws Exception {
        CarrierMock.App app = mock.createApp();
        SignedRequests requests = new SignedRequests(app.appId, app.appKey, kind.equals("wrong") ? app.appKey : app.appSecret);
        StringBuilder body = new StringBuilder();
        requests.login(app.mint("loginTokenValidate", "13800138000"))
            .forEach((name, value) -> body.append(",\\"" + name + "\\":\\"" + value + "\\""));
        String base = kind.equals("proxy") ? "https://www.cmpassport.com" : mock.baseUrl;
        if (!kind.equals("unsent")) {
            java.net.http.HttpClient.newHttpClient().send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(base + "/unisdk/rsapi/loginTokenValidate"))
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{" + body.substring(1) + "}"))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.discarding());
        }
        (kind.equals("other") ? mock.createApp() : app).assertAnswered("103000");
        app.assertCalls(1);
        if (kind.equals("remarks")) app.assertNoRemarks();
        if (kind.equals("killed")) Runtime.getRuntime().halt(9);
    }
}
`;

/** The first block in this language with this text. */
function blockWith(language: string, text: string): string {
  const blocks = Array.from(PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm));
  return blocks.find(([, name, code]) => name === language && code?.includes(text))?.[2] ?? '';
}

/** A project folder in which the package is installed. */
function projectWithPackage(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'cmpassport-mock'));
  return folder;
}

describe.skipIf(!HAS_JAVA)('the carrier’s own address in Java', () => {
  test('reaches the mock with the flags of the page, and the JDK’s CAs in the trust store', async () => {
    const { url, proxyUrl } = await startProxied();
    const cwd = temporaryFolder();
    const store = await fetch(`${url}/_mock/truststore.p12`);
    writeFileSync(join(cwd, 'cmpassport-mock.p12'), Buffer.from(await store.arrayBuffer()));
    const added = await run('bash', ['-euo', 'pipefail', '-c', blockWith('bash', 'keytool')], cwd);
    expect(added).toMatchObject({ status: 0 });
    const listed = await run(
      'keytool',
      ['-list', '-keystore', 'cmpassport-mock.p12', '-storepass', 'changeit'],
      cwd,
    );
    expect(Number(/contains (\d+) entries/.exec(listed.stdout)?.[1])).toBeGreaterThan(20);
    const program = resolve('examples/first-exchange/FirstExchange.java');
    const command = blockWith('bash', '-jar')
      .replace('10087', new URL(proxyUrl).port)
      .replace('-jar your-service.jar', program);
    const ended = await run('bash', ['-c', command], cwd, {
      CMPASSPORT_BASE: 'https://www.cmpassport.com',
    });
    expect(ended).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/"103000"[\s\S]*"000"/),
    });
  });
});

describe.skipIf(!HAS_JUNIT)('the example for Spring Boot, without Spring', () => {
  const classes = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  afterAll(() => rmSync(classes, { recursive: true, force: true }));
  beforeAll(async () => {
    expect(await compiled({ sources: SOURCES, classes })).toEqual(DONE);
    const probe = join(classes, 'Probe.java');
    writeFileSync(probe, PROBE);
    expect(
      await compiled({
        sources: [probe],
        classes,
        flags: ['-Xlint:all', '-Xlint:-path', '-Werror'],
      }),
    ).toEqual(DONE);
  });

  const probe = (
    kinds: readonly string[],
    cwd: string,
    flags: readonly string[] = [],
    env: object = {},
  ) =>
    run(
      'java',
      [...FAST_START, ...flags, '-cp', classes, 'com.example.signin.Probe', ...kinds],
      cwd,
      env,
    );

  test('its tests pass with the installed package', async () => {
    const { status, stdout } = await runJunit({ classes, cwd: projectWithPackage() });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/\b9 tests successful/),
    });
  });

  test.each(['en', 'zh'] as const)(
    'a failed assertion explains the refusal in %s',
    async (language) => {
      const title = FINDINGS.find(({ id }) => id === 'sign.secret-swapped')?.title[language];
      const flags = [
        `-Duser.language=${language}`,
        '-Dsun.stderr.encoding=UTF-8',
        '-Dstderr.encoding=UTF-8',
      ];
      const { status, stderr } = await probe(['wrong'], projectWithPackage(), flags);
      expect(status).toBe(1);
      const { colon, stringToSign } = {
        en: { colon: ': ', stringToSign: 'string to sign' },
        zh: { colon: '：', stringToSign: '签名原文' },
      }[language];
      expect(stderr).toContain(`AssertionError: expected 103000, found 103101\n- ${title}${colon}`);
      expect(stderr).toMatch(
        new RegExp(
          `\n${stringToSign}${colon}3000\\S+\nGET http://\\S+/explanation\\?lang=${language}\n`,
        ),
      );
    },
  );

  test('a failed assertion names a missing request, the app of another one, and a remark', async () => {
    const title = FINDINGS.find(({ id }) => id === 'header.content-type')?.title.en;
    const { status, stderr } = await probe(['unsent', 'other', 'remarks'], projectWithPackage());
    const [before, unsent, other, remarks] = stderr.split('java.lang.AssertionError: ');
    expect({ status, before }, stderr).toEqual({ status: 1, before: '' });
    expect(unsent).toMatch(
      /No request with that appId reached http:\S+ .*that of another mock.*startWithProxy/,
    );
    expect(other).toMatch(
      /No request with that appId .* The last requests have the appIds \[300\d{9}\]\. Check/,
    );
    expect(remarks).toContain(`found\n- ${title}: `);
  });

  test('a client of the carrier’s own address reaches the mock that startWithProxy started', async () => {
    const env = { CMPASSPORT_TLS_DIR: temporaryFolder() };
    expect(await probe(['proxy'], projectWithPackage(), [], env)).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('startWithProxy uses the mock of exec', async () => {
    const args = [
      'exec',
      '--proxy',
      '--tls-dir',
      temporaryFolder(),
      '--',
      'java',
      ...FAST_START,
      '-cp',
      classes,
    ];
    const main = [resolve('dist/main.js'), ...args, 'com.example.signin.Probe', 'proxy'];
    const { status, stderr } = await run(process.execPath, main, temporaryFolder());
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining('1 request reached'),
    });
  });

  test('startWithProxy without the proxy of the running mock says what is missing', async () => {
    const { url } = await startMock();
    const { status, stderr } = await probe(['proxy'], temporaryFolder(), [], {
      CMPASSPORT_BASE: url,
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/CMPASSPORT_PROXY is not/),
    });
  });

  test.each([
    { kind: 'right', ended: 0 },
    { kind: 'killed', ended: 9 },
  ])('the mock ends with the JVM: $kind', async ({ kind, ended }) => {
    // A killed JVM leaves its log there.
    const flags = [`-Djava.io.tmpdir=${classes}`];
    const { status, stdout } = await probe([kind], projectWithPackage(), flags, {
      LANG: 'zh_CN.UTF-8',
    });
    expect(status).toBe(ended);
    await eventually('the end of the mock', () =>
      fetch(stdout.trim()).then(
        () => undefined,
        () => true,
      ),
    );
  });

  test('without the package, the message has both ways to get a mock', async () => {
    const { stderr } = await probe(['right'], temporaryFolder());
    expect(stderr).toMatch(
      /cmpassport-mock is not installed in .*npm install --save-dev .*\.tgz.*CMPASSPORT_BASE/,
    );
  });

  test('without Node, the message names the missing command', async () => {
    const java = execFileSync('bash', ['-c', 'command -v java'], { encoding: 'utf8' }).trim();
    const { stderr } = await run(
      java,
      ['-cp', classes, 'com.example.signin.Probe', 'right'],
      projectWithPackage(),
      {
        PATH: '/nonexistent',
      },
    );
    expect(stderr).toMatch(
      /`node` cannot be started: .*Install Node 20\.19 or newer, or set CMPASSPORT_BASE/,
    );
  });

  test('a mock that ends at once is reported with its output', async () => {
    const { stderr } = await probe(['right'], projectWithPackage(), [], {
      CMPASSPORT_CONFIG: '/nonexistent.json',
    });
    expect(stderr).toMatch(/cmpassport-mock did not start\. Its output:\n.*nonexistent\.json/);
  });
});
