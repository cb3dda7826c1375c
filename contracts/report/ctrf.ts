/**
 * A run as CTRF JSON (https://ctrf.io). Consumers reject unknown fields, so the report has only the fields of every
 * version of the schema. The rest is in `extra`, under the package's name.
 */
import type { CaseResult, Run, Status } from '../results/result.js';
import { actionable } from './cause-lines.js';
import { causesOf, weightsOf } from './causes/causes.js';
import { gist, plainText, seenText } from './details.js';
import type { Language } from './words.js';

export interface CtrfOptions {
  readonly lang: Language;
}

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** A warning is neither passed nor failed. A case that could not be judged must not look passed. */
const STATUS_OF: Readonly<Record<Status, CtrfStatus>> = {
  pass: 'passed',
  fail: 'failed',
  warn: 'other',
  skip: 'skipped',
  disabled: 'skipped',
  error: 'failed',
};

const TOOL = 'cmpassport-mock';
const SPEC_VERSION = '0.0.0';
const INDENT = 2;

export function ctrfReport(run: Run, { lang }: CtrfOptions): string {
  const { results, suite, subject, kitVersion, startedAtMs, endedAtMs } = run;
  const report = {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    timestamp: new Date(endedAtMs).toISOString(),
    generatedBy: TOOL,
    results: {
      tool: { name: TOOL, version: kitVersion },
      summary: { ...summaryOf(results), start: Math.round(startedAtMs), stop: Math.round(endedAtMs) },
      tests: results.map((result) => testOf(result, lang)),
      extra: { [TOOL]: { suite, subject, causes: causesIn(run, lang) } },
    },
  };
  return `${JSON.stringify(report, undefined, INDENT)}\n`;
}

function causesIn(run: Run, lang: Language) {
  return actionable(causesOf(run)).map((cause) => ({
    kind: cause.kind,
    sentence: cause.sentence[lang],
    ...weightsOf(cause),
    cases: cause.results.map(({ id }) => id),
  }));
}

function summaryOf(results: readonly CaseResult[]): Readonly<Record<'tests' | CtrfStatus, number>> {
  const count = (ctrfStatus: CtrfStatus) => results.filter(({ status }) => STATUS_OF[status] === ctrfStatus).length;
  return {
    tests: results.length,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    pending: count('pending'),
    other: count('other'),
  };
}

function testOf(result: CaseResult, lang: Language) {
  const { suite, id, operation, status, durationMs, level, basis } = result;
  const message = gist(result, lang);
  return {
    name: id,
    status: STATUS_OF[status],
    rawStatus: status,
    duration: Math.round(durationMs),
    suite: [suite, operation],
    tags: [level, basis],
    ...(message !== '' && { message }),
    ...(result.differences.length > 0 && { trace: plainText(result, lang) }),
    extra: { [TOOL]: extraOf(result) },
  };
}

function extraOf({ description, source, seen, notChecked, finding, repeat }: CaseResult) {
  return {
    description,
    source,
    ...(seen !== undefined && { seen: seenText(seen) }),
    ...(notChecked !== undefined && { notChecked }),
    ...(finding !== undefined && { finding: finding.id }),
    ...(repeat !== undefined && { repeat }),
  };
}
