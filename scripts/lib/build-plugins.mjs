/** The plugins of the build: generated validators, parts of large packages, short names in packages, published data. */
import { readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { run } from './run.mjs';

export const TARGET = 'node20.19';

/** Replaces the modules that compile validators with the code that Ajv generates for them. */
export const PRECOMPILED = {
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

/** The code uses only the version of the project's package.json. */
export const VERSION_ALONE = {
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

export const PACKAGES_MINIFIED = {
  name: 'packages-minified',
  setup(build) {
    const filter = /[/\\]node_modules[/\\].*\.c?js$/;
    build.onLoad({ filter }, ({ path }) => minified(readFileSync(path, 'utf8')));
  },
};

const NO_FAKER =
  'cmpassport-mock/fixtures needs @faker-js/faker. Run: npm install --save-dev @faker-js/faker@10 (Jest with CommonJS: @9).';

/** The fixtures load faker, which is optional, with an error that says what to install. Both formats share the test keys. */
const FIXTURES_PARTS = {
  esm: {
    '@faker-js/faker': `
      const load = () => import('@faker-js/faker');
      const { SimpleFaker } = await load().catch((cause) => { throw new Error('${NO_FAKER}', { cause }); });
      export { SimpleFaker };`,
    './test-keys.json': `
      import { createRequire } from 'node:module';
      export default createRequire(import.meta.url)('./test-keys.json');`,
  },
  cjs: {
    '@faker-js/faker': `
      try { module.exports = require('@faker-js/faker'); }
      catch (cause) { throw new Error('${NO_FAKER}', { cause }); }`,
    './test-keys.json': "module.exports = require('./test-keys.json');",
  },
};

export function fixturesParts(format) {
  const parts = FIXTURES_PARTS[format];
  return {
    name: 'fixtures-parts',
    setup(build) {
      build.onResolve({ filter: /^@faker-js\/faker$|\/test-keys\.json$/ }, ({ path, namespace }) =>
        namespace === 'file' ? { path, namespace: 'fixtures-part' } : { path, external: true },
      );
      build.onLoad({ filter: /.*/, namespace: 'fixtures-part' }, ({ path }) => ({ contents: parts[path] }));
    },
  };
}

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
