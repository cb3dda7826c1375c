/** All wrong carriers, in the order of docs/internals/wrong-carriers.md. The contract's cases must catch each of them. */

import { readFileSync, writeFileSync } from 'node:fs';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { ORDER_CHARGES_AND_ACCESS } from './order-charges-and-access.js';
import { REQUEST_AND_RESPONSE } from './request-and-response.js';
import { TOKENS_AND_SIGNATURES } from './tokens-and-signatures.js';
import type { WrongCarrier } from './wrong-carrier.js';

export const WRONG_CARRIERS: readonly WrongCarrier[] = [
  ...TOKENS_AND_SIGNATURES,
  ...ORDER_CHARGES_AND_ACCESS,
  ...REQUEST_AND_RESPONSE,
];

// caught-by.json: the cases that catch each wrong carrier. If all cases of a file catch it, the row has their common prefix and a star.

const PATH = 'test/kit/wrong-carriers/caught-by.json';

type CaughtBy = Readonly<Record<string, readonly string[]>>;

export function caughtBy(): CaughtBy {
  return JSON.parse(readFileSync(PATH, 'utf8'));
}

const FILES = CASE_FILES.map(({ cases }) => {
  const ids = cases.map(({ id }) => id);
  return { whole: `${(ids[0] ?? '').split('/').slice(0, 2).join('/')}/*`, ids };
});

export function shortened(ids: readonly string[]): readonly string[] {
  const caught = new Set(ids);
  return FILES.flatMap(({ whole, ids: all }) => {
    const own = all.filter((id) => caught.has(id));
    return own.length === all.length ? [whole] : own;
  });
}

export function expanded(row: readonly string[]): readonly string[] {
  return row.flatMap((entry) => FILES.find(({ whole }) => whole === entry)?.ids ?? [entry]);
}

const SAMPLE_MAX = 3;

/** The first, the middle and the last recorded case, so a mistake in both operations is sampled in both. */
export function sampleOf(id: string): readonly string[] {
  const ids = expanded(caughtBy()[id] ?? []);
  if (ids.length <= SAMPLE_MAX) return ids;
  return [0, 0.5, 1].flatMap((part) => ids[Math.floor(part * (ids.length - 1))] ?? []);
}

/** Replaces the row of one wrong carrier, and drops the rows of removed carriers. */
export function record(id: string, ids: readonly string[]): void {
  const rows = { ...caughtBy(), [id]: shortened(ids) };
  const inOrder = WRONG_CARRIERS.flatMap((row) =>
    rows[row.id] === undefined ? [] : [[row.id, rows[row.id]]],
  );
  writeFileSync(PATH, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}

// The text of docs/internals/wrong-carriers.md.

export const PAGE = 'docs/internals/wrong-carriers.md';
const SHOWN_MAX = 4;

export function pageText(): string {
  const caught = caughtBy();
  const rows = WRONG_CARRIERS.map(({ id, does }) => {
    const list = caught[id] ?? [];
    const shown = list.slice(0, SHOWN_MAX).map((one) => `\`${one}\``);
    const more = list.length > SHOWN_MAX ? ', …' : '';
    return `| \`${id}\` | ${does} | ${expanded(list).length} | ${shown.join(', ')}${more} |`;
  });
  return `# Wrong carriers

Do the cases of the contract find mistakes? Each carrier below is our carrier with one mistake
([the list](../../test/kit/wrong-carriers)). A test injects the mistake: it replaces a rule, a fact or
a setting, or changes the input or the result of a step. The carrier's source is unchanged.

CI runs the cases in [caught-by.json](../../test/kit/wrong-carriers/caught-by.json) and, in turn, a
quarter of the others against each carrier. Exactly the recorded cases must fail. The table shows the
first four; \`…/*\` stands for all cases of one file. \`npm test\` runs up to three cases for each carrier,
and \`RECORD=1 npx vitest run --project=full test/full/wrong-carriers\` runs all and records them.

| Carrier | It … | Cases | Caught by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
