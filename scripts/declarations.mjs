/**
 * The type declarations as they are published: one file for each export, and one for each part that several of them share.
 * They are CommonJS. The ES module of an export only re-exports them, so that each text is in the package once.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { CLIENT } from './lib/client-package.mjs';
import { run } from './lib/run.mjs';

const ENTRIES = {
  control: 'src/control/index.ts',
  server: 'mock-server/server.ts',
  fetch: 'mock-server/fetch.ts',
  msw: 'mock-server/msw.ts',
  contracts: 'contracts/index.ts',
  fixtures: 'fixtures/generate/index.ts',
};
const CLIENT_ENTRIES = { index: 'src/index.ts' };
const DIR = 'types';
/** The entries that use the types of a package: an ES module needs the ES module's types of the package. */
const PEERS = new Set(['msw']);
// Types of ours that an export uses without exporting them: an application has no need to name them.
const EXPECTED_WARNING = /still references private shared type exports/;

const { writtenOut } = await run('scripts/lib/written-out.ts');
const program = writtenOut(Object.values({ ...ENTRIES, ...CLIENT_ENTRIES }));

/** The declarations of the modules that the entries need. Without it, the plugin creates a program for each bundle. */
const DECLARATIONS = {
  name: 'declarations',
  resolveId(source, importer) {
    const folder = importer === undefined ? '.' : dirname(importer);
    return resolve(folder, source.replace(/\.js$/, '.d.ts'));
  },
  load(path) {
    const module = program.getSourceFile(path.replace(/\.d\.ts$/, '.ts'));
    let declarations;
    const write = (_, text) => {
      declarations = text;
    };
    // The last argument, which is not documented, omits a check of the types. The plugin has it too.
    const { diagnostics } = program.emit(module, write, undefined, true, undefined, true);
    for (const { messageText } of diagnostics) throw new Error(messageText);
    return declarations;
  },
};

/** The comment of a module of ours, which is for its readers, not for users of its types. */
const HEADER = /^\/\*\*(?:(?!\*\/|@module)[\s\S])*\*\/\n\n/gm;

rmSync(DIR, { recursive: true, force: true });
await declare(ENTRIES, DIR);
await declare(CLIENT_ENTRIES, join(DIR, CLIENT));
for (const extension of ['.d.cts', '.d.ts'])
  writeFileSync(join(DIR, `client${extension}`), `export * from '${CLIENT}';\n`);

async function declare(entries, dir) {
  const bundle = await rollup({
    input: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, path.replace(/\.ts$/, '.d.ts')]),
    ),
    external: (id) => !/^[./]/.test(id),
    plugins: [
      DECLARATIONS,
      dts(),
      { name: 'without-headers', renderChunk: (code) => code.replaceAll(HEADER, '') },
    ],
    onwarn({ message }) {
      if (!EXPECTED_WARNING.test(message)) throw new Error(message);
    },
  });
  await writeAs('.d.cts', { bundle, dir });
  const commonJs = readdirSync(dir);
  await writeAs('.d.ts', { bundle, dir });
  await bundle.close();
  for (const file of commonJs) {
    const [name] = file.split('.');
    const path = join(dir, `${name}.d.ts`);
    if (!(name in entries)) rmSync(path);
    else if (!PEERS.has(name)) writeFileSync(path, `export * from './${name}.cjs';\n`);
    // An ES module that uses our other types from CommonJS.
    else
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/'(\.\/[\w-]+)\.js'/g, "'$1.cjs'"));
  }
}

async function writeAs(extension, { bundle, dir }) {
  await bundle.write({
    dir,
    entryFileNames: `[name]${extension}`,
    chunkFileNames: ({ name }) => name.replace(/\.d$/, extension),
  });
}
