/** docs/internals/wrong-carriers.md is up to date. `RECORD=1 npx vitest run test/full/wrong-carriers` writes it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGE, pageText } from './page.js';

test('the page lists every wrong carrier and the cases that catch it', () => {
  expect(readFileSync(PAGE, 'utf8')).toBe(pageText());
});
