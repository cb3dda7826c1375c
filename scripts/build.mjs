/**
 * Builds dist/. The command, the server, the carrier in process and the fixtures share their code, and load late what they
 * may never need. The clients stand alone; the carrier's is a package of its own. The contracts read the published data. The rest is the console, the published
 * schema, and the bundled packages: their licences and their bill of materials.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  CARRIER_FILE,
  CARRIER_FILE_ALONE,
  COMPACT,
  ENTRY_FORMATS,
  ENTRY_TARGET,
  FAKER_FILE,
  FIXTURES_FILES,
  manifestAlone,
  NODE_CHECK,
  PACKAGES_MINIFIED,
  PARTS_ALONE,
  PRECOMPILED,
  PUBLISHED_DATA,
  RE_EXPORTED_CLIENT,
  SERVER_CODE,
  TARGET,
  TEXTS_ALONE,
  VERSION,
} from './lib/build-parts.mjs';
import { CLIENT } from './lib/client-package.mjs';
import { SERVER_ENTRIES, toCommonJs } from './lib/commonjs.mjs';
import { run } from './lib/run.mjs';

const DIST = 'dist';
// A complete build replaces dist/ at once: other processes see the old one until then.
const OUT = `dist.${process.pid}`;
const CLIENT_OUT = join(OUT, CLIENT);

/** The packages that the files contain, by the folder that each was read from. */
function packagesIn(...metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
  return [...new Set(folders)].sort().map((folder) => ({
    folder,
    ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  }));
}

/** The licence texts of the packages, which their licences require: each text once, after its packages and their copyrights. */
function licencesOf(packages) {
  const ownersOf = new Map();
  for (const { owner, terms } of packages.map(licenceOf))
    ownersOf.set(terms, [...(ownersOf.get(terms) ?? []), owner]);
  return Array.from(ownersOf, ([terms, owners]) =>
    [...owners, terms, '-'.repeat(80), ''].join('\n\n'),
  ).join('');
}

function licenceOf({ folder, name, version, license }) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  const [copyrights, terms] = [true, false].map((wanted) =>
    text
      .split(/\n\s*\n/)
      .filter((paragraph) => /^\s*(?:copyright|\(c\))/i.test(paragraph) === wanted)
      .map((paragraph) => paragraph.trim().replace(/\s+/g, ' '))
      .join('\n\n'),
  );
  return {
    owner: [`${name} ${version} (${license})`, copyrights].filter(Boolean).join('\n'),
    terms,
  };
}

/** The bill of materials of the packages, in CycloneDX 1.6. */
function billOfMaterials({ name, type }, packages) {
  const purlOf = ({ name, version }) =>
    `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;
  const { license } = JSON.parse(readFileSync('package.json', 'utf8'));
  const component = (row, type) => ({
    type,
    'bom-ref': purlOf(row),
    name: row.name,
    version: row.version,
    purl: purlOf(row),
    licenses: [
      row.license.includes(' ')
        ? { expression: row.license.replace(/^\((.*)\)$/, '$1') }
        : { license: { id: row.license } },
    ],
  });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: component({ name, version: VERSION, license }, type) },
    components: packages.map((row) => component(row, 'library')),
  };
}

function asJson(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The names that a built CommonJS module exports. */
async function namesIn(file) {
  const { default: exported } = await import(pathToFileURL(resolve(file)).href);
  return Object.keys(exported);
}

const { CONFIGURATION_SCHEMA } = await run('mock-server/schemas/schemas.ts');
const { CARRIER_DOCUMENT } = await run('mock-server/control-api/openapi/carrier-document.ts');

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
  // They are in THIRD-PARTY-LICENSES.txt.
  legalComments: 'none',
  plugins: [
    PRECOMPILED,
    manifestAlone(),
    PARTS_ALONE,
    PUBLISHED_DATA,
    CARRIER_FILE_ALONE,
    FIXTURES_FILES,
    PACKAGES_MINIFIED,
  ],
  metafile: true,
});
await toCommonJs(metafile);

// A script without `require` and exports is valid in both formats, also for a bundler. Node prints the line that throws,
// so it is a short one.
for (const [outdir, name] of [[OUT], [CLIENT_OUT, CLIENT]]) {
  await build({
    ...COMMON,
    outdir,
    entryPoints: { [NODE_CHECK]: 'src/text/node-version.ts' },
    format: 'iife',
    outExtension: { '.js': '.cjs' },
    plugins: [manifestAlone(name)],
    target: ENTRY_TARGET,
  });
}

writeFileSync(join(OUT, FAKER_FILE.name), FAKER_FILE.code);
copyFileSync('fixtures/generate/test-keys.json', join(OUT, 'test-keys.json'));

// The client is a package of its own, without a dependency, as readable code: it is reviewed before it runs in production,
// and Node prints the line of an error. Jest cannot require an ES module, so there is CommonJS too. A bundler cannot turn
// the `require` of a module of Node into an ES module, so both forms have the code.
for (const format of ENTRY_FORMATS) {
  await build({
    ...COMMON,
    ...format,
    outdir: CLIENT_OUT,
    entryPoints: { index: 'src/index.ts' },
    platform: 'node',
  });
}
writeFileSync(
  join(CLIENT_OUT, 'bom.json'),
  asJson(billOfMaterials({ name: CLIENT, type: 'library' }, [])),
);
writeFileSync(join(OUT, 'client.cjs'), RE_EXPORTED_CLIENT.cjs);
writeFileSync(
  join(OUT, 'client.mjs'),
  RE_EXPORTED_CLIENT.esm(await namesIn(join(CLIENT_OUT, 'index.cjs'))),
);

// These use no module of Node, so every bundler can require them. Their ES modules re-export CommonJS. The contracts are
// published data.
const [, commonJs] = ENTRY_FORMATS;
const RE_EXPORTED = { control: 'src/control/index.ts', contracts: 'contracts/index.ts' };
await build({
  ...COMMON,
  ...COMPACT,
  ...commonJs,
  entryPoints: RE_EXPORTED,
  platform: 'node',
  plugins: [PUBLISHED_DATA],
});
for (const name of Object.keys(RE_EXPORTED)) {
  const names = await namesIn(join(OUT, `${name}.cjs`));
  writeFileSync(join(OUT, `${name}.mjs`), `export { ${names.join(', ')} } from './${name}.cjs';\n`);
}

const { metafile: consoleMetafile } = await build({
  ...COMMON,
  plugins: [manifestAlone(), TEXTS_ALONE],
  outdir: join(OUT, 'console'),
  splitting: true,
  chunkNames: '[name]',
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
for (const file of ['index.html', 'icon.svg'])
  copyFileSync(`mock-server/console/${file}`, join(OUT, 'console', file));

// The project's own files are ES modules.
writeFileSync(join(OUT, 'package.json'), asJson({ type: 'commonjs' }));
chmodSync(join(OUT, 'main.js'), 0o755);
const bundled = packagesIn(metafile, consoleMetafile);
writeFileSync(join(OUT, 'THIRD-PARTY-LICENSES.txt'), licencesOf(bundled));
writeFileSync(
  join(OUT, 'bom.json'),
  asJson(billOfMaterials({ name: 'cmpassport-mock', type: 'application' }, bundled)),
);
writeFileSync(join(OUT, CARRIER_FILE), asJson(CARRIER_DOCUMENT));
writeFileSync(join(OUT, 'configuration.schema.json'), asJson(CONFIGURATION_SCHEMA));

const OLD = `${OUT}.old`;
if (existsSync(DIST)) renameSync(DIST, OLD);
renameSync(OUT, DIST);
rmSync(OLD, { recursive: true, force: true });
