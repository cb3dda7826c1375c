/**
 * Writes the generated parts of the pages, from the tables of the code: what is between `<!-- from: NAME -->` and
 * `<!-- end -->`. `--check` writes nothing and fails if a part is not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { run } from './lib/run.mjs';

const isCheck = process.argv.includes('--check');

function update([file, text]) {
  if (readFileSync(file, 'utf8') === text) return;
  if (!isCheck) return writeFileSync(file, text);
  console.error(`${file} is not current. Run \`npm run pages\`.`);
  process.exitCode = 1;
}

const { samplesFile } = await run('scripts/pages/mistake-samples.ts');
update(samplesFile());
// Loaded after the samples were written, because the pages import them.
const { pageFiles } = await run('scripts/pages/generated.ts');
for (const file of pageFiles()) update(file);
