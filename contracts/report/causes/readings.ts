/** Which interpretation of the document would explain results: reading-cases.json has what the cases show under each. */
import table from '../../reading-cases.json' with { type: 'json' };
import type { CaseResult, SuiteReading } from '../../results/result.js';

/** Reading, option, what a case shows (a code, or what differs), ids; a star at the end stands for the rest of an id. */
type Table = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;

export interface Signature {
  readonly reading: SuiteReading;
  /** What it makes a case show; undefined for a case that it does not touch. */
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

/** The code that came, or else what differs first. */
export function shownBy({ differences: [first] }: CaseResult): string | undefined {
  if (first === undefined) return undefined;
  return CODE.test(first.about) ? first.received : first.about;
}

/** `window:5m` is an example of `window:<duration>`. */
export function isSameOption(one: string, other: string): boolean {
  const kindOf = (option: string) => option.replace(/:.*/, ':');
  return kindOf(one) === kindOf(other);
}

/** Of a mock that says how it reads the document: the readings that touch this case. */
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

/** The readings that explain results of a carrier that says nothing of itself: each case that they touch shows just that. */
export function fittingSignatures(results: readonly CaseResult[]): readonly Signature[] {
  const judged = results.filter(({ status }) => status === 'pass' || status === 'fail' || status === 'warn');
  return SIGNATURES.filter(({ shownAt }) => {
    const touched = judged.filter((result) => isSeen(result, shownAt(result.id)));
    return touched.length > 0 && touched.every((result) => showsAsMuch(result, shownAt(result.id)));
  });
}

/** An effect shows only where there is a control API. */
function isSeen({ notChecked = [] }: CaseResult, shown: string | undefined): boolean {
  return shown !== undefined && !notChecked.includes(shown);
}

/** A case that takes more than one code passes, and has the code that was seen. */
function showsAsMuch(result: CaseResult, shown: string | undefined): boolean {
  return result.differences.length > 0 ? shownBy(result) === shown : result.seen === shown;
}
