/** The output while the cases run. */
import { expect, test } from 'vitest';
import { progressEnd, progressStart, progressText } from '../../../contracts/report/terminal.js';
import { ERRED, FAILED, PASSED, SKIPPED, WARNED } from './run.js';

const PIPE = { lang: 'en', colour: false, isTerminal: false } as const;
const TERMINAL = { lang: 'en', colour: false, isTerminal: true } as const;
const CLEAR_LINE = '\r\x1b[2K';

test('in a pipe only one line is printed, with the number of cases and the subject', () => {
  expect(progressStart(953, 'http://127.0.0.1:1', PIPE)).toBe('953 cases: http://127.0.0.1:1\n\n');
  expect(progressStart(953, 'a\x1bb', { ...PIPE, lang: 'zh' })).toBe('953 个用例：a\\u001bb\n\n');
  expect(progressStart(953, 'http://127.0.0.1:1', TERMINAL)).toBe('');
  for (const result of [PASSED, FAILED, WARNED, SKIPPED]) expect(progressText([PASSED, result], 9, PIPE)).toBe('');
  expect(progressEnd(PIPE)).toBe('');
});

test('on a terminal one line is replaced, with the progress and the failures, and cleared at the end', () => {
  expect(progressText([PASSED], 5, TERMINAL)).toBe(`${CLEAR_LINE}1/5`);
  expect(progressText([PASSED, FAILED, ERRED, WARNED], 112, TERMINAL)).toBe(
    `${CLEAR_LINE}  4/112  1 failed  1 could not be judged  1 with a warning`,
  );
  expect(progressEnd(TERMINAL)).toBe(CLEAR_LINE);
});

test('the line is green until something fails', () => {
  expect(progressText([PASSED, WARNED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[32m');
  expect(progressText([FAILED, PASSED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[31m');
});
