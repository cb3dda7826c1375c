/** CTRF JSON: valid for its consumers, also for statuses that CTRF does not have. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { ctrfReport } from '../../../contracts/report/ctrf.js';
import { CTRF_SCHEMA } from './ctrf-schema.js';
import { DISABLED, ERRED, FAILED, OPEN, PASSED, REPORTED, RUN, runOf, SKIPPED, WARNED } from './run.js';

interface CtrfTest {
  readonly name: string;
  readonly status: string;
  readonly rawStatus: string;
  readonly message?: string;
  readonly trace?: string;
  readonly extra: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Ctrf {
  readonly results: {
    readonly tool: Readonly<Record<string, string>>;
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly CtrfTest[];
  };
}

const isCtrf = new Ajv2020({ allErrors: true }).compile<Ctrf>(CTRF_SCHEMA);

function ctrfOf(run = RUN, lang: 'en' | 'zh' = 'en'): Ctrf['results'] {
  const report: unknown = JSON.parse(ctrfReport(run, { lang }));
  if (!isCtrf(report)) throw new Error(JSON.stringify(isCtrf.errors));
  return report.results;
}

function testOf(id: string): CtrfTest | undefined {
  return ctrfOf().tests.find(({ name }) => name === id);
}

test('the summary counts the statuses of the tests', () => {
  const { summary, tests } = ctrfOf();
  const count = (status: string) => tests.filter((one) => one.status === status).length;
  expect(summary).toEqual({
    tests: tests.length,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    pending: count('pending'),
    other: count('other'),
    start: RUN.startedAtMs,
    stop: RUN.endedAtMs,
  });
  expect(summary).toMatchObject({ tests: 8, passed: 3, failed: 2, skipped: 2, pending: 0, other: 1 });
});

test('the tool is this package with its version', () => {
  expect(ctrfOf().tool).toEqual({ name: 'cmpassport-mock', version: '0.1.0' });
});

test.each([
  { result: PASSED, status: 'passed' },
  { result: REPORTED, status: 'passed' },
  { result: FAILED, status: 'failed' },
  { result: ERRED, status: 'failed' },
  { result: WARNED, status: 'other' },
  { result: SKIPPED, status: 'skipped' },
  { result: DISABLED, status: 'skipped' },
])('$result.status of $result.level is $status, with the original status as rawStatus', ({ result, status }) => {
  expect(testOf(result.id)).toMatchObject({ status, rawStatus: result.status });
});

test('a failure has the differences as its message and all details as its trace', () => {
  const failed = testOf(FAILED.id);
  expect(failed?.message).toContain('resultCode: expected 302, received 000');
  for (const text of ['输出64位大写字母', 'curl -sS', 'sign.case']) expect(failed?.trace).toContain(text);
  expect(failed?.extra['cmpassport-mock']).toMatchObject({ description: FAILED.description, finding: 'sign.case' });
});

test('a passed case has no message', () => {
  expect(testOf(PASSED.id)).not.toHaveProperty('message');
});

test('a skipped case has its reason, in the requested language', () => {
  expect(testOf(SKIPPED.id)?.message).toBe('needs the control API');
  expect(ctrfOf(runOf(SKIPPED), 'zh').tests[0]?.message).toBe('需要控制接口');
});

test('the report has the received code and the effects that were not checked', () => {
  expect(testOf(OPEN.id)?.extra['cmpassport-mock']).toMatchObject({ seen: '103101', notChecked: ['decidedBy'] });
});

test('times are whole milliseconds', () => {
  const run = { ...runOf({ ...FAILED, durationMs: 0.4 }), startedAtMs: 1.5, endedAtMs: 2.4 };
  expect(ctrfOf(run).summary).toMatchObject({ start: 2, stop: 2 });
});

test('an unpaired surrogate does not break the JSON', () => {
  const text = ctrfReport(runOf({ ...FAILED, answer: 'a\ud83d' }), { lang: 'en' });
  expect(Buffer.from(text).toString()).toBe(text);
});

test('a run without results is a valid report', () => {
  expect(ctrfOf(runOf()).summary).toMatchObject({ tests: 0 });
});
