/**
 * Builds dist/. The command, the server and the carrier in process share their code, and load late what they may never
 * need. The clients and fixtures stand alone. The contracts read the published data. The rest is the console, the
 * templates of the programs, the published schema and the licences of the bundled packages.
 */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build, transform } from 'esbuild';

const DIST = 'dist';
// A complete build replaces dist/ at once: other processes see the old one until then.
const OUT = `dist.${process.pid}`;

/** Returns the exports of a TypeScript module. Packages are not bundled, so that there is one Ajv. */
async function run(entry) {
  const outfile = join(OUT, `run-${entry.replaceAll(/[/\\]/g, '-')}.mjs`);
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  const exports = await import(pathToFileURL(resolve(outfile)).href);
  rmSync(outfile);
  return exports;
}

/** Replaces the modules that compile validators with the code that Ajv generates for them. */
const PRECOMPILED = {
  name: 'precompiled-validators',
  setup(build) {
    build.onLoad({ filter: /[/\\]validators\.ts$/ }, async ({ path }) => {
      const { ajv, VALIDATORS } = await run(relative('', path));
      const names = Object.keys(VALIDATORS);
      const code = standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
      return minified(`${code}\nexport const VALIDATORS = { ${names.join(', ')} };`);
    });
  },
};

/** The licence texts of the bundled packages, which their licences require. */
function licencesOf(...metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
  return [...new Set(folders)].sort().map(licenceOf).join('\n');
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(80)}\n`;
}

/** The code uses only the version of the project's package.json. */
const VERSION_ALONE = {
  name: 'version-alone',
  setup(build) {
    build.onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => {
      if (path !== resolve('package.json')) return undefined;
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** The used part of packages that are many times larger as a whole. The build fails if the code uses another part. */
const PARTS = {
  express: "export { default as Router } from 'router';",
  'node-forge': "import 'node-forge/lib/x509.js'; export { default } from 'node-forge/lib/forge.js';",
  'prom-client': `
    export { default as Counter } from 'prom-client/lib/counter.js';
    export { default as collectDefaultMetrics } from 'prom-client/lib/defaultMetrics.js';
    export { default as Gauge } from 'prom-client/lib/gauge.js';
    export { default as Registry } from 'prom-client/lib/registry.js';`,
  // prom-client uses it for exemplars, and pino for logs of other threads.
  '@opentelemetry/api': '',
  'thread-stream': '',
};
const PARTS_ALONE = {
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

const PACKAGES_MINIFIED = {
  name: 'packages-minified',
  setup(build) {
    const filter = /[/\\]node_modules[/\\].*\.c?js$/;
    build.onLoad({ filter }, ({ path }) => minified(readFileSync(path, 'utf8')));
  },
};

/** dist/ reads published data from the package's files instead of containing a second copy. */
const PUBLISHED_DATA = {
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
const PUBLISHED = /^(?:(?:cases|duties|openapi|scenarios|schemas)[/\\].+|[^/\\.]+(?:\.zh)?\.json)$/;

const TARGET = 'node20.19';
const SERVER_CODE = {
  target: TARGET,
  platform: 'node',
  // A third less to read at start; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  charset: 'utf8',
};

// A file that uses import.meta.url gets the CommonJS equivalent.
const OWN_ADDRESS = 'IMPORT_META_URL';
const STRICT = '"use strict";';
const STRICT_WITH_ADDRESS = `${STRICT}const ${OWN_ADDRESS}=require("node:url").pathToFileURL(__filename).href;`;

/**
 * Turns the server's files into CommonJS, because Jest's CommonJS has no `import()`. Each ES module entry only requires one
 * of them.
 */
async function toCommonJs({ outputs }) {
  for (const [file, { entryPoint, exports }] of Object.entries(outputs)) {
    const module = readFileSync(file, 'utf8');
    const { code } = await transform(module, {
      ...SERVER_CODE,
      format: 'cjs',
      supported: { 'dynamic-import': false },
      define: { 'import.meta.url': OWN_ADDRESS },
      banner: module.includes('import.meta.url') ? STRICT_WITH_ADDRESS : STRICT,
    });
    writeFileSync(file, code);
    const entry = SERVER_ENTRIES.find(({ source }) => source === entryPoint);
    const esModule = file.replace(/\.cjs$/, '.js');
    if (entry !== undefined) writeFileSync(esModule, entry.esModule({ module, exports, file: `./${basename(file)}` }));
  }
}

// createRequire is faster than an import, for which Node first searches the file for its exports.
const REQUIRE = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";

const SERVER_ENTRIES = [
  {
    name: 'main',
    source: 'mock-server/main.ts',
    esModule: ({ file }) => `#!/usr/bin/env node\n${REQUIRE}require('${file}');\n`,
  },
  {
    name: 'server',
    source: 'mock-server/server.ts',
    esModule: ({ exports, file }) => `${REQUIRE}export const { ${exports.join(', ')} } = require('${file}');\n`,
  },
  // Twice, since msw is the user's: an ES module gets msw's ES module, and CommonJS its CommonJS. The rest is required.
  {
    name: 'msw',
    source: 'mock-server/msw.ts',
    esModule: ({ module }) => REQUIRE + module.replace(IMPORT, requireInstead),
  },
];

