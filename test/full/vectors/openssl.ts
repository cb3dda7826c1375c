/** The programs that check the vectors: openssl, and `date` of the coreutils. */
import { execFileSync, spawnSync } from 'node:child_process';

/** Not every openssl supports --version. With CI=true a missing openssl is an error. */
export function isOpensslInstalled(): boolean {
  const found = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;
  if (!found && process.env['CI'] === 'true') throw new Error('openssl is not installed, and CI needs it');
  if (!found) console.warn('skipped: the tests that need openssl, which is not installed');
  return found;
}

/** The standard output, or undefined if the command fails. */
export function openssl(args: readonly string[], input: Buffer | string): Buffer | undefined {
  const { status, stdout } = spawnSync('openssl', args, { input });
  return status === 0 ? stdout : undefined;
}

/** The 17 digits of a time. POSIX counts hours west of Greenwich, so `CST-8` is eight hours east, without daylight saving. */
export function beijingTime(epochMs: number): string {
  const args = ['-d', `@${Math.floor(epochMs / 1000)}`, '+%Y%m%d%H%M%S'];
  const seconds = execFileSync('date', args, { encoding: 'utf8', env: { ...process.env, TZ: 'CST-8', LC_ALL: 'C' } });
  return seconds.trimEnd() + String(epochMs % 1000).padStart(3, '0');
}
