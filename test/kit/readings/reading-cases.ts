/** contracts/reading-cases.json: the results of the cases at a carrier with another interpretation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { AMBIGUITIES } from '../../../contracts/index.js';
import { shownIn } from '../../../contracts/kit/reading-cases.js';
import { toConfiguration } from '../../../mock-server/options/configuration.js';
import { type CaseRow, resultsOf } from '../wrong-carriers/run.js';
import { shortened } from '../wrong-carriers/wrong-carriers.js';

const PATH = 'contracts/reading-cases.json';

/** The result of a case (a code, or the subject of its difference), and the ids. */
type Shown = Readonly<Record<string, readonly string[]>>;

export function recorded(): Readonly<Record<string, Readonly<Record<string, Shown>>>> {
  return JSON.parse(readFileSync(PATH, 'utf8'));
}

export interface OtherReading {
  readonly id: string;
  readonly option: string;
}

/** Every option except the defaults, with an example for a pattern. `refused:<code>` changes the cases of another option. */
export const OTHER_READINGS: readonly OtherReading[] = AMBIGUITIES.flatMap(
  ({ id, readings, default: own }) =>
    readings
      .filter(({ option }) => option !== own && option !== 'refused:<code>')
      .map(({ option }) => ({ id, option: option.replace('<duration>', '5m') })),
);

/** The cases that differ at a carrier with this interpretation, and their results. */
export async function shownUnder(
  { id, option }: OtherReading,
  cases: readonly CaseRow[],
): Promise<ReadonlyMap<string, string>> {
  const { settings } = toConfiguration({ readings: { [id]: option } }, '127.0.0.1');
  const results = await resultsOf(cases, { settings });
  return new Map(
    results.flatMap((result) => {
      const shown = shownIn(result);
      return shown === undefined ? [] : [[result.id, shown]];
    }),
  );
}

/** Groups ids by result. A complete file is one entry. */
export function rowOf(shown: ReadonlyMap<string, string>): Shown {
  const texts = [...new Set(shown.values())].toSorted();
  const idsOf = (text: string) => [...shown].filter(([, one]) => one === text).map(([id]) => id);
  return Object.fromEntries(texts.map((text) => [text, shortened(idsOf(text))]));
}

/** Replaces the row of one option. An option without differences has no row. */
export function record({ id, option }: OtherReading, shown: Shown): void {
  const rows = recorded();
  const all = { ...rows, [id]: { ...rows[id], [option]: shown } };
  const inOrder = AMBIGUITIES.flatMap((row) => {
    const options = OTHER_READINGS.filter(
      (other) => other.id === row.id && isShown(all[row.id]?.[other.option]),
    );
    const own = options.map((other) => [other.option, all[row.id]?.[other.option]]);
    return own.length === 0 ? [] : [[row.id, Object.fromEntries(own)]];
  });
  writeFileSync(PATH, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}

function isShown(shown: Shown | undefined): boolean {
  return shown !== undefined && Object.keys(shown).length > 0;
}
