/** The results as JSON: the causes, and each result with its message in the language of the run. */
import { expect, test } from 'vitest';
import { jsonReport } from '../../../contracts/report/json.js';
import { modelOf } from '../../../contracts/report/model.js';
import { FAILED, PASSED, RUN, runOf } from './run.js';

test('the file has the counts, the causes and every result with its message', () => {
  const report = JSON.parse(jsonReport(modelOf(RUN, 'en')));
  expect(report).toMatchObject({
    suite: 'provider',
    counts: { pass: 3, fail: 1, warn: 1, skip: 1, disabled: 1, error: 1 },
    verdict: expect.stringContaining('Exit status 2'),
  });
  expect(report.results.map(({ id }: { readonly id: string }) => id)).toEqual(RUN.results.map(({ id }) => id));
  const failed = report.results.find(({ id }: { readonly id: string }) => id === FAILED.id);
  expect(failed).toMatchObject({ status: 'fail', level: 'MUST', finding: { id: 'sign.case' } });
  expect(failed.message).toContain('resultCode: expected 302, received 000');
  const [cause] = report.causes;
  expect(cause).toMatchObject({ kind: 'no-answer', failed: 1, warned: 0, reported: 0 });
  expect(cause.cases).toHaveLength(1);
});

test('the texts are in Chinese on request, and a run without problems has no causes', () => {
  const { results } = JSON.parse(jsonReport(modelOf(runOf(FAILED), 'zh')));
  expect(results[0].message).toContain('期望 302');
  expect(results[0].differences[1]).toEqual({ about: 'charged', expected: '0 次', received: '1 次' });
  expect(JSON.parse(jsonReport(modelOf(runOf(PASSED), 'en'))).causes).toEqual([]);
});

test('characters that control a terminal are JSON escapes', () => {
  const answer = '\u202e\u009b31m\u200b';
  const text = jsonReport(modelOf(runOf({ ...FAILED, answer }), 'en'));
  expect(text).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
  expect(JSON.parse(text).results[0].answer).toBe(answer);
});
