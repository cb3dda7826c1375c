/** What `init` writes: files of the examples, for each language at the place where its projects have tests. */

export interface Template {
  /** The argument of `init`. */
  readonly name: string;
  /** The folder in this package. */
  readonly from: string;
  /** The folder in the user's project. */
  readonly into: string;
  readonly files: readonly string[];
  /** The program and its arguments, which run the test. */
  readonly test: string;
  /** The same for a project with this file. */
  readonly tests?: Readonly<Record<string, string>>;
  /** Windows runs it with `cmd` only. */
  readonly isBatchFile?: true;
}

/** The package of the Java files in this package. */
export const JAVA_PACKAGE = 'com.example.signin';

const JAVA_SOURCES = `examples/java-spring/src/test/java/${JAVA_PACKAGE.replaceAll('.', '/')}`;
const INTEGRATION_TEST = 'examples/integration-test';

export const TEMPLATES: readonly Template[] = [
  {
    name: 'java',
    from: JAVA_SOURCES,
    into: 'src/test/java',
    files: ['CarrierMock.java', 'CarrierMockExtension.java', 'CarrierLoginTest.java'],
    test: 'mvn test',
    tests: { 'build.gradle': 'gradle test', 'build.gradle.kts': 'gradle test' },
    isBatchFile: true,
  },
  {
    name: 'go',
    from: `${INTEGRATION_TEST}/go/carriermock`,
    into: 'internal/carriermock',
    files: ['carriermock.go', 'carriermock_test.go'],
    test: 'go test ./internal/carriermock',
  },
  {
    name: 'php',
    from: `${INTEGRATION_TEST}/php`,
    into: 'tests',
    files: ['MockApp.php', 'MocksCarrier.php', 'CarrierLoginTest.php'],
    test: 'vendor/bin/phpunit tests/CarrierLoginTest.php',
    isBatchFile: true,
  },
  // A folder of its own, because many projects have a conftest.py in tests/.
  {
    name: 'pytest',
    from: `${INTEGRATION_TEST}/python`,
    into: 'tests/cmpassport',
    files: ['mock_app.py', 'conftest.py', 'test_carrier_login.py'],
    test: 'pytest tests/cmpassport',
  },
  {
    name: 'node',
    from: `${INTEGRATION_TEST}/node`,
    into: 'test',
    files: ['mock-app.mjs', 'carrier-login.test.mjs'],
    test: 'node --test test/carrier-login.test.mjs',
  },
];
