/**
 * The entries of the server, and their conversion from ES modules, which esbuild can split, to CommonJS. The pieces that the
 * same entries load become one file: each file costs about a seventh of a millisecond at the start.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { transform } from 'esbuild';
import {
  CHECK_IMPORTED,
  CHECK_REQUIRED,
  ENTRY_TARGET,
  SERVER_CODE,
  STORE_FAKER,
  STRICT,
  TARGET,
} from './build-parts.mjs';

// createRequire is faster than an import, for which Node first searches the file for its exports.
const REQUIRE =
  "import { createRequire } from 'module';\nconst require = createRequire(import.meta.url);\n";

const requireAll = ({ exports, file }) =>
  `export const { ${exports.join(', ')} } = require('${file}');\n`;

const COMMAND = 'main';
export const SERVER_ENTRIES = [
  {
    name: COMMAND,
    source: 'mock-server/main.ts',
    // No ES module, whose loader takes 4 ms of CPU time. Users of the command get the sentence alone.
    script: ({ file }) => `#!/usr/bin/env node
${STRICT}
try {
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
    name: 'fetch',
    source: 'mock-server/fetch.ts',
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

// A file that uses import.meta.url gets the CommonJS equivalent.
const OWN_ADDRESS = 'IMPORT_META_URL';
const ADDRESS = `const ${OWN_ADDRESS}=require("node:url").pathToFileURL(__filename).href;`;

/**
 * Turns the server's files into CommonJS, because Jest's CommonJS has no `import()`. The command's script and each ES module
 * entry only require one of them.
 */
export async function toCommonJs({ outputs }) {
  const files = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const folder = dirname(Object.keys(outputs)[0]);
  const groups = groupsOf(files);
  const homeOf = new Map([...groups].flatMap(([home, names]) => names.map((name) => [name, home])));
  const read = (name, reader) =>
    withRequire(readFileSync(join(folder, name), 'utf8'), { homeOf, reader });
  for (const [name, output] of files) {
    const entry = entryOf(output);
    if (homeOf.has(name)) continue;
    const module = read(name);
    const code = await commonJs(entry ? module : withPlainExports(module), output);
    writeFileSync(join(folder, name), code);
    if (entry === undefined) continue;
    const built = { module, exports: output.exports, file: `./${name}` };
    const [extension, form] = 'script' in entry ? ['.js', entry.script] : ['.mjs', entry.esModule];
    writeFileSync(join(folder, name.replace(/\.cjs$/, extension)), await form(built));
  }
  for (const [home, names] of groups) {
    const pieces = [];
    for (const name of names) {
      const code = await commonJs(withPlainExports(read(name, home)), files.get(name));
      pieces.push(
        `const ${variableOf(name)}=(module=>{${code.trim()}return module.exports})({});\n`,
      );
      rmSync(join(folder, name));
    }
    const exported = names.map(variableOf);
    writeFileSync(
      join(folder, home),
      `${STRICT}\n${pieces.join('')}module.exports={${exported}};\n`,
    );
  }
}

/**
 * The files that a server loads at its start, by the name of the file that they are joined to, in the order in which they
 * are evaluated. A joined file has what the same entries load, so none loads more than before.
 */
function groupsOf(files) {
  const loadersOf = new Map();
  for (const { name } of SERVER_ENTRIES)
    for (const loaded of loadedBy(`${name}.cjs`, files))
      loadersOf.set(loaded, [...(loadersOf.get(loaded) ?? []), name]);
  const groups = new Map();
  for (const [loaded, loaders] of loadersOf) {
    if (loaders[0] !== COMMAND || entryOf(files.get(loaded)) !== undefined) continue;
    const home = `of-${loaders.join('-')}.cjs`;
    groups.set(home, [...(groups.get(home) ?? []), loaded]);
  }
  return groups;
}

/** The files that a file imports at once, each after those that it imports. */
function loadedBy(name, files, loaded = new Set()) {
  if (loaded.has(name)) return loaded;
  for (const { kind, path, external } of files.get(name).imports)
    if (kind === 'import-statement' && external !== true) loadedBy(basename(path), files, loaded);
  return loaded.add(name);
}

function entryOf({ entryPoint }) {
  return SERVER_ENTRIES.find(({ source }) => source === entryPoint);
}

async function commonJs(module, output) {
  const isEntry = entryOf(output) !== undefined;
  const { code } = await transform(module, {
    ...SERVER_CODE,
    target: isEntry ? ENTRY_TARGET : TARGET,
    format: 'cjs',
    minifyIdentifiers: isMostly(WITHOUT_STACK_TRACES, output.inputs),
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': OWN_ADDRESS },
    banner:
      STRICT +
      (isEntry ? CHECK_REQUIRED : '') +
      (module.includes('import.meta.url') ? ADDRESS : ''),
  });
  return code;
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

// The forms that esbuild writes: import{one,two as three}from"./chunk-2YGBZG6V.cjs"; and import("./chunk-2YGBZG6V.cjs")
// The files form no circle, so each can take the values of another one once. esbuild's own conversion to CommonJS reads an
// imported value through two accessors each time, which is 3 % of the CPU time of a request.
const IMPORT = /\bimport(?:\{([^}]*)\}from)?"\.\/([\w-]+\.cjs)"/g;
const DYNAMIC_IMPORT = /\bimport\("\.\/([\w-]+\.cjs)"\)/g;

/** `reader`: the joined file that the module becomes a part of. */
function withRequire(module, { homeOf, reader }) {
  const required = (name) => {
    const home = homeOf.get(name);
    if (home === undefined) return `require("./${name}")`;
    return home === reader ? variableOf(name) : `require("./${home}").${variableOf(name)}`;
  };
  return module
    .replace(IMPORT, (_, names, name) =>
      names === undefined
        ? required(name)
        : `const{${names.replaceAll(' as ', ':')}}=${required(name)}`,
    )
    .replace(DYNAMIC_IMPORT, (_, name) => `Promise.resolve().then(()=>${required(name)})`);
}

/** In a joined file: chunk-2YGBZG6V.cjs becomes $2YGBZG6V. */
function variableOf(name) {
  return `$${name
    .replace(/\.cjs$/, '')
    .replace(/^chunk-/, '')
    .replace(/\W/g, '_')}`;
}

// The form that esbuild writes at the end: export{one,two as three};
const EXPORT = /\bexport\{([^}]*)\};\s*$/;

/** esbuild's own conversion defines an accessor for each exported name, and adds its helpers to each file. */
function withPlainExports(module) {
  return module.replace(EXPORT, (_, names) => {
    const properties = names.split(',').map((name) => name.split(' as ').toReversed().join(':'));
    return `module.exports={${properties}};`;
  });
}
