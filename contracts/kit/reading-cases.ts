/** reading-cases.json: the results of the cases at a carrier with another interpretation of the document. */
import table from '../reading-cases.json' with { type: 'json' };
import type { CaseResult, Difference, SuiteReading } from './result.js';
import { GRAVITIES, gravityOf, type RuleId } from './rules.js';

/** Reading, option, what a case shows (a code, the code of an earlier call, or the subject of its difference), ids. A star at the end matches the rest of an id. */
type Table = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>
>;

export interface ReadingResults {
  readonly reading: SuiteReading;
  /** What a case shows with this reading; undefined if the reading does not affect the case. */
  shownAt(id: string): string | undefined;
}

const TABLE: Table = table;

export const READING_RESULTS: readonly ReadingResults[] = Object.entries(TABLE).flatMap(
  ([id, options]) =>
    Object.entries(options).map(([option, shown]) => ({
      reading: { id, option },
      shownAt: shownAtIn(shown),
    })),
);

function shownAtIn(shown: Table[string][string]): ReadingResults['shownAt'] {
  const texts = new Map(
    Object.entries(shown).flatMap(([text, names]) => names.map((name) => [name, text] as const)),
  );
  return (id) => texts.get(id) ?? texts.get(id.replace(/[^/]*$/, '*'));
}

/** What each difference shows: the received code, or the place; both for the code of an earlier call. */
export function keyOf({ rule, at, received }: Difference): string {
  // A code is the same in both languages.
  if (rule === 'code' || rule === 'refusal-code')
    return typeof received === 'string' ? received : at;
  if (rule === 'earlier-code' && typeof received === 'string') return `${at}: ${received}`;
  return rule === 'schema' ? `schema ${at}` : at;
}

/** What the gravest difference of a result shows. */
export function shownIn({ differences }: CaseResult): string | undefined {
  const [gravest] = differences.toSorted((one, other) => weightOf(one.rule) - weightOf(other.rule));
  return gravest === undefined ? undefined : keyOf(gravest);
}

function weightOf(rule: RuleId): number {
  return GRAVITIES.indexOf(gravityOf(rule));
}

/** The results with a reading's option. `window:5m` is an example of `window:<duration>`. */
export function resultsUnder({ id, option }: SuiteReading): ReadingResults | undefined {
  return READING_RESULTS.find(
    ({ reading }) => reading.id === id && kindOf(reading.option) === kindOf(option),
  );
}

function kindOf(option: string): string {
  return option.replace(/:.*/, ':');
}
