/** The tools: how to start each, and what each does for a request. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mock } from '../lib/contestants.mjs';
import { CONTENT_TYPE, DOCUMENT, OPERATIONS } from './operations.mjs';

const MOCKTTP = fileURLToPath(new URL('mockttp-server.mjs', import.meta.url));
const MODULES = fileURLToPath(new URL('node_modules', import.meta.url));
const PRISM = `${MODULES}/@stoplight/prism-cli/dist/index.js`;
const MOCKOON = `${MODULES}/@mockoon/cli/bin/run.js`;
// A JVM compiles for a long time: the cost of a request fell by more than a third from the eleventh to the thirteenth
// second of CPU time.
const JVM_WARM_UP_SECONDS = 20;

/**
 * `files` are written to the server's own folder, in which it runs. `command` is the program and its arguments.
 * The others are compared with the first row. The second row is the control.
 */
export const SERVERS = [
  serverOfOurs('cmpassport-mock'),
  serverOfOurs('cmpassport-mock again'),
  {
    name: 'WireMock',
    does: 'canned response, no journal; no signature, no state',
    warmUpSeconds: JVM_WARM_UP_SECONDS,
    files: OPERATIONS.map(wireMockStub),
    command: (port) => {
      const { version } = createRequire(`${MODULES}/`)('wiremock/package.json');
      const jar = `${MODULES}/wiremock/build/wiremock-standalone-${version}.jar`;
      // Without a limit, its journal keeps every request. With a limit, it counts the kept requests each time, which is very slow.
      const lean = ['--no-request-journal', '--disable-request-logging'];
      return [
        'java',
        '-jar',
        jar,
        '--bind-address',
        '127.0.0.1',
        '--port',
        port,
        '--root-dir',
        '.',
        ...lean,
      ];
    },
  },
  {
    name: 'Mockoon CLI',
    does: 'canned response, the last 100 requests; no signature, no state',
    files: [{ path: 'environment.json', json: mockoonEnvironment() }],
    command: (port) => {
      const where = ['--data', 'environment.json', '--port', port, '--hostname', '127.0.0.1'];
      return [process.execPath, MOCKOON, 'start', ...where, '--disable-log-to-file'];
    },
  },
  {
    name: 'Prism',
    does: 'checks fields with the OpenAPI document, returns its example; no signature, no state',
    files: [],
    command: (port) => [
      process.execPath,
      PRISM,
      'mock',
      '--port',
      port,
      '--verboseLevel',
      'error',
      DOCUMENT,
    ],
  },
  {
    name: 'mockttp',
    does: 'canned response; no signature, no state',
    files: [],
    command: (port) => [process.execPath, MOCKTTP, port],
  },
];

/** `prepare` and `charged` use the control API. The peers have neither tokens nor a ledger. */
function serverOfOurs(name) {
  const does =
    'checks fields, IP address, signature and token, consumes it, keeps journal and ledger';
  return { ...mock(), name, does, files: [] };
}

function wireMockStub({ operation, path, canned }) {
  const response = { status: 200, headers: { 'Content-Type': CONTENT_TYPE }, body: canned };
  return {
    path: `mappings/${operation}.json`,
    json: { request: { method: 'POST', urlPath: path }, response },
  };
}

/** The output of Mockoon's `BuildEnvironment` and `BuildHTTPRoute`, without the fields that have a default. */
function mockoonEnvironment() {
  const routes = OPERATIONS.map(({ operation, path, canned }) => ({
    uuid: operation,
    type: 'http',
    method: 'post',
    endpoint: path.slice(1),
    responses: [
      {
        uuid: `${operation}-success`,
        statusCode: 200,
        headers: [{ key: 'Content-Type', value: CONTENT_TYPE }],
        bodyType: 'INLINE',
        body: canned,
        disableTemplating: true,
        default: true,
      },
    ],
  }));
  const rootChildren = routes.map(({ uuid }) => ({ type: 'route', uuid }));
  return { uuid: 'peers', lastMigration: 33, name: 'peers', routes, rootChildren };
}
