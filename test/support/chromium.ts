/** Debian's Chromium, for the tests that need a browser. */
import { existsSync } from 'node:fs';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Returns its path, or undefined with a warning. Throws with CI=true if it is not installed. */
export function findChromium(): string | undefined {
  if (existsSync(CHROMIUM)) return CHROMIUM;
  if (process.env['CI'] === 'true')
    throw new Error(`${CHROMIUM} is not installed, and CI=true requires it`);
  console.warn(
    `skipped: the tests that need a browser; ${CHROMIUM} (Debian's package chromium) is not installed`,
  );
  return undefined;
}
