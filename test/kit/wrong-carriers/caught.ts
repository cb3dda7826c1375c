/** caught-by.json: the cases that catch each wrong carrier. If all cases of a file catch it, the row has their common prefix and a star. */
import { readFileSync, writeFileSync } from 'node:fs';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { WRONG_CARRIERS } from './wrong-carriers.js';

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
  const inOrder = WRONG_CARRIERS.flatMap((row) => (rows[row.id] === undefined ? [] : [[row.id, rows[row.id]]]));
  writeFileSync(PATH, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}
