/**
 * The parts of the build. Plugins: generated validators, parts of large packages, short names in packages, published data.
 * The entries of the server, and their conversion from ES modules, which esbuild can split, to CommonJS.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
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
const STRICT = '"use strict";';
const CHECK_IMPORTED = `import"./${NODE_CHECK}.cjs";`;
const CHECK_REQUIRED = `require("./${NODE_CHECK}.cjs");`;
export const ENTRY_FORMATS = [
  {
    format: 'esm',
    outExtension: { '.js': '.js' },
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
const STORE_FAKER = `const faker = await import('@faker-js/faker')
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

// A file that uses import.meta.url gets the CommonJS equivalent.
const OWN_ADDRESS = 'IMPORT_META_URL';
const ADDRESS = `const ${OWN_ADDRESS}=require("node:url").pathToFileURL(__filename).href;`;

/**
 * Turns the server's files into CommonJS, because Jest's CommonJS has no `import()`. Each ES module entry only requires one
 * of them.
 */
export async function toCommonJs({ outputs }) {
  for (const [file, { entryPoint, exports, inputs }] of Object.entries(outputs)) {
    const module = readFileSync(file, 'utf8').replace(IMPORT, requireInstead);
    const entry = SERVER_ENTRIES.find(({ source }) => source === entryPoint);
    const target = entry === undefined ? TARGET : ENTRY_TARGET;
    const { code } = await transform(module, {
      ...SERVER_CODE,
      target,
      format: 'cjs',
      minifyIdentifiers: isMostly(WITHOUT_STACK_TRACES, inputs),
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': OWN_ADDRESS },
      banner:
        STRICT +
        (entry ? CHECK_REQUIRED : '') +
        (module.includes('import.meta.url') ? ADDRESS : ''),
    });
    writeFileSync(file, code);
    if (entry === undefined) continue;
    const esModule = await entry.esModule({ module, exports, file: `./${basename(file)}` });
    writeFileSync(file.replace(/\.cjs$/, '.js'), esModule);
  }
}

/** Code whose names no user reads: that of packages, of commands, which print no stack trace, and of explanations, which are pure. */
const WITHOUT_STACK_TRACES = /node_modules\/|^contracts\/|^mock-server\/(?:cli|explain|lookup)\//;

/** Whether the pattern matches the paths of most of a file's code. */
function isMostly(pattern, inputs) {
  const bytesOf = (rows) => rows.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  const all = Object.entries(inputs);
  const matching = all.filter(([path]) => pattern.test(path));
  return bytesOf(matching) > bytesOf(all) / 2;
}

// createRequire is faster than an import, for which Node first searches the file for its exports.
const REQUIRE =
  "import { createRequire } from 'module';\nconst require = createRequire(import.meta.url);\n";

const requireAll = ({ exports, file }) =>
  `export const { ${exports.join(', ')} } = require('${file}');\n`;

export const SERVER_ENTRIES = [
  {
    name: 'main',
    source: 'mock-server/main.ts',
    // Users of the command get the sentence alone.
    esModule: ({ file }) => `#!/usr/bin/env node
${REQUIRE}try {
  ${CHECK_REQUIRED}
} catch ({ message }) {
  console.error(message);
  process.exit(1);
}
require('${file}');
`,
  },
  {
    name: 'server',
    source: 'mock-server/server.ts',
    esModule: (built) => REQUIRE + requireAll(built),
  },
  {
    name: 'fixtures',
    source: 'fixtures/generate/index.ts',
    esModule: (built) => `${CHECK_IMPORTED}\n${REQUIRE}${STORE_FAKER}${requireAll(built)}`,
  },
  // Twice, since msw is the user's: an ES module gets msw's ES module, and CommonJS its CommonJS. The rest is required.
  {
    name: 'msw',
    source: 'mock-server/msw.ts',
    esModule: async ({ module }) => {
      const { code } = await transform(REQUIRE + module, {
        ...SERVER_CODE,
        target: ENTRY_TARGET,
        format: 'esm',
      });
      return CHECK_IMPORTED + code;
    },
  },
];

// The form that esbuild writes: import{one,two as three}from"./chunk-2YGBZG6V.cjs";
// The files form no circle, so each can take the values of another one once. esbuild's own conversion to CommonJS reads an
// imported value through two accessors each time, which is 3 % of the CPU time of a request.
const IMPORT = /\bimport(?:\{([^}]*)\}from)?"(\.\/[\w-]+\.cjs)"/g;

function requireInstead(_, names, path) {
  const required = `require("${path}")`;
  return names === undefined ? required : `const{${names.replaceAll(' as ', ':')}}=${required}`;
}
