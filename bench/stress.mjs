/** Bundles bench/stress/command.ts and runs it: `node bench/stress.mjs [stage …] [flags]`. */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const OUT = 'dist.stress/command.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await build({
  entryPoints: ['bench/stress/command.ts'],
  outfile: OUT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { runCommand } = await import(pathToFileURL(resolve(OUT)).href);
process.exitCode = await runCommand(process.argv.slice(2));
