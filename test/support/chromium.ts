/** Debian's Chromium, for the tests that need a browser. */
import { existsSync } from 'node:fs';

const { CHROMIUM } = process.env;
// Without a window, pages take half of the CPU time.
const INSTALLED = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium'];

/** Returns its path, or undefined with a warning. Throws with CI=true if it is not installed. */
export function findChromium(): string | undefined {
  const paths = CHROMIUM === undefined ? INSTALLED : [CHROMIUM];
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  const missing = `${paths.join(' or ')} (Debian's packages chromium-headless-shell and chromium)`;
  if (process.env['CI'] === 'true')
    throw new Error(`${missing} is not installed, and CI=true requires it`);
  console.warn(`skipped: the tests that need a browser; ${missing} is not installed`);
  return undefined;
}
