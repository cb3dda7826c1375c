/** The programs in Java that users copy compile for Java 8, and work. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiled, DONE, FAST_START, hasJunit, run, runJunit } from '../support/java.js';
import { startMock } from '../support/mock.js';
import { blocksOf } from '../support/pages.js';

const EXAMPLES = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.java'))
  .map((path) => ({ name: basename(path, '.java'), path: resolve('examples', path) }));
/** Spring Boot 3 needs Java 17. */
const FOR_SPRING = [
  'CmpassportConfiguration',
  'SignIn',
  'SignInApplication',
  'SignInTest',
  'VerifyClient',
];
const [VECTORS] = blocksOf('fixtures/vectors/README.md').filter(
  ({ language }) => language === 'java',
);
/** Replaces what CarrierContainerTest uses of Testcontainers: the container is the mock at MOCK_URL. */
const TESTCONTAINERS = {
  'containers/GenericContainer': `
    public class GenericContainer<T extends GenericContainer<T>> {
        private final java.net.URI mock = java.net.URI.create(System.getenv("MOCK_URL"));
        public GenericContainer(org.testcontainers.utility.DockerImageName image) {}
        public T withExposedPorts(Integer... ports) { return self(); }
        public T waitingFor(org.testcontainers.containers.wait.strategy.Wait strategy) { return self(); }
        public void start() {}
        public void stop() {}
        public String getHost() { return mock.getHost(); }
        public Integer getMappedPort(int port) { return mock.getPort(); }
        @SuppressWarnings("unchecked") private T self() { return (T) this; }
    }`,
  'containers/wait/strategy/Wait': `
    public class Wait {
        public static Wait forHttp(String path) { return new Wait(); }
        public Wait forPort(int port) { return this; }
    }`,
  'utility/DockerImageName': `
    public class DockerImageName {
        public static DockerImageName parse(String name) { return null; }
    }`,
};

describe.skipIf(!hasJunit())('the examples for Java 8', () => {
  const classes = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
  /** Writes a source file into the folder. */
  function written(name: string, code: string): string {
    const file = join(classes, `${name}.java`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    return file;
  }
  afterAll(() => rmSync(classes, { recursive: true, force: true }));
  beforeAll(async () => {
    const sources = EXAMPLES.filter(({ name }) => !FOR_SPRING.includes(name)).map(
      ({ path }) => path,
    );
    const stubs = Object.entries(TESTCONTAINERS).map(([name, code]) => {
      const path = `org/testcontainers/${name}`;
      return written(path, `package ${dirname(path).replaceAll('/', '.')};\n${code}`);
    });
    const vectors = written('Vectors', VECTORS?.code ?? '');
    expect(await compiled({ sources: [...sources, ...stubs, vectors], classes })).toEqual(DONE);
  });

  test('the integration test passes', async () => {
    const { url } = await startMock();
    const args = [...FAST_START, '-cp', classes, 'IntegrationTest'];
    const { status, stdout } = await run('java', args, classes, { CMPASSPORT_BASE: url });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^9 of 9 tests passed$/m),
    });
  });

  test('the tests with JUnit 5 pass with a running mock and no installed package', async () => {
    const { url } = await startMock();
    const env = { CMPASSPORT_BASE: `${url}/`, MOCK_URL: url };
    const { status, stdout } = await runJunit({ classes, cwd: classes, env });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/\b11 tests successful/),
    });
  });
});
