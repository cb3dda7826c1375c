/** Builds dist/, a bundle for each export: the bin, the server and the carrier in process, which load late what they may never need; the clients, contracts and fixtures, which stand alone; the console; the templates of the programs; the published schema; the licences of what is bundled. */
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
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const DIST = 'dist';
// Made beside it and put in its place when whole: whoever reads dist/ meanwhile finds the old one.
const OUT = `dist.${process.pid}`;

/** Runs a TypeScript module of this project, and gives what it exports. Packages stay outside: there must be one Ajv. */
async function run(entry) {
  const outfile = join(OUT, `run-${entry.replaceAll('/', '-')}.mjs`);
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  const exports = await import(pathToFileURL(resolve(outfile)).href);
  rmSync(outfile);
  return exports;
}

/** CommonJS packages inside an ES module ask for a `require`. */
const REQUIRE = {
  js: "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);",
};

/** Puts the validators that Ajv generates in the place of the module that compiles them. */
function precompiled({ ajv, VALIDATORS }) {
  const names = Object.keys(VALIDATORS);
  const code = standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  const contents = `${code}\nexport const VALIDATORS = { ${names.join(', ')} };`;
  return {
    name: 'precompiled-validators',
    setup(build) {
      build.onLoad({ filter: /schemas[/\\]validators\.ts$/ }, () => ({ contents, loader: 'js' }));
    },
  };
}

/** The licence texts of the packages that went into a bundle, as they ask for. */
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

/** What a server that runs may load by lazily(). */
const LATE = [
  'mock-server/control-api/control-api.ts',
  'mock-server/control-api/openapi/document.ts',
  'mock-server/explain/records/first-finding.ts',
  'mock-server/telemetry/metrics/exposition.ts',
];

/** Nothing but the version is used of the project's own manifest. */
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

const CONTROL_API = './control-api.js';

/** The handlers for msw need it from the start: as the file that a server loads late, instead of once more in pieces. */
const ONE_CONTROL_API = {
  name: 'one-control-api',
  setup(build) {
    build.onResolve({ filter: /\/control-api\.js$/ }, ({ importer, kind }) =>
      basename(importer) === 'msw.ts' && kind === 'import-statement'
        ? { path: CONTROL_API, external: true }
        : undefined,
    );
  },
};

/**
 * Makes each of them one file, which imports nothing but what every server has loaded from the start. lazily() can load
 * a module again that could not be read, but not the modules that it imports.
 */
async function joinLateModules({ outputs }) {
  const files = Object.keys(outputs);
  const outputOf = (source) => files.find((file) => outputs[file].entryPoint === source);
  const loadedWith = (file, seen = new Set([file])) => {
    for (const { kind, path } of outputs[file].imports) {
      if (kind === 'import-statement' && path in outputs && !seen.has(path)) loadedWith(path, seen.add(path));
    }
    return seen;
  };
  const [main, ...others] = ['main', 'server', 'msw'].map((name) => loadedWith(outputOf(`mock-server/${name}.ts`)));
  const fromTheStart = [...main].filter((file) => others.every((loaded) => loaded.has(file)));
  const late = LATE.map(outputOf);
  for (const file of late) {
    const apart = [...fromTheStart, ...late.filter((other) => other !== file)];
    const external = apart.map((path) => `./${basename(path)}`);
    await build({ ...SERVER, entryPoints: [file], outdir: OUT, allowOverwrite: true, external });
  }
  const msw = join(OUT, 'msw.js');
  writeFileSync(msw, readFileSync(msw, 'utf8').replace(CONTROL_API, `./${basename(outputOf(LATE[0]))}`));
  removeUnused(files);
}

function removeUnused(files) {
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const isShared = (file) => basename(file).startsWith('chunk-');
  const isUsed = (file) => texts.some((text) => text.includes(`"./${basename(file)}"`));
  for (const file of files.filter((one) => isShared(one) && !isUsed(one))) rmSync(file);
}

const validators = await run('mock-server/schemas/validators.ts');
const { CONFIGURATION_SCHEMA } = await run('mock-server/schemas/schemas.ts');

const COMMON = {
  outdir: OUT,
  bundle: true,
  target: 'node20.19',
  // The optional peers: whoever imports what needs one has it.
  external: ['msw', '@faker-js/faker'],
  logLevel: 'warning',
};

const SERVER = {
  ...COMMON,
  // A third less to read at start; names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  platform: 'node',
  format: 'esm',
};

const { metafile } = await build({
  ...SERVER,
  entryPoints: { main: 'mock-server/main.ts', server: 'mock-server/server.ts', msw: 'mock-server/msw.ts' },
  splitting: true,
  banner: REQUIRE,
  plugins: [precompiled(validators), VERSION_ALONE, ONE_CONTROL_API],
  metafile: true,
});
await joinLateModules(metafile);

await build({
  ...COMMON,
  entryPoints: { fixtures: 'fixtures/generate/index.ts' },
  platform: 'node',
  format: 'esm',
});

// They run inside other people's code: no package, and for Jest, which cannot require an ES module, CommonJS too. Only
// the client needs anything of Node.
const STAND_ALONE = [
  { entryPoints: { client: 'src/index.ts' }, platform: 'node' },
  { entryPoints: { control: 'src/control/index.ts', contracts: 'contracts/index.ts' }, platform: 'neutral' },
];
const FORMATS = [
  { format: 'esm', outExtension: { '.js': '.js' } },
  { format: 'cjs', outExtension: { '.js': '.cjs' } },
];
for (const bundle of STAND_ALONE) {
  for (const format of FORMATS) await build({ ...COMMON, ...bundle, ...format });
}

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
