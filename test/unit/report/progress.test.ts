/** The output while the cases run. */
import { expect, test } from 'vitest';
import { progressEnd, progressStart, progressText } from '../../../contracts/report/terminal.js';
import { ERRED, FAILED, PASSED, SKIPPED, WARNED } from './run.js';

const PIPE = { lang: 'en', colour: false, columns: undefined } as const;
const TERMINAL = { lang: 'en', colour: false, columns: 120 } as const;
const CLEAR_LINE = '\r\x1b[2K';

test.each([
  { description: 'a case that passed', result: PASSED },
  { description: 'a failure', result: FAILED },
  { description: 'a warning', result: WARNED },
  { description: 'a skip', result: SKIPPED },
])('in a pipe $description prints nothing', ({ result }) => {
  expect(progressText([PASSED, result], 9, PIPE)).toBe('');
});

test('in a pipe one line has the number of cases and the subject', () => {
  expect(progressStart(953, 'http://127.0.0.1:1', PIPE)).toBe('953 cases: http://127.0.0.1:1\n\n');
  expect(progressStart(953, 'a\x1bb', { ...PIPE, lang: 'zh' })).toBe('953 个用例：a\\u001bb\n\n');
  expect(progressStart(953, 'http://127.0.0.1:1', TERMINAL)).toBe('');
});

test('on a terminal one line is replaced, with the progress, the failures and the case', () => {
  expect(progressText([PASSED, FAILED, ERRED, WARNED], 112, TERMINAL)).toBe(
    `${CLEAR_LINE}  4/112  1 failed  1 could not be judged  1 with a warning  ${WARNED.id}`,
  );
});

test('on a terminal the line has no failures if there are none', () => {
  expect(progressText([PASSED], 5, TERMINAL)).toBe(`${CLEAR_LINE}1/5  ${PASSED.id}`);
});

test.each([
  { lang: 'en', columns: 40 },
  { lang: 'zh', columns: 40 },
  { lang: 'zh', columns: 41 },
  { lang: 'en', columns: 3 },
  { lang: 'en', columns: 1 },
  { lang: 'en', columns: 0 },
] as const)('on a terminal with $columns columns the line leaves one column free ($lang)', ({ lang, columns }) => {
  const line = progressText([FAILED, ERRED], 112, { lang, columns, colour: false }).slice(CLEAR_LINE.length);
  const width = line.length + (line.match(/[\u4e00-\u9fff]/g)?.length ?? 0);
  expect(width).toBeLessThanOrEqual(Math.max(columns - 1, 0));
});

test('the line is green until something fails', () => {
  expect(progressText([PASSED, WARNED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[32m');
  expect(progressText([FAILED, PASSED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[31m');
});

test('the line is cleared at the end', () => {
  expect(progressEnd(TERMINAL)).toBe(CLEAR_LINE);
  expect(progressEnd(PIPE)).toBe('');
});

test('before the first result nothing is printed', () => {
  expect(progressText([], 9, TERMINAL)).toBe('');
});
