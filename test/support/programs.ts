/** Optional programs. Without a program, its tests are skipped with a warning. With CI=true, a missing program is an error. */
import { spawnSync } from 'node:child_process';

export function isInstalled(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true') throw new Error(`${program} is not installed, and CI=true requires it`);
  if (!found) console.warn(`skipped: the tests that need ${program}, which is not installed`);
  return found;
}
