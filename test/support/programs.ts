/** Programs that a machine may do without: their tests are skipped, and said to be. With CI=true each has to be there. */
import { spawnSync } from 'node:child_process';

export function isInstalled(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true') throw new Error(`${program} is not installed, and CI needs it`);
  if (!found) console.warn(`skipped: the tests that need ${program}, which is not installed`);
  return found;
}
