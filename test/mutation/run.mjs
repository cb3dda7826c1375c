/** Runs mutation tests of the named parts, or of all parts: `npm run mutation [-- protocol engine explain]`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARTS } from './parts.mjs';

const STRYKER = fileURLToPath(
  new URL('node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url),
);

if (!existsSync(STRYKER)) {
  console.error('Stryker is not installed. Run `npm install --prefix test/mutation`.');
  process.exit(2);
}
const named = process.argv.slice(2);
const unknown = named.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) {
  console.error(`unknown part: ${unknown.join(', ')}. Use ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
for (const part of named.length > 0 ? named : Object.keys(PARTS)) {
  const args = [STRYKER, 'run', 'test/mutation/stryker.config.mjs'];
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_PART: part },
  });
  if (status !== 0) process.exitCode = 1;
}
