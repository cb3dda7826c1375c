/** The servers: how each is started and what it does for a request. */
import { fileURLToPath } from 'node:url';
import { mock } from '../lib/contestants.mjs';
import { PEERS_FOLDER, versionOf } from './lib/installed.mjs';
import { CONTENT_TYPE, DOCUMENT, OPERATIONS } from './operations.mjs';

const MOCKTTP = fileURLToPath(new URL('mockttp-server.mjs', import.meta.url));
const PRISM = `${PEERS_FOLDER}node_modules/@stoplight/prism-cli/dist/index.js`;
const MOCKOON = `${PEERS_FOLDER}node_modules/@mockoon/cli/bin/run.js`;
// A JVM goes on compiling: what a request costs fell by more than a third from the eleventh second of CPU time to the
// thirteenth.
const JVM_WARM_UP_SECONDS = 20;

const theMock = { ...mock(), does: 'checks fields, IP address, sign and token, uses it up, keeps journal and ledger' };

/**
 * `files` are written to a folder of the server's own, where it runs; `command` is the program and its arguments.
 * The first row is what the others are compared with, the second the same again: the control.
 */
export const SERVERS = [
  serverOfOurs('cmpassport-mock'),
  serverOfOurs('cmpassport-mock again'),
  {
    name: 'WireMock',
    package: 'wiremock',
    programs: ['java'],
    does: 'canned answer, no journal; no signature, no state',
    warmUpSeconds: JVM_WARM_UP_SECONDS,
    files: () => OPERATIONS.map(wireMockStub),
    command: ({ port }) => {
      const jar = `${PEERS_FOLDER}node_modules/wiremock/build/wiremock-standalone-${versionOf('wiremock')}.jar`;
      // Without a bound its journal keeps every request, and with one it counts what it keeps at each: many times the cost.
      const lean = ['--no-request-journal', '--disable-request-logging'];
      return ['java', '-jar', jar, '--bind-address', '127.0.0.1', '--port', port, '--root-dir', '.', ...lean];
    },
  },
  {
    name: 'Mockoon CLI',
    package: '@mockoon/cli',
    programs: [],
    does: 'canned answer, the last 100 requests; no signature, no state',
    files: () => [{ path: 'environment.json', json: mockoonEnvironment() }],
    command: ({ port }) => {
      const where = ['--data', 'environment.json', '--port', port, '--hostname', '127.0.0.1'];
      return [process.execPath, MOCKOON, 'start', ...where, '--disable-log-to-file'];
    },
  },
  {
    name: 'Prism',
    package: '@stoplight/prism-cli',
    programs: [],
    does: 'checks fields by the OpenAPI document, answers its example; no signature, no state',
    files: () => [],
    command: ({ port }) => [process.execPath, PRISM, 'mock', '--port', port, '--verboseLevel', 'error', DOCUMENT],
  },
  {
    name: 'mockttp',
    package: 'mockttp',
    programs: [],
    does: 'canned answer; no signature, no state',
    files: () => [],
    command: ({ port }) => [process.execPath, MOCKTTP, port],
  },
];

/** `prepare` and `charged` are its control API's; the peers have neither tokens nor a ledger. */
function serverOfOurs(name) {
  const { args, prepare, charged, does } = theMock;
  const command = ({ port }) => [process.execPath, ...args(port)];
  return { name, package: 'cmpassport-mock', programs: [], does, files: () => [], command, prepare, charged };
}

function wireMockStub({ operation, path, canned }) {
  const response = { status: 200, headers: { 'Content-Type': CONTENT_TYPE }, body: canned };
  return { path: `mappings/${operation}.json`, json: { request: { method: 'POST', urlPath: path }, response } };
}

/** As its `BuildEnvironment` and `BuildHTTPRoute` make them, without the fields that have a default. */
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
