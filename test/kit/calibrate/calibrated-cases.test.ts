/** Cases with a calibration: ambiguous cases expect one code, and a carrier with another option fails. */
import { expect, test } from 'vitest';
import { calibratedCases, type Known } from '../../../contracts/calibrate/calibrated-cases.js';
import { knownCarrier } from '../../../contracts/calibrate/known-carrier.js';
import { WINDOW } from '../../../contracts/calibrate/probes.js';
import { AMBIGUITIES } from '../../../contracts/index.js';
import { type Case, type CaseFile, codesOf } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { resultsUnder } from '../../../contracts/kit/reading-cases.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import { type CaseRow, failuresIn, resultsOf } from '../wrong-carriers/run.js';
import { calibrated } from './target.js';

const WIDTHS = ['window:1m', 'window:30d'] as const;

/** An example for `refused:<code>`: a code of one operation. */
const OTHER_CODES: Readonly<Record<string, string>> = {
  'content-type': '103412',
  'json-null': '103414',
  'msgid-replay': '105313',
  'unknown-app-at-verify': '999',
};

interface OtherOption {
  readonly reading: string;
  readonly option: string;
}

const OTHER_OPTIONS: readonly OtherOption[] = AMBIGUITIES.flatMap((row) =>
  row.readings.flatMap(({ option }) => {
    if (option === row.default) return [];
    if (option.startsWith(`${WINDOW}:`))
      return WIDTHS.map((width) => ({ reading: row.id, option: width }));
    return [{ reading: row.id, option: option.replace('<code>', OTHER_CODES[row.id] ?? '') }];
  }),
);

function knownBy({ reading, option }: OtherOption): Known {
  const settled = { option, observedOn: '2026-11-27', evidence: [] };
  return { readings: { [reading]: settled }, codes: {} };
}

function rowsOf(files: readonly CaseFile[]): readonly CaseRow[] {
  return files.flatMap(({ operation, cases }) =>
    cases.map((testCase) => ({ operation, testCase })),
  );
}

function resultsBy(
  rows: readonly CaseRow[],
  { reading, option }: OtherOption,
): Promise<readonly CaseResult[]> {
  const readings = { ...DEFAULT_READINGS, [reading]: option } as typeof DEFAULT_READINGS;
  const known = knownCarrier({ ...knownBy({ reading, option }), precedence: {}, statuses: {} });
  return resultsOf(rows, { settings: { readings } }, known);
}

const caseIn = (known: Known, id: string) =>
  calibratedCases(CASE_FILES, known)
    .files.flatMap(({ cases }) => cases)
    .find((one) => one.id === id);

const SAMPLE_MAX = 60;
const EMPTY: Known = { readings: {}, codes: {} };

test('an empty calibration changes nothing', () => {
  expect(calibratedCases(CASE_FILES, EMPTY)).toEqual({ files: CASE_FILES, disabled: [] });
});

test.each(OTHER_OPTIONS)(
  '$reading=$option: its cases pass at a carrier with this option',
  async (other) => {
    const known = knownBy(other);
    const { files, disabled } = calibratedCases(CASE_FILES, known);
    const left = disabled.map((row) => row.case);
    const signature = resultsUnder({ id: other.reading, option: other.option });
    const isAffected = ({ id, ambiguity, when }: Case) =>
      signature?.shownAt(id) !== undefined ||
      ambiguity === other.reading ||
      when?.timeOffset !== undefined;
    const affected = rowsOf(files).filter(
      ({ testCase }) => isAffected(testCase) && !left.includes(testCase.id),
    );
    expect(affected.length).toBeGreaterThan(0);
    // refused-call-uses-token affects half of all cases.
    const rows = affected.filter((_, at) => at % Math.ceil(affected.length / SAMPLE_MAX) === 0);
    const failures = failuresIn(await resultsBy(rows, other));
    expect(failures, failures).toBe('');
  },
);

test('an ambiguous case has one code when its reading is settled', () => {
  const id = 'loginTokenValidate/103000/md5-sign-lower-case';
  const usual = knownBy({ reading: 'login-md5-case', option: 'any' });
  expect(caseIn(usual, id)?.then).toMatchObject({ resultCode: '103000' });
  const other = knownBy({ reading: 'login-md5-case', option: 'upper' });
  expect(caseIn(other, id)?.then).toEqual({ resultCode: '103101' });
});

test.each([
  { code: '103101', decidedBy: 'signValid' },
  { code: '104201', decidedBy: undefined },
])('the order of two mistakes determines the code: $code', ({ code, decidedBy }) => {
  const id = 'loginTokenValidate/precedence/sign-before-unknown-token';
  const known: Known = {
    ...EMPTY,
    codes: { [id]: { code, evidence: [] } },
  };
  const found = caseIn(known, id);
  expect(found && codesOf(found.then)).toEqual([code]);
  expect(found?.then.decidedBy).toBe(decidedBy);
});

test('a case that two readings change in different ways is disabled, with both in the reason', () => {
  const id = 'tokenValidate/000/a-call-after-a-refused-one';
  const readings = {
    ...knownBy({ reading: 'refused-call-uses-token', option: 'yes' }).readings,
    ...knownBy({ reading: 'daily-quota-counts', option: 'every-call' }).readings,
  };
  const { disabled } = calibratedCases(CASE_FILES, { ...EMPTY, readings });
  expect(disabled).toContainEqual({
    case: id,
    reason: expect.objectContaining({
      en: expect.stringContaining('refused-call-uses-token=yes, daily-quota-counts=every-call'),
    }),
  });
});

test('a calibration of the mock settles the ambiguous cases that need no control API', async () => {
  const known = await calibrated({ limit: 6 });
  const open = (files: typeof CASE_FILES) =>
    rowsOf(files).filter(
      ({ testCase }) => codesOf(testCase.then).length > 1 && testCase.ambiguity !== undefined,
    ).length;
  const { files, disabled } = calibratedCases(CASE_FILES, known);
  expect(disabled).toEqual([]);
  expect(open(files)).toBeLessThan(open(CASE_FILES) / 2);
});
