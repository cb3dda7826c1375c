/** The types of the control API's client once more, for those who require it: the same declarations as CommonJS. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'types/src/control';

for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.d.ts')) continue;
  const text = readFileSync(join(FOLDER, file), 'utf8').replace(/(from '\.[^']*)\.js'/g, "$1.cjs'");
  writeFileSync(join(FOLDER, file.replace(/\.d\.ts$/, '.d.cts')), text);
}
