/** Every entry of the package refuses an old Node with one sentence in each language, before Node reports an error of its own. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { oldNodeProblem } from '../../src/text/node-version.js';
import { releasesOfNode } from '../support/runtimes.js';

const OLD = releasesOfNode().filter(({ major }) => major < 20);

const ENTRIES = Object.entries(manifest.exports).flatMap(([subpath, target]) =>
  typeof target === 'object' ? [subpath.replace(/^\./, manifest.name)] : [],
);
const FORMS = [
  { form: 'import', type: 'module', load: (entry: string) => `import '${entry}';` },
  { form: 'require', type: 'commonjs', load: (entry: string) => `require('${entry}');` },
];
const LOADS = FORMS.flatMap(({ form, type, load }) =>
  ENTRIES.map((entry) => ({
    load: `${form} of ${entry}`,
    args: [`--input-type=${type}`, '-e', load(entry)],
  })),
);
/** Node parses all that an ES module imports before it runs any of it: msw is too new for it, and so is the `await` for an optional package. */
const NOT_PARSED = ['', '/client', '/msw', '/fixtures'].map(
  (name) => `import of cmpassport-mock${name}`,
);

describe.each(OLD)('Node $version', ({ major, version, path, isThere }) => {
  const problem = oldNodeProblem({ version, path });
  const sentences = `${problem?.en}\n${problem?.zh}\n`;

  test.skipIf(!isThere)('the command prints the sentence and nothing else', () => {
    const { status, stdout, stderr } = spawnSync(path, ['dist/main.js', '--port', '0'], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: sentences });
  });

  const loads = LOADS.filter(({ load }) => major !== 12 || !NOT_PARSED.includes(load));
  test.skipIf(!isThere).each(loads)('the error of $load is the sentence', ({ args }) => {
    const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`Error: ${sentences}    at `);
  });
});

test('the table of entries is complete', () => {
  const names = ['', '/client', '/server', '/fetch', '/msw', '/control', '/contracts', '/fixtures'];
  expect(ENTRIES).toEqual(names.map((name) => `cmpassport-mock${name}`));
});
