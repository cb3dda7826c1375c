/** The Testcontainers examples use the image and its port, and their calls of the mock work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COMPOSE, ENVIRONMENT } from '../../support/container-files.js';
import { temporaryFolder } from '../../support/files.js';
import { startMock } from '../../support/mock.js';

const NODE = 'examples/testcontainers/node/carrier.test.mjs';
const JAVA = 'examples/testcontainers/java/CarrierContainerTest.java';

const DOCS = readFileSync('docs/how-to/containers.md', 'utf8');

/** Replaces the library: returns a running mock instead of a container. */
const STAND_IN = `
export class GenericContainer {
  withExposedPorts() { return this; }
  withWaitStrategy() { return this; }
  async start() {
    const { hostname, port } = new URL(process.env.MOCK_URL);
    return { getHost: () => hostname, getMappedPort: () => port, stop: async () => undefined };
  }
}
export const Wait = { forHttp: () => undefined };
`;

test.each([NODE, JAVA])('%s starts the image and waits for its port and its health', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(new RegExp(`["']${COMPOSE.services['mock']?.image}["']`));
  expect(text).toMatch(new RegExp(`PORT = ${ENVIRONMENT['CMPASSPORT_PORT']};`));
  expect(text).toMatch(/forHttp\(["']\/_mock\/health["']/);
});

test.each([
  { language: 'js', file: NODE },
  { language: 'java', file: JAVA },
])('the code of the documentation in $language is in the example', ({ language, file }) => {
  const [, shown = 'nothing'] =
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(DOCS) ?? [];
  expect(withoutIndent(readFileSync(file, 'utf8'))).toContain(withoutIndent(shown));
});

test('the example for Node passes', async () => {
  const { url } = await startMock();
  const folder = temporaryFolder();
  const library = join(folder, 'node_modules/testcontainers');
  mkdirSync(library, { recursive: true });
  writeFileSync(
    join(library, 'package.json'),
    '{"name":"testcontainers","type":"module","exports":"./index.js"}',
  );
  writeFileSync(join(library, 'index.js'), STAND_IN);
  cpSync(NODE, join(folder, 'carrier.test.mjs'));
  const env = { PATH: process.env['PATH'], MOCK_URL: url };
  const args = ['--test', '--test-reporter=tap', resolve(folder, 'carrier.test.mjs')];
  const run = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let report = '';
  run.stdout.setEncoding('utf8').on('data', (text: string) => {
    report += text;
  });
  await once(run, 'close');
  expect(report).toMatch(/^# pass 2$/m);
});

function withoutIndent(text: string): string {
  return text.replaceAll(/^ +/gm, '');
}
