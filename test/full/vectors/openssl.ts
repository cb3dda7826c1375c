/** The openssl command, which creates and checks the vectors. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export const run = promisify(execFile);

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
