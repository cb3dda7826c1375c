/**
 * The parts of the build. Plugins: generated validators, parts of large packages, short names in packages, published data.
 */
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { CLIENT } from './client-package.mjs';
import { run } from './run.mjs';
import { buildVersion } from './version.mjs';

const { name, version, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
export const VERSION = buildVersion(version, {
  environment: process.env,
  folder: '.',
  now: new Date(),
});
/** The oldest Node of the range. */
export const TARGET = `node${/[\d.]+/.exec(engines.node)[0]}`;

/**
 * The entries first load the check of Node's version. An older Node runs it only if it can parse the whole file and, of an
 * ES module, all that the file imports.
 */
export const NODE_CHECK = 'node-version';
export const ENTRY_TARGET = 'node12.20';
export const STRICT = '"use strict";';
export const CHECK_IMPORTED = `import"./${NODE_CHECK}.cjs";`;
export const CHECK_REQUIRED = `require("./${NODE_CHECK}.cjs");`;
export const ENTRY_FORMATS = [
  {
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    target: ENTRY_TARGET,
    banner: { js: CHECK_IMPORTED },
  },
  {
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    target: ENTRY_TARGET,
    banner: { js: STRICT + CHECK_REQUIRED },
  },
];

/** Replaces the modules that compile validators with the code that Ajv generates for them. */
export const PRECOMPILED = {
  name: 'precompiled-validators',
  setup(build) {
    build.onLoad({ filter: /[/\\]validators\.ts$/ }, async ({ path }) => {
      const { ajv, VALIDATORS } = await run(relative('', path));
      const names = Object.keys(VALIDATORS);
      const code = standaloneCode.default(
        ajv,
        Object.fromEntries(names.map((name) => [name, name])),
      );
      return minified(`${code}\nexport const VALIDATORS = { ${names.join(', ')} };`);
    });
  },
};

/** The console's texts of one language, without the other one. */
export const TEXTS_ALONE = {
  name: 'texts-alone',
  setup(build) {
    build.onLoad({ filter: /[/\\]console[/\\]messages[/\\](?:en|zh)\.ts$/ }, async ({ path }) => {
      const { TEXTS } = await run(relative('', path));
      return { contents: `export const TEXTS = ${JSON.stringify(TEXTS)};` };
    });
  },
};

/** The code uses only these fields of the project's package.json; the version is that of the build. */
export function manifestAlone(published = name) {
  const contents = JSON.stringify({ name: published, version: VERSION, engines });
  return {
    name: 'manifest-alone',
    setup(build) {
      build.onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) =>
        path === resolve('package.json') ? { contents, loader: 'json' } : undefined,
      );
    },
  };
}

/** The used part of packages that are many times larger as a whole. The build fails if the code uses another part. */
const PARTS = {
  'node-forge':
    "import 'node-forge/lib/x509.js'; export { default } from 'node-forge/lib/forge.js';",
  'prom-client': `
    export { default as Counter } from 'prom-client/lib/counter.js';
    export { default as collectDefaultMetrics } from 'prom-client/lib/defaultMetrics.js';
    export { default as Gauge } from 'prom-client/lib/gauge.js';
    export { default as Registry } from 'prom-client/lib/registry.js';`,
  // What the Router and ioredis print for their own developers.
  debug: 'module.exports = () => () => undefined; module.exports.default = module.exports;',
  // prom-client uses it for exemplars, and pino for logs of other threads.
  '@opentelemetry/api': '',
  'thread-stream': '',
};
export const PARTS_ALONE = {
  name: 'parts-alone',
  setup(build) {
    const filter = new RegExp(`^(?:${Object.keys(PARTS).join('|')})$`);
    build.onResolve({ filter }, ({ path, namespace }) =>
      namespace === 'file' ? { path, namespace: 'part' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
      contents: PARTS[path],
      resolveDir: resolve('node_modules', path),
    }));
  },
};

/** Also shortens the names, for code that is not ours: no user reads them in a stack trace. */
async function minified(source) {
  const { code } = await transform(source, { minify: true, target: TARGET, charset: 'utf8' });
  return { contents: code, loader: 'js' };
}

