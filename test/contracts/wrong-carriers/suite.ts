/** Each wrong carrier is caught by exactly the cases that its row in caught-by.json has. `RECORD=1` writes the rows anew, for a look at what changed. */
import { expect, test } from 'vitest';
import { caughtBy, record, shortened } from './caught.js';
import { casesThatCatch } from './wrong-carrier.js';
import { type Theme, WRONG_CARRIERS } from './wrong-carriers.js';

// Nearly a thousand cases each, on a machine that may be busy.
const TIMEOUT_MS = 300_000;

export function wrongCarriers(themes: readonly Theme[]): void {
  for (const row of WRONG_CARRIERS.filter(({ about }) => themes.includes(about))) {
    test(
      `a carrier that ${row.does} is caught`,
      async () => {
        const ids = await casesThatCatch(row);
        if (process.env['RECORD'] === '1') record(row.id, ids);
        expect(ids.length).toBeGreaterThan(0);
        expect(shortened(ids)).toEqual(caughtBy()[row.id]);
      },
      TIMEOUT_MS,
    );
  }
}
