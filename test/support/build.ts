/** Builds dist/ before the tests that run the command. With BUILT, it is built already. */
import { execFileSync } from 'node:child_process';

export function setup(): void {
  if (process.env['BUILT'] === '1') return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  // For the setup of the other project.
  process.env['BUILT'] = '1';
}
