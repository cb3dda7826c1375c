/** docs/wrong-carriers.md is the matrix, printed. `RECORD=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { caughtBy, countOf } from './caught.js';
import { WRONG_CARRIERS } from './wrong-carriers.js';

const PATH = 'docs/wrong-carriers.md';
const SHOWN_MAX = 4;

function page(): string {
  const caught = caughtBy();
  const rows = WRONG_CARRIERS.map(({ id, does }) => {
    const list = caught[id] ?? [];
    const shown = list.slice(0, SHOWN_MAX).map((one) => `\`${one}\``);
    const more = list.length > SHOWN_MAX ? ', …' : '';
    return `| \`${id}\` | ${does} | ${countOf(list)} | ${shown.join(', ')}${more} |`;
  });
  return `# Wrong carriers

Who judges the judge? Each of these is our own carrier with one text of its source changed
([wrong-carriers.ts](../test/contracts/wrong-carriers/wrong-carriers.ts)), and CI runs the cases of the contract against
each: exactly the cases listed in [caught-by.json](../test/contracts/wrong-carriers/caught-by.json) fail or warn, and no
other. \`…/*\` is every case of a file.

每一行都是改错了一处的运营商；CI 用契约用例逐一检验，恰好由所列用例发现。

| Carrier | It … | Cases | Caught by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

test('the page has every wrong carrier and what catches it', () => {
  if (process.env['RECORD'] === '1') writeFileSync(PATH, page());
  expect(readFileSync(PATH, 'utf8')).toBe(page());
});

test('every wrong carrier has a row, and no row is of another', () => {
  expect(Object.keys(caughtBy()).toSorted()).toEqual(WRONG_CARRIERS.map(({ id }) => id).toSorted());
});
