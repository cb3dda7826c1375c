/** Runs bench/stress/command.ts: `node bench/stress.mjs [stage …] [flags]`. */
import { fileURLToPath } from 'node:url';
import { run } from '../scripts/lib/run.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { runCommand } = await run('bench/stress/command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
