/** The entries of the server, and their conversion from ES modules, which esbuild can split, to CommonJS. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { transform } from 'esbuild';
import { TARGET } from './build-plugins.mjs';

/** A third less to read at start; names stay, for stack traces. */
export const COMPACT = { minifyWhitespace: true, minifySyntax: true };

export const SERVER_CODE = { target: TARGET, platform: 'node', ...COMPACT, charset: 'utf8' };

// A file that uses import.meta.url gets the CommonJS equivalent.
const OWN_ADDRESS = 'IMPORT_META_URL';
const STRICT = '"use strict";';
const STRICT_WITH_ADDRESS = `${STRICT}const ${OWN_ADDRESS}=require("node:url").pathToFileURL(__filename).href;`;

/**
 * Turns the server's files into CommonJS, because Jest's CommonJS has no `import()`. Each ES module entry only requires one
 * of them.
 */
export async function toCommonJs({ outputs }) {
  for (const [file, { entryPoint, exports }] of Object.entries(outputs)) {
    const module = readFileSync(file, 'utf8');
    const { code } = await transform(module.replace(IMPORT, requireInstead), {
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

export const SERVER_ENTRIES = [
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
// The files form no circle, so each can take the values of another one once. esbuild's own conversion to CommonJS reads an
// imported value through two accessors each time, which is 3 % of the CPU time of a request.
const IMPORT = /\bimport(?:\{([^}]*)\}from)?"(\.\/[\w-]+\.cjs)"/g;

function requireInstead(_, names, path) {
  const required = `require("${path}")`;
  return names === undefined ? required : `const{${names.replaceAll(' as ', ':')}}=${required}`;
}
