/** CTRF JSON: of the shape that its consumers ask for, and honest about what has no status there. */
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

test('the summary counts what the tests say', () => {
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

test('the tool is this one, in its version', () => {
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
])('$result.status of $result.level is $status, and keeps its own name', ({ result, status }) => {
  expect(testOf(result.id)).toMatchObject({ status, rawStatus: result.status });
});

test('a failure has its gist as the message and the whole as the trace', () => {
  const failed = testOf(FAILED.id);
  expect(failed?.message).toContain('resultCode: expected 302, received 000');
  for (const text of ['输出64位大写字母', 'curl -sS', 'sign.case']) expect(failed?.trace).toContain(text);
  expect(failed?.extra['cmpassport-mock']).toMatchObject({ description: FAILED.description, finding: 'sign.case' });
});

test('a case that passed has no message', () => {
  expect(testOf(PASSED.id)).not.toHaveProperty('message');
});

test('a skip says why, in the language asked for', () => {
  expect(testOf(SKIPPED.id)?.message).toBe('needs the control API');
  expect(ctrfOf(runOf(SKIPPED), 'zh').tests[0]?.message).toBe('需要控制接口');
});

test('the code seen and what was not checked are there', () => {
  expect(testOf(OPEN.id)?.extra['cmpassport-mock']).toMatchObject({ seen: '103101', notChecked: ['decidedBy'] });
});

test('times are whole milliseconds', () => {
  const run = { ...runOf({ ...FAILED, durationMs: 0.4 }), startedAtMs: 1.5, endedAtMs: 2.4 };
  expect(ctrfOf(run).summary).toMatchObject({ start: 2, stop: 2 });
});

test('half a surrogate pair does not spoil the JSON', () => {
  const text = ctrfReport(runOf({ ...FAILED, answer: 'a\ud83d' }), { lang: 'en' });
  expect(Buffer.from(text).toString()).toBe(text);
});

test('a run without results is a report too', () => {
  expect(ctrfOf(runOf()).summary).toMatchObject({ tests: 0 });
});
