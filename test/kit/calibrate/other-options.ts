/** The options that are not the default, and a carrier with each of them. */
import type { Known } from '../../../contracts/calibrate/calibrated-cases.js';
import { WINDOW } from '../../../contracts/calibrate/probes.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import type { CaseFile } from '../../../contracts/kit/case.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { DEFAULT_READINGS } from '../../../mock-server/carrier/engine/readings.js';
import { type CaseRow, resultsOf } from '../wrong-carriers/run.js';

const WIDTHS = ['window:1m', 'window:30d'] as const;

export interface OtherOption {
  readonly reading: string;
  readonly option: string;
}

export const OTHER_OPTIONS: readonly OtherOption[] = AMBIGUITIES.flatMap((row) =>
  row.readings.flatMap(({ option }) => {
    if (option === row.default) return [];
    if (option.startsWith(`${WINDOW}:`)) return WIDTHS.map((width) => ({ reading: row.id, option: width }));
    return [{ reading: row.id, option }];
  }),
);

export function knownBy({ reading, option }: OtherOption): Known {
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
