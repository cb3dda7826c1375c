/** The allowed imports of each folder. CONTRIBUTING.md describes the folders. A name stands for the modules that its pattern matches. */
const MODULES = {
  protocol: 'src/protocol/',
  client: 'src/(?:client/|index\\.ts$)',
  'control-client': 'src/control/(?!calls/)',
  calls: 'src/control/calls/',
  carrier: 'mock-server/carrier/',
  engine: 'mock-server/carrier/engine/',
  outcomes: 'mock-server/carrier/outcomes/',
  redis: 'mock-server/carrier/store/redis/',
  explain: 'mock-server/explain/(?!records/)',
  records: 'mock-server/explain/records/',
  schemas: 'mock-server/schemas/',
  telemetry: 'mock-server/telemetry/',
  texts: 'src/text/',
  'response-body': 'src/text/response-body\\.ts$',
  'server-texts': 'mock-server/text/',
  http: 'mock-server/http/(?!tls/)',
  tls: 'mock-server/http/tls/',
  'in-process': 'mock-server/in-process/',
  msw: 'mock-server/(?:in-process/)?msw\\.ts$',
  control: 'mock-server/control-api/',
  console: 'mock-server/console/',
  options: 'mock-server/options/',
  server: 'mock-server/server/',
  cli: 'mock-server/cli/',
  lookup: 'mock-server/lookup/',
  main: 'mock-server/main\\.ts$',
  contracts: 'contracts/',
  'carrier-document': 'mock-server/control-api/openapi/carrier-document\\.ts$',
  'published-documents': 'contracts/(?:openapi|schemas)/.*\\.json$',
  'kit-command': 'contracts/command/(?:contract-command|kit)\\.ts$',
  fixtures: 'fixtures/',
  manifest: 'package\\.json$',
};
const PACKAGES = 'node_modules/';
const wordsOf = (text) => text.split(' ').filter((word) => word !== '');
const pathsOf = (names) => wordsOf(names).map((name) => `^${MODULES[name]}`);
const packagesOf = (names) => wordsOf(names).map((name) => `${PACKAGES}(?:@types/)?${name}/`);
const forbidden = (name, from, to) => ({ name, severity: 'error', from, to });

/** Modules of `from` may import only modules of `to`, these packages, and these modules of Node. */
function only(from, to, packages = '', node = '') {
  const builtIns = wordsOf(node).map((name) => `^(?:node:)?${name}$`);
  const allowed = [...pathsOf(to), ...packagesOf(packages), ...builtIns];
  return forbidden(`${from}: only ${to}`, { path: pathsOf(from) }, { pathNot: allowed });
}

/** Only these modules, and tests, may import the package. */
function home(name, modules) {
  const pathNot = ['^(?:test|bench)/', ...pathsOf(modules)];
  return forbidden(`${name}: only in ${modules}`, { pathNot }, { path: packagesOf(name) });
}

const KIT = '^(?:contracts|test|bench)/';
const KIT_NODE = 'child_process crypto fs http https net os path stream timers/promises tls util';
const SERVER_NODE = 'async_hooks crypto fs http https net os path timers/promises tls';
const CONTROL_NODE = 'crypto fs/promises http stream stream/web timers/promises tls util zlib';
const CONTROL =
  'calls carrier explain records server-texts http control telemetry schemas manifest protocol texts';

module.exports = {
  forbidden: [
    forbidden('no-circular', {}, { circular: true }),
    forbidden('no-unresolvable', {}, { couldNotResolve: true, pathNot: '^[./]*dist/' }),
    forbidden(
      'no-orphans',
      { orphan: true, pathNot: '\\.(?:test\\.ts|config\\.ts|cjs|d\\.ts|d\\.mts)$' },
      {},
    ),
    only('protocol', 'protocol texts', '', 'crypto'),
    only('client', 'client protocol texts'),
    // A limit and a deadline for responses are no opinion of a client, so all clients share them.
    only('control-client', 'control-client response-body calls'),
    // The rows would double the client.
    forbidden(
      'calls-are-types-for-the-client',
      { path: pathsOf('control-client console') },
      { path: pathsOf('calls'), dependencyTypesNot: ['type-only'] },
    ),
    only('calls', 'calls protocol texts'),
    only('engine', 'engine protocol texts', '', 'net'),
    only('outcomes', 'outcomes engine protocol texts'),
    only('carrier', 'carrier protocol texts', 'ioredis', 'crypto net'),
    only('explain', 'explain texts server-texts engine protocol'),
    only('records', 'carrier explain records server-texts protocol texts'),
    only('schemas', 'schemas calls texts engine protocol', 'ajv'),
    only('texts', 'texts manifest', '', 'util'),
    only('server-texts', 'server-texts texts'),
    only(
      'telemetry',
      'telemetry carrier options explain records manifest protocol texts',
      'pino prom-client sonic-boom',
      'events timers/promises',
    ),
    only(
      'control',
      `${CONTROL} fixtures published-documents`,
      'router path-to-regexp ajv',
      CONTROL_NODE,
    ),
    only(
      'console',
      // The grammar of scripts, for the builder of outcomes.
      'console protocol control-client calls texts server-texts outcomes manifest',
      'preact @preact/signals eventsource-client diff',
    ),
    only('http', 'http carrier schemas protocol texts', 'proxy-addr', 'http https net tls events'),
    only(
      'in-process',
      'in-process server http carrier control telemetry options control-client fixtures protocol texts',
      'msw',
      'http stream/web timers net',
    ),
    only('tls', 'tls protocol texts', 'node-forge', 'crypto fs path net'),
    only('options', 'options carrier schemas fixtures protocol texts', '', 'fs fs/promises v8'),
    only(
      'server',
      'server options carrier http tls control telemetry control-client protocol texts',
      '',
      SERVER_NODE,
    ),
    only(
      'cli',
      'cli options server carrier explain records schemas server-texts control telemetry fixtures manifest protocol texts',
      '',
      'child_process dns/promises fs fs/promises net os path timers/promises tls util',
    ),
    // Every catalogue of messages is in it.
    only(
      'lookup',
      'lookup carrier explain control schemas options server http tls in-process cli fixtures protocol texts',
    ),
    only('contracts', 'contracts texts', 'ajv', KIT_NODE),
    only('fixtures', 'fixtures protocol texts control-client', '@faker-js/faker', 'crypto'),
    forbidden(
      'server-imports-no-kit',
      { path: '^(?:src|mock-server)/', pathNot: pathsOf('main carrier-document') },
      { path: KIT },
    ),
    forbidden(
      'kit-is-a-command',
      { path: pathsOf('main') },
      { path: KIT, pathNot: pathsOf('kit-command') },
    ),
    forbidden('main-is-not-imported', {}, { path: pathsOf('main') }),
    forbidden(
      'console-is-a-page',
      { pathNot: '^(?:mock-server/console|test)/' },
      { path: pathsOf('console') },
    ),
    forbidden(
      'msw-is-an-entry',
      { path: '^(?:src|mock-server)/', pathNot: pathsOf('msw') },
      { path: pathsOf('msw') },
    ),
    home('router', 'control'),
    home('ioredis', 'redis'),
    home('prom-client', 'telemetry'),
    home('pino', 'telemetry'),
    home('@faker-js/faker', 'fixtures'),
    home('msw', 'msw'),
  ],
  options: {
    doNotFollow: { path: [PACKAGES, '^dist/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
