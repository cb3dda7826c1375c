/** The cases whose results differ with an option that is not the default, found at a carrier with that option. */
import { calibratedCases, type Known } from '../../../contracts/calibrate/calibrated-cases.js';
import { WINDOW } from '../../../contracts/calibrate/probes.js';
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import type { CaseFile } from '../../../contracts/provider/case.js';
import { parsedJson, resultCodeIn } from '../../../contracts/provider/check-answer.js';
import type { CaseResult } from '../../../contracts/results/result.js';
import { DEFAULT_READINGS } from '../../../mock-server/carrier/engine/readings.js';
import { type CaseRow, resultsOf } from '../wrong-carriers/run.js';

/** Two widths of a window: a case with different results for them has no fixed code. */
export const WIDTHS = ['window:1m', 'window:30d'] as const;

export interface OtherOption {
  readonly reading: string;
  readonly option: string;
  readonly key: string;
}

export const OTHER_OPTIONS: readonly OtherOption[] = AMBIGUITIES.flatMap((row) =>
  row.readings.flatMap(({ option }) => {
    if (option === row.default) return [];
    if (option.startsWith(`${WINDOW}:`))
      return WIDTHS.map((width) => ({ reading: row.id, option: width, key: `${row.id}=${WINDOW}` }));
    return [{ reading: row.id, option, key: `${row.id}=${option}` }];
  }),
);

export function knownBy({ reading, option }: Pick<OtherOption, 'reading' | 'option'>): Known {
  const settled = { option, observedOn: '2026-11-27', evidence: [] };
  return { readings: { [reading]: settled }, precedence: [], evidence: {} };
}

export function rowsOf(files: readonly CaseFile[]): readonly CaseRow[] {
  return files.flatMap(({ operation, cases }) => cases.map((testCase) => ({ operation, testCase })));
}

export function resultsBy(rows: readonly CaseRow[], { reading, option }: OtherOption): Promise<readonly CaseResult[]> {
  const readings = { ...DEFAULT_READINGS, [reading]: option } as typeof DEFAULT_READINGS;
  return resultsOf(rows, { settings: { readings } });
}

type Recorded = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

export async function recorded(): Promise<Recorded> {
  const all: Record<string, Record<string, string | null>> = {};
  for (const other of OTHER_OPTIONS) {
    const { files } = calibratedCases(CASE_FILES, knownBy(other), {});
    const results = await resultsBy(rowsOf(files), other);
    const found = Object.fromEntries(
      results
        .filter(({ differences, status }) => differences.length > 0 || status === 'error')
        .map((one) => [one.id, codeOf(one)]),
    );
    const before = all[other.key];
    all[other.key] = before === undefined ? found : merged(before, found);
  }
  return all;
}

function codeOf({ operation, answer = '', differences, status }: CaseResult): string | null {
  const isBefore = differences.some(({ about }) => about.includes('earlier call'));
  return isBefore || status === 'error' ? null : (resultCodeIn(operation, parsedJson(answer)) ?? null);
}

function merged(
  one: Record<string, string | null>,
  other: Record<string, string | null>,
): Record<string, string | null> {
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(ids.map((id) => [id, one[id] === other[id] ? (one[id] ?? null) : null]));
}