/** Files of packages that nothing here uses: certificates of a Redis in the cloud, and a cipher. */
const UNUSED_FILE =
  /[/\\](?:ioredis[/\\]built[/\\]constants[/\\]TLSProfiles|node-forge[/\\]lib[/\\]des)\.js$/;
const NOTHING = 'exports.default = {};';

export const PACKAGES_MINIFIED = {
  name: 'packages-minified',
  setup(build) {
    const filter = /[/\\]node_modules[/\\].*\.c?js$/;
    build.onLoad({ filter }, ({ path }) =>
      minified(UNUSED_FILE.test(path) ? NOTHING : readFileSync(path, 'utf8')),
    );
  },
};

const NO_FAKER =
  'cmpassport-mock/fixtures needs @faker-js/faker. Run: npm install --save-dev @faker-js/faker@10 (Jest with CommonJS: @9).';

/**
 * The fixtures take faker, which is optional, from a file of its own. Their ES module stores faker's ES module there, which
 * Jest cannot require; for CommonJS the file requires faker.
 */
export const FAKER_FILE = {
  name: 'faker.cjs',
  code: `"use strict";
let stored;
module.exports = {
  set faker(module) { stored = module; },
  get SimpleFaker() {
    try { stored ??= require('@faker-js/faker'); }
    catch (cause) { throw new Error('${NO_FAKER}', { cause }); }
    return stored.SimpleFaker;
  },
};
`,
};
export const STORE_FAKER = `const faker = await import('@faker-js/faker')
  .catch((cause) => { throw new Error('${NO_FAKER}', { cause }); });
require('./${FAKER_FILE.name}').faker = faker;
`;

/** What the fixtures require from files next to theirs. */
export const FIXTURES_FILES = {
  name: 'fixtures-files',
  setup(build) {
    const external = (path) => () => ({ path, external: true });
    build.onResolve({ filter: /^@faker-js\/faker$/ }, external(`./${FAKER_FILE.name}`));
    build.onResolve({ filter: /\/test-keys\.json$/ }, external('./test-keys.json'));
  },
};

const NO_CLIENT = `cmpassport-mock/client is the package ${CLIENT}, which is not installed. Install it from where you have cmpassport-mock, for example: npm install ./vendor/${CLIENT}-${VERSION}.tgz`;

/** The mock re-exports the client, an optional package. */
export const RE_EXPORTED_CLIENT = {
  cjs: `${STRICT}${CHECK_REQUIRED}
try { module.exports = require('${CLIENT}'); }
catch (cause) { throw new Error('${NO_CLIENT}', { cause }); }
`,
  esm: (names) => `${CHECK_IMPORTED}
const client = await import('${CLIENT}')
  .catch((cause) => { throw new Error('${NO_CLIENT}', { cause }); });
export const { ${names.join(', ')} } = client;
`,
};

/** The server reads the OpenAPI document of the carrier from the file that is published. */
export const CARRIER_FILE = 'carrier-openapi.json';
export const CARRIER_FILE_ALONE = {
  name: 'carrier-file-alone',
  setup(build) {
    const path = `./${CARRIER_FILE}`;
    build.onResolve({ filter: /carrier-openapi\.json$/ }, () => ({ path, external: true }));
    build.onLoad({ filter: /[/\\]carrier-document\.ts$/ }, () => ({
      contents: `export { default as CARRIER_DOCUMENT } from '${path}';`,
    }));
  },
};

/** dist/ reads published data from the package's files instead of containing a second copy. */
export const PUBLISHED_DATA = {
  name: 'published-data',
  setup(build) {
    const folder = resolve('contracts');
    build.onResolve({ filter: /\.json$/ }, ({ path, resolveDir }) => {
      const inside = relative(folder, join(resolveDir, path));
      if (!PUBLISHED.test(inside)) return undefined;
      return { path: `../contracts/${inside.replaceAll(sep, '/')}`, external: true };
    });
  },
};
const PUBLISHED = /^(?:(?:requests|schemas)[/\\].+|[^/\\.]+\.json)$/;

/** A third less to read at start; names stay, for stack traces. */
export const COMPACT = { minifyWhitespace: true, minifySyntax: true };

export const SERVER_CODE = { target: TARGET, platform: 'node', ...COMPACT, charset: 'utf8' };
