/** The allowed imports of each folder. CONTRIBUTING.md has the most important rules. */

const PACKAGES = 'node_modules/';

/** Modules of `from` may import only `to` (paths of this project), `packages` and `builtIns` (names). */
function only(name, { from, to = [], packages = [], builtIns = [] }) {
  const own = to.map((path) => `^${path}`);
  const fromNpm = packages.map((path) => `${PACKAGES}(?:@types/)?${path}/`);
  const fromNode = builtIns.map((path) => `^(?:node:)?${path}$`);
  return {
    name,
    severity: 'error',
    from: { path: from.map((path) => `^${path}`) },
    to: { pathNot: [...own, ...fromNpm, ...fromNode] },
  };
}

const ENGINE = 'mock-server/carrier/engine/';
const EXPLAIN = 'mock-server/explain/(?!records/)';
const RECORDS = 'mock-server/explain/records/';
const CURL = 'mock-server/text/curl-command\\.ts$';
const CARRIER = 'mock-server/carrier/carrier\\.ts$';
const REPLY = 'mock-server/carrier/(?:answer|reply)\\.ts$';
const PLAIN_PROBLEM = 'mock-server/http/plain-problem\\.ts$';
const CROSS_ORIGIN_PAGE = 'mock-server/http/cross-origin-page\\.ts$';
const EVIDENCE_NAMES = 'mock-server/text/evidence-names\\.ts$';
const TEXTS = 'mock-server/text/(?:columns|edit-distance|error-message|evidence-names|printable|shown-json)\\.ts$';
const PORT = ['mock-server/carrier/store/(?:state-store|maybe-promise)\\.ts$'];
const TALLIES = 'mock-server/telemetry/metrics/(?:tallies|duration-tally)\\.ts$';
const SHARED = [
  ...PORT,
  CARRIER,
  'mock-server/carrier/sources\\.ts$',
  ENGINE,
  'src/protocol/',
  'mock-server/carrier/outcomes/',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.test\\.ts$', '\\.config\\.ts$', '\\.cjs$', '\\.d\\.m?ts$'] },
      to: {},
    },
    only('protocol-imports-only-itself', { from: ['src/protocol/'], to: ['src/protocol/'], builtIns: ['crypto'] }),
    only('engine-is-pure', { from: [ENGINE], to: [ENGINE, 'src/protocol/'] }),
    only('explain-is-pure', { from: [EXPLAIN], to: [EXPLAIN, TEXTS, ENGINE, 'src/protocol/'] }),
    only('texts-import-nothing', { from: [TEXTS, CURL] }),
    only('outcomes-import-only-the-engine', {
      from: ['mock-server/carrier/outcomes/'],
      to: ['mock-server/carrier/outcomes/', ENGINE, 'src/protocol/'],
    }),
    only('shell-imports-no-transport', {
      from: ['mock-server/telemetry/request-log\\.ts$', ...PORT, 'mock-server/carrier/(?!sources)[^/]+$'],
      to: [
        ...SHARED,
        'mock-server/telemetry/request-log\\.ts$',
        'mock-server/carrier/(?!sources)[^/]+$',
        'mock-server/carrier/apps/',
        TALLIES,
      ],
    }),
    only('sources-import-only-crypto', { from: ['mock-server/carrier/sources\\.ts$'], builtIns: ['crypto'] }),
    only('apps-import-no-transport', {
      from: ['mock-server/carrier/apps/'],
      to: [...SHARED, 'mock-server/carrier/apps/'],
    }),
    only('store-imports-only-the-port', {
      from: ['mock-server/carrier/store/(?!state-store)[^/]+$'],
      to: [...PORT, CARRIER, 'mock-server/carrier/engine/state\\.ts$', 'mock-server/carrier/store/'],
    }),
    only('redis-store-imports-its-driver', {
      from: ['mock-server/carrier/store/redis/'],
      to: [...SHARED, 'mock-server/carrier/store/'],
      packages: ['ioredis'],
    }),
    only('tallies-import-only-the-protocol', {
      from: [TALLIES],
      to: [TALLIES, 'mock-server/carrier/store/measured\\.ts$', 'src/protocol/'],
    }),
    only('metrics-import-their-library', {
      from: ['mock-server/telemetry/metrics/'],
      to: [
        ...SHARED,
        'mock-server/telemetry/metrics/',
        'mock-server/carrier/store/measured\\.ts$',
        'mock-server/carrier/apps/',
        'package\\.json$',
      ],
      packages: ['prom-client'],
    }),
    {
      name: 'only-metrics-import-prom-client',
      severity: 'error',
      from: { pathNot: '^mock-server/telemetry/metrics/' },
      to: { path: `${PACKAGES}prom-client/` },
    },
    only('schemas-import-only-the-tables', {
      from: ['mock-server/schemas/'],
      to: ['mock-server/schemas/', TEXTS, ENGINE, 'mock-server/carrier/outcomes/', 'src/protocol/'],
      packages: ['ajv'],
    }),
    only('records-import-no-transport', {
      from: [RECORDS, 'mock-server/telemetry/explained/'],
      to: [
        ...SHARED,
        EXPLAIN,
        TEXTS,
        'mock-server/carrier/apps/',
        RECORDS,
        'mock-server/telemetry/request-log\\.ts$',
        'mock-server/telemetry/explained/',
      ],
    }),
    only('control-api-imports-no-carrier-transport', {
      from: ['mock-server/control-api/(?!console-files)(?!atlas/templates)(?!atlas/programs/)'],
      to: [
        ...SHARED,
        EXPLAIN,
        CURL,
        TEXTS,
        CROSS_ORIGIN_PAGE,
        PLAIN_PROBLEM,
        'mock-server/http/gathered-body\\.ts$',
        'mock-server/control-api/',
        'mock-server/telemetry/metrics/',
        'mock-server/carrier/apps/',
        RECORDS,
        'mock-server/schemas/',
        'package\\.json$',
      ],
      packages: ['express', 'ajv'],
      builtIns: ['crypto', 'http', 'stream/web', 'tls', 'util', 'zlib'],
    }),
    only('console-files-are-read-from-the-package', {
      from: ['mock-server/control-api/console-files\\.ts$'],
      to: ['src/protocol/'],
      builtIns: ['fs/promises', 'zlib'],
    }),
    only('templates-are-read-from-the-package', {
      from: ['mock-server/control-api/atlas/templates\\.ts$'],
      to: ['mock-server/control-api/atlas/languages\\.ts$'],
      builtIns: ['fs/promises'],
    }),
    only('templates-import-only-the-standard-library', {
      from: ['mock-server/control-api/atlas/programs/'],
      builtIns: ['crypto'],
    }),
    only('console-imports-nothing-from-the-server', {
      from: ['mock-server/console/'],
      to: ['mock-server/console/', CURL, EVIDENCE_NAMES],
      packages: ['preact', '@preact/signals', 'openapi-fetch', 'eventsource-client', 'diff'],
    }),
    {
      name: 'only-tests-import-the-console',
      comment: 'The console runs in a browser, and the build bundles it. Tests import the parts that need no browser.',
      severity: 'error',
      from: { pathNot: '^(?:mock-server/console|test)/' },
      to: { path: '^mock-server/console/' },
    },
    only('http-adapters-import-no-other-framework', {
      from: [
        'mock-server/http/(?:carrier-listener|carrier-proxy|deliver|gathered-body|held-answers|http-response-channel|response-channel|network-listener|reply-headers|reset)\\.ts$',
        CROSS_ORIGIN_PAGE,
        PLAIN_PROBLEM,
      ],
      to: [
        REPLY,
        ...PORT,
        'mock-server/schemas/schema-problem\\.ts$',
        'mock-server/http/(?:deliver|gathered-body|held-answers|http-response-channel|response-channel|network-listener|reply-headers|reset)\\.ts$',
        CROSS_ORIGIN_PAGE,
        PLAIN_PROBLEM,
        'mock-server/carrier/outcomes/outcome\\.ts$',
        ENGINE,
        'src/protocol/',
      ],
      builtIns: ['http', 'https', 'net', 'tls', 'events'],
    }),
    only('in-process-adapters-import-no-http', {
      from: ['mock-server/in-process/in-process-(?:fetch|response-channel)\\.ts$'],
      to: [
        REPLY,
        'mock-server/http/(?:deliver|held-answers|response-channel|reply-headers)\\.ts$',
        'mock-server/in-process/in-process-response-channel\\.ts$',
        'mock-server/control-api/(?:control-api|control-exchange)\\.ts$',
        'mock-server/carrier/engine/request\\.ts$',
        ...PORT,
        'src/protocol/',
      ],
      builtIns: ['http', 'stream/web', 'timers'],
    }),
    only('msw-adapter-imports-msw', {
      from: ['mock-server/in-process/msw\\.ts$'],
      to: ['mock-server/in-process/in-process-fetch\\.ts$'],
      packages: ['msw'],
    }),
    only('json-log-imports-pino', {
      from: ['mock-server/telemetry/json-log\\.ts$'],
      to: ['mock-server/telemetry/log\\.ts$', TEXTS],
      packages: ['pino'],
    }),
    {
      name: 'only-json-log-imports-pino',
      severity: 'error',
      from: { pathNot: '^mock-server/telemetry/json-log\\.ts$' },
      to: { path: `${PACKAGES}pino/` },
    },
    only('config-reads-files', {
      from: [
        'mock-server/cli/(?:config|usage-error|language|flags|options|option-kinds|option-rows|option-names|help|store-password)\\.ts$',
        'mock-server/telemetry/log\\.ts$',
      ],
      to: [
        ...SHARED,
        'mock-server/carrier/apps/',
        'mock-server/cli/(?:config|usage-error|language|flags|options|option-kinds|option-rows|option-names|help|store-password)\\.ts$',
        'mock-server/telemetry/log\\.ts$',
        'mock-server/schemas/',
        TEXTS,
        'mock-server/cli/explain/options\\.ts$',
        'mock-server/explain/finding\\.ts$',
        'fixtures/.*\\.json$',
      ],
      builtIns: ['fs', 'fs/promises', 'util', 'v8'],
    }),
    only('explain-command-imports-no-server', {
      from: ['mock-server/cli/explain/'],
      to: [
        ...SHARED,
        EXPLAIN,
        'mock-server/carrier/apps/app-input\\.ts$',
        'mock-server/cli/(?:config|language|option-rows|usage-error)\\.ts$',
        'mock-server/schemas/schema-problem\\.ts$',
        TEXTS,
        'mock-server/cli/explain/',
      ],
      builtIns: ['fs'],
    }),
    only('tls-imports-its-library', {
      from: ['mock-server/http/tls/'],
      to: ['mock-server/http/tls/', 'src/protocol/', TEXTS],
      packages: ['node-forge'],
      builtIns: ['crypto', 'fs', 'path', 'net'],
    }),
    {
      name: 'server-imports-no-contract-kit',
      comment: 'The contract kit and the server import nothing from each other. Only the command imports both.',
      severity: 'error',
      from: { path: '^(?:src|mock-server)/', pathNot: '^mock-server/main\\.ts$' },
      to: { path: '^(?:contracts|test|bench)/' },
    },
    {
      name: 'main-imports-only-the-kit-command',
      severity: 'error',
      from: { path: '^mock-server/main\\.ts$' },
      to: { path: '^(?:contracts|test|bench)/', pathNot: '^contracts/command/(?:contract-command|kit)\\.ts$' },
    },
    {
      name: 'client-imports-no-server',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:mock-server|contracts|fixtures|test)/' },
    },
    only('client-imports-only-the-protocol', {
      from: ['src/client/', 'src/index\\.ts$'],
      to: ['src/client/', 'src/protocol/'],
    }),
    only('control-client-imports-only-itself', { from: ['src/control/'], to: ['src/control/'] }),
    only('contracts-import-only-themselves', {
      from: ['contracts/'],
      to: ['contracts/'],
      packages: ['ajv'],
      builtIns: ['child_process', 'crypto', 'fs', 'http', 'https', 'net', 'path', 'stream', 'timers/promises', 'util'],
    }),
    only('fixtures-import-only-the-protocol', {
      from: ['fixtures/'],
      // The types of the settings come from the control API.
      to: ['fixtures/', 'src/protocol/', 'src/control/api.ts'],
      packages: ['@faker-js/faker'],
      builtIns: ['crypto'],
    }),
    {
      name: 'server-imports-no-faker',
      severity: 'error',
      from: { path: '^(?:src|mock-server|contracts)/' },
      to: { path: `${PACKAGES}@faker-js/` },
    },
    {
      name: 'server-imports-no-msw',
      severity: 'error',
      from: { path: '^(?:src|mock-server|contracts|fixtures)/', pathNot: '^mock-server/(?:in-process/)?msw\\.ts$' },
      to: { path: `${PACKAGES}msw/|^mock-server/(?:in-process/)?msw\\.ts$` },
    },
    {
      name: 'main-is-not-imported',
      comment: 'main.ts is the composition root.',
      severity: 'error',
      from: {},
      to: { path: '^mock-server/main\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: PACKAGES },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