// The form that esbuild writes: import{one,two as three}from"./chunk-2YGBZG6V.cjs";
const IMPORT = /\bimport(?:\{([^}]*)\}from)?"(\.\/[\w-]+\.cjs)"/g;

function requireInstead(_, names, path) {
  const required = `require("${path}")`;
  return names === undefined ? required : `const{${names.replaceAll(' as ', ':')}}=${required}`;
}

const { CONFIGURATION_SCHEMA } = await run('mock-server/schemas/schemas.ts');

const COMMON = {
  outdir: OUT,
  bundle: true,
  target: TARGET,
  // Optional peers: a user who imports the part that needs one has it installed.
  external: ['msw', '@faker-js/faker'],
  logLevel: 'warning',
  charset: 'utf8',
};

// esbuild splits ES modules only.
const { metafile } = await build({
  ...COMMON,
  ...SERVER_CODE,
  entryPoints: Object.fromEntries(SERVER_ENTRIES.map(({ name, source }) => [name, source])),
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.cjs' },
  plugins: [PRECOMPILED, VERSION_ALONE, PARTS_ALONE, PUBLISHED_DATA, PACKAGES_MINIFIED],
  metafile: true,
});
await toCommonJs(metafile);

await build({
  ...COMMON,
  entryPoints: { fixtures: 'fixtures/generate/index.ts' },
  platform: 'node',
  format: 'esm',
});

// They run inside the user's code, so they need no package. Jest cannot require an ES module, so there is CommonJS too.
// A bundler cannot turn the `require` of a module of Node into an ES module, so both forms have the code.
// Only the client uses Node's modules.
const STAND_ALONE = [
  { entryPoints: { client: 'src/index.ts' }, platform: 'node' },
  { entryPoints: { control: 'src/control/index.ts' }, platform: 'neutral' },
];
const FORMATS = [
  { format: 'esm', outExtension: { '.js': '.js' } },
  { format: 'cjs', outExtension: { '.js': '.cjs' } },
];
for (const bundle of STAND_ALONE) {
  for (const format of FORMATS) await build({ ...COMMON, ...bundle, ...format });
}

// The contracts are published data, which every CommonJS can require. The ES module re-exports them.
await build({
  ...COMMON,
  entryPoints: { contracts: 'contracts/index.ts' },
  platform: 'node',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  plugins: [PUBLISHED_DATA],
});
const { default: contracts } = await import(pathToFileURL(resolve(OUT, 'contracts.cjs')).href);
writeFileSync(join(OUT, 'contracts.js'), `export { ${Object.keys(contracts).join(', ')} } from './contracts.cjs';\n`);

const { metafile: consoleMetafile } = await build({
  ...COMMON,
  outdir: join(OUT, 'console'),
  entryPoints: { console: 'mock-server/console/console.tsx' },
  platform: 'browser',
  format: 'esm',
  target: ['chrome123', 'firefox120', 'safari17.5'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  external: [],
  metafile: true,
});
for (const file of ['index.html', 'icon.svg']) copyFileSync(`mock-server/console/${file}`, join(OUT, 'console', file));

cpSync('mock-server/control-api/atlas/programs', join(OUT, 'programs'), { recursive: true });

chmodSync(join(OUT, 'main.js'), 0o755);
writeFileSync(join(OUT, 'THIRD-PARTY-LICENSES.txt'), licencesOf(metafile, consoleMetafile));
writeFileSync(join(OUT, 'configuration.schema.json'), `${JSON.stringify(CONFIGURATION_SCHEMA, undefined, 2)}\n`);

const OLD = `${OUT}.old`;
if (existsSync(DIST)) renameSync(DIST, OLD);
renameSync(OUT, DIST);
rmSync(OLD, { recursive: true, force: true });
