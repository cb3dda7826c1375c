/** What is written while the cases run. */
import { expect, test } from 'vitest';
import { progressEnd, progressStart, progressText } from '../../../contracts/report/progress.js';
import { ERRED, FAILED, PASSED, SKIPPED, WARNED } from './run.js';

const PIPE = { lang: 'en', colour: false, columns: undefined } as const;
const TERMINAL = { lang: 'en', colour: false, columns: 120 } as const;
const ANEW = '\r\x1b[2K';

test.each([
  { description: 'a case that passed', result: PASSED },
  { description: 'a failure', result: FAILED },
  { description: 'a warning', result: WARNED },
  { description: 'a skip', result: SKIPPED },
])('in a pipe $description says nothing: the report has it', ({ result }) => {
  expect(progressText([PASSED, result], 9, PIPE)).toBe('');
});

test('in a pipe one line says that it begins, and of what', () => {
  expect(progressStart(953, 'http://127.0.0.1:1', PIPE)).toBe('953 cases: http://127.0.0.1:1\n\n');
  expect(progressStart(953, 'a\x1bb', { ...PIPE, lang: 'zh' })).toBe('953 个用例：a\\u001bb\n\n');
  expect(progressStart(953, 'http://127.0.0.1:1', TERMINAL)).toBe('');
});

test('on a terminal one line is written anew, with how far it is, what went wrong and the case', () => {
  expect(progressText([PASSED, FAILED, ERRED, WARNED], 112, TERMINAL)).toBe(
    `${ANEW}  4/112  1 failed  1 could not be judged  1 with a warning  ${WARNED.id}`,
  );
});

test('on a terminal nothing wrong is nothing said', () => {
  expect(progressText([PASSED], 5, TERMINAL)).toBe(`${ANEW}1/5  ${PASSED.id}`);
});

test.each([
  { lang: 'en', columns: 40 },
  { lang: 'zh', columns: 40 },
  { lang: 'zh', columns: 41 },
  { lang: 'en', columns: 3 },
  { lang: 'en', columns: 1 },
  { lang: 'en', columns: 0 },
] as const)('on a terminal of $columns columns the line leaves one free ($lang)', ({ lang, columns }) => {
  const line = progressText([FAILED, ERRED], 112, { lang, columns, colour: false }).slice(ANEW.length);
  const width = line.length + (line.match(/[\u4e00-\u9fff]/g)?.length ?? 0);
  expect(width).toBeLessThanOrEqual(Math.max(columns - 1, 0));
});

test('the line is green until something fails', () => {
  expect(progressText([PASSED, WARNED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[32m');
  expect(progressText([FAILED, PASSED], 9, { ...TERMINAL, colour: true })).toContain('\x1b[31m');
});

test('the line goes at the end, where there is one', () => {
  expect(progressEnd(TERMINAL)).toBe(ANEW);
  expect(progressEnd(PIPE)).toBe('');
});

test('before the first result there is nothing to say', () => {
  expect(progressText([], 9, TERMINAL)).toBe('');
});
