/** The allowed imports of each folder. CONTRIBUTING.md describes the folders. A name stands for the modules that its pattern matches. */
const MODULES = {
  protocol: 'src/protocol/',
  client: 'src/(?:client/|index\\.ts$)',
  'control-client': 'src/control/',
  engine: 'mock-server/carrier/engine/',
  outcomes: 'mock-server/carrier/outcomes/',
  apps: 'mock-server/carrier/apps/',
  store: 'mock-server/carrier/store/(?!state-store)(?!log-labels)[^/]+$',
  redis: 'mock-server/carrier/store/redis/',
  port: 'mock-server/carrier/store/(?:state-store|maybe-promise|log-labels)\\.ts$',
  shell: 'mock-server/carrier/(?!sources)[^/]+$',
  carrier: 'mock-server/carrier/carrier\\.ts$',
  sources: 'mock-server/carrier/sources\\.ts$',
  reply: 'mock-server/carrier/(?:answer|reply)\\.ts$',
  explain: 'mock-server/explain/(?!records/)',
  records: 'mock-server/explain/records/',
  schemas: 'mock-server/schemas/',
  explained: 'mock-server/telemetry/explained/',
  'request-log': 'mock-server/telemetry/request-log\\.ts$',
  log: 'mock-server/telemetry/log\\.ts$',
  'json-log': 'mock-server/telemetry/json-log\\.ts$',
  metrics: 'mock-server/telemetry/metrics/',
  tallies: 'mock-server/telemetry/metrics/(?:tallies|duration-tally)\\.ts$',
  texts: 'src/text/',
  'server-texts': 'mock-server/text/',
  delivery:
    'mock-server/http/(?:deliver|held-answers|response-channel|gathered-body|cross-origin-page|plain-problem)\\.ts$',
  listener: 'mock-server/http/(?:carrier-(?:listener|proxy)|http-response-channel|network-listener|reset)\\.ts$',
  tls: 'mock-server/http/tls/',
  'in-process': 'mock-server/in-process/in-process-(?:fetch|response-channel)\\.ts$',
  msw: 'mock-server/(?:in-process/)?msw\\.ts$',
  control: 'mock-server/control-api/',
  console: 'mock-server/console/',
  options: 'mock-server/cli/(?!banner)(?!invocation)(?!watch-file)[^/]+$',
  command: 'mock-server/cli/explain/',
  main: 'mock-server/main\\.ts$',
  contracts: 'contracts/',
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

// What every part of the carrier may import.
const CORE = 'port carrier sources engine outcomes protocol texts';
const KIT = '^(?:contracts|test|bench)/';
const ADAPTED = 'delivery reply port engine protocol texts';
const KIT_NODE = 'child_process crypto fs http https net path stream timers/promises util';
const CONTROL = `${CORE} explain records server-texts delivery control metrics apps schemas manifest`;

module.exports = {
  forbidden: [
    forbidden('no-circular', {}, { circular: true }),
    forbidden('no-unresolvable', {}, { couldNotResolve: true, pathNot: '^[./]*dist/' }),
    forbidden('no-orphans', { orphan: true, pathNot: '\\.(?:test\\.ts|config\\.ts|cjs|d\\.ts|d\\.mts)$' }, {}),
    only('protocol', 'protocol texts', '', 'crypto'),
    only('client', 'client protocol'),
    only('control-client', 'control-client'),
    only('engine', 'engine protocol texts'),
    only('outcomes', 'outcomes engine protocol texts'),
    only('port shell request-log', `${CORE} shell request-log apps tallies`),
    only('sources', '', '', 'crypto'),
    only('apps', `${CORE} apps`),
    only('store', 'port carrier engine store redis'),
    only('redis', `${CORE} store redis`, 'ioredis'),
    only('explain', 'explain texts server-texts engine protocol'),
    only('records explained', `${CORE} explain records explained server-texts apps request-log`),
    only('schemas', 'schemas texts engine outcomes protocol', 'ajv'),
    only('texts', 'texts', '', 'util'),
    only('server-texts', 'server-texts texts'),
    only('tallies', 'tallies store protocol'),
    only('metrics', `${CORE} metrics store apps manifest`, 'prom-client'),
    only('json-log', 'log texts', 'pino'),
    only('control', CONTROL, 'express ajv', 'crypto fs/promises http stream stream/web tls util zlib'),
    only('console', 'console texts server-texts', 'preact @preact/signals openapi-fetch eventsource-client diff'),
    only('delivery listener', `${ADAPTED} listener schemas outcomes`, '', 'http https net tls events'),
    only('in-process', `${ADAPTED} in-process control`, '', 'http stream/web timers'),
    only('tls', 'tls protocol texts', 'node-forge', 'crypto fs path net'),
    only('options log', `${CORE} apps options log schemas command explain fixtures`, '', 'fs fs/promises util v8'),
    only('command', `${CORE} explain server-texts command schemas apps options`, '', 'fs'),
    only('contracts', 'contracts texts', 'ajv', KIT_NODE),
    only('fixtures', 'fixtures protocol texts control-client', '@faker-js/faker', 'crypto'),
    forbidden('server-imports-no-kit', { path: '^(?:src|mock-server)/', pathNot: pathsOf('main') }, { path: KIT }),
    forbidden('kit-is-a-command', { path: pathsOf('main') }, { path: KIT, pathNot: pathsOf('kit-command') }),
    forbidden('main-is-not-imported', {}, { path: pathsOf('main') }),
    forbidden('console-is-a-page', { pathNot: '^(?:mock-server/console|test)/' }, { path: pathsOf('console') }),
    forbidden('msw-is-an-entry', { path: '^(?:src|mock-server)/', pathNot: pathsOf('msw') }, { path: pathsOf('msw') }),
    home('prom-client', 'metrics'),
    home('pino', 'json-log'),
    home('@faker-js/faker', 'fixtures'),
    home('msw', 'msw'),
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
