/** caught-by.json: which cases catch each wrong carrier. Where every case of a file does, the row has the file's beginning and a star. */
import { readFileSync, writeFileSync } from 'node:fs';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';

const PATH = 'test/contracts/wrong-carriers/caught-by.json';

type CaughtBy = Readonly<Record<string, readonly string[]>>;

export function caughtBy(): CaughtBy {
  return JSON.parse(readFileSync(PATH, 'utf8'));
}

const FOLDERS = CASE_FILES.map(({ cases }) => {
  const ids = cases.map(({ id }) => id);
  return { folder: (ids[0] ?? '').split('/').slice(0, 2).join('/'), ids };
});

export function shortened(ids: readonly string[]): readonly string[] {
  const caught = new Set(ids);
  return FOLDERS.flatMap(({ folder, ids: all }) => {
    const own = all.filter((id) => caught.has(id));
    return own.length === all.length ? [`${folder}/*`] : own;
  });
}

export function countOf(rows: readonly string[]): number {
  const whole = FOLDERS.filter(({ folder }) => rows.includes(`${folder}/*`));
  return rows.filter((row) => !row.endsWith('/*')).length + whole.reduce((sum, { ids }) => sum + ids.length, 0);
}

/** Puts what was seen in the place of what was written. */
export function record(id: string, ids: readonly string[]): void {
  const rows = { ...caughtBy(), [id]: shortened(ids) };
  writeFileSync(PATH, `${JSON.stringify(rows, undefined, 2)}\n`);
}
