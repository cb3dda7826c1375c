/** Optional programs. Without a program, its tests are skipped with a warning. With CI=true, a missing program is an error. */
import { spawnSync } from 'node:child_process';

export function isInstalled(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true') throw new Error(`${program} is not installed, and CI=true requires it`);
  if (!found) console.warn(`skipped: the tests that need ${program}, which is not installed`);
  return found;
}

/** For languages, which are optional in CI too. */
export function hasLanguage(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found) console.warn(`skipped: the programs that need ${program}, because \`${program} ${versionFlag}\` fails`);
  return found;
}

/** A runtime without the compiler cannot run a source file. Java is optional, in CI too. */
export function hasJava(): boolean {
  const { stdout } = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  const found = stdout?.includes('jdk.compiler') === true;
  if (!found) console.warn('skipped: the programs in Java, because `java --list-modules` does not print jdk.compiler');
  return found;
}
