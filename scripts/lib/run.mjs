/** Runs a TypeScript module and returns its exports. Packages are not bundled, so that there is one Ajv. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export async function run(entry) {
  // Inside the project, so that imports of packages resolve.
  const outfile = `node_modules/.cache/run-${process.pid}-${entry.replaceAll(/[/\\]/g, '-')}.mjs`;
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  try {
    return await import(pathToFileURL(resolve(outfile)).href);
  } finally {
    rmSync(outfile);
  }
}
