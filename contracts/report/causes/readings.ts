/** Finds the interpretation of the document that explains results: reading-cases.json has the results of the cases for each. */
import table from '../../reading-cases.json' with { type: 'json' };
import type { CaseResult, SuiteReading } from '../../results/result.js';

/** Reading, option, what a case shows (a code, or the subject of its difference), ids. A star at the end matches the rest of an id. */
type Table = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

export interface Signature {
  readonly reading: SuiteReading;
  /** What a case shows with this reading; undefined if the reading does not affect the case. */
  shownAt(id: string): string | undefined;
}

export const SIGNATURES: readonly Signature[] = Object.entries(table as Table).flatMap(([id, options]) =>
  Object.entries(options).map(([option, shown]) => ({ reading: { id, option }, shownAt: lookup(shown) })),
);

function lookup(shown: Readonly<Record<string, readonly string[]>>): Signature['shownAt'] {
  const rows = Object.entries(shown).flatMap(([text, names]) => names.map((name) => [name, text] as const));
  const whole = new Map(rows);
  return (id) => whole.get(id) ?? whole.get(`${id.slice(0, id.lastIndexOf('/'))}/*`);
}

const CODE = /^resultCode/;

/** The received code, or the subject of the first difference. */
export function shownBy({ differences: [first] }: CaseResult): string | undefined {
  if (first === undefined) return undefined;
  return CODE.test(first.about) ? first.received : first.about;
}

/** `window:5m` is an example of `window:<duration>`. */
export function isSameOption(one: string, other: string): boolean {
  const kindOf = (option: string) => option.replace(/:.*/, ':');
  return kindOf(one) === kindOf(other);
}

/** The readings, among those that a mock reports, that affect this case. */
export function readingsAt({ id }: CaseResult, configured: readonly SuiteReading[]): readonly SuiteReading[] {
  return configured.filter((reading) =>
    SIGNATURES.some(
      (signature) =>
        signature.reading.id === reading.id &&
        isSameOption(signature.reading.option, reading.option) &&
        signature.shownAt(id) !== undefined,
    ),
  );
}

/** The readings that explain the results of a carrier that reports none: each affected case shows exactly the result of the reading. */
export function fittingSignatures(results: readonly CaseResult[]): readonly Signature[] {
  const judged = results.filter(({ status }) => status === 'pass' || status === 'fail' || status === 'warn');
  return SIGNATURES.filter(({ shownAt }) => {
    const touched = judged.filter((result) => isSeen(result, shownAt(result.id)));
    return touched.length > 0 && touched.every((result) => showsAsMuch(result, shownAt(result.id)));
  });
}

/** An effect is visible only with a control API. */
function isSeen({ notChecked = [] }: CaseResult, shown: string | undefined): boolean {
  return shown !== undefined && !notChecked.includes(shown);
}

/** A case that accepts several codes passes and has the received code. */
function showsAsMuch(result: CaseResult, shown: string | undefined): boolean {
  return result.differences.length > 0 ? shownBy(result) === shown : result.seen === shown;
}
