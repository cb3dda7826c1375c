/** Optional programs. Without a program, its tests are skipped with a warning. With CI=true, a missing program is an error. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function isInstalled(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true')
    throw new Error(`${program} is not installed, and CI=true requires it`);
  if (!found) console.warn(`skipped: the tests that need ${program}, which is not installed`);
  return found;
}

/** For languages, which are optional in CI too. */
export function hasLanguage(program: string, versionFlag = '--version'): boolean {
  const found = spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
  if (!found)
    console.warn(
      `skipped: the programs that need ${program}, because \`${program} ${versionFlag}\` fails`,
    );
  return found;
}

/** A runtime without the compiler cannot run a source file. Java is optional, in CI too. */
export function hasJava(): boolean {
  const { stdout } = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  const found = stdout?.includes('jdk.compiler') === true;
  if (!found)
    console.warn(
      'skipped: the programs in Java, because `java --list-modules` does not print jdk.compiler',
    );
  return found;
}

/** Mono with what Debian has in packages of their own: the compiler, System.Net.Http and cert-sync. */
export function hasMono(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-mono-'));
  const [source, program] = [join(folder, 'P.cs'), join(folder, 'P.exe')];
  writeFileSync(
    source,
    'class P { static void Main() { System.Console.Write(new System.Net.Http.HttpClient()); } }',
  );
  spawnSync('mcs', ['-r:System.Net.Http', source], { stdio: 'ignore' });
  const { stdout } = spawnSync('mono', [program], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const { error } = spawnSync('cert-sync', ['--help'], { stdio: 'ignore' });
  const found = error === undefined && stdout === 'System.Net.Http.HttpClient';
  const problem =
    'mcs, mono, System.Net.Http (libmono-system-net-http4.0-cil) or cert-sync is not installed';
  if (!found && process.env['CI'] === 'true')
    throw new Error(`${problem}, and CI=true requires all of them`);
  if (!found) console.warn(`skipped: the tests in C#, because ${problem}`);
  return found;
}
