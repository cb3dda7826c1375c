/** Keeps only the declarations that an export reaches, and copies them as CommonJS for the entries that can be required. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const IMPORTED = /(from '|import\(["'])(\.[^'"]*)\.js/g;

/** The declarations of the entries under a condition of `exports`. */
function entriesOf(condition) {
  return Object.values(exports)
    .map((entry) => (condition === undefined ? entry.types : entry[condition]?.types))
    .filter((path) => path !== undefined)
    .map((path) => join(path.replace(/\.d\.cts$/, '.d.ts')));
}

function reachedFrom(files, reached = new Set()) {
  for (const file of files) {
    if (reached.has(file)) continue;
    reached.add(file);
    const imported = Array.from(readFileSync(file, 'utf8').matchAll(IMPORTED), ([, , path]) => `${path}.d.ts`);
    reachedFrom(
      imported.map((path) => join(dirname(file), path)),
      reached,
    );
  }
  return reached;
}

const needed = reachedFrom([...entriesOf(undefined), ...entriesOf('import')]);
for (const name of readdirSync('types', { recursive: true, encoding: 'utf8' })) {
  const file = join('types', name);
  if (/\.d\.c?ts$/.test(file) && !needed.has(file)) rmSync(file);
}
// An import for side effects has no types.
for (const file of needed) writeFileSync(file, readFileSync(file, 'utf8').replace(/^import '[^']+';\n/gm, ''));
for (const file of reachedFrom(entriesOf('require'))) {
  const text = readFileSync(file, 'utf8').replace(IMPORTED, '$1$2.cjs');
  writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), text);
}
