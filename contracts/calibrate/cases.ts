/** The kit's cases for calibration: with a live token, or with a token that was never issued. */

import type { Operation } from '../index.js';
import type { Case, Given, Step, When } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { CONTROLS } from './controls.js';

interface Row {
  readonly operation: Operation;
  readonly testCase: Case;
}

const ROWS: ReadonlyMap<string, Row> = new Map(
  CASE_FILES.flatMap(({ operation, cases }) =>
    cases.map((testCase) => [testCase.id, { operation, testCase }] as const),
  ),
);

export function rowOf(id: string): Row {
  const row = ROWS.get(id);
  if (row === undefined) throw new TypeError(`the kit has no case ${id}`);
  return row;
}

export interface CaseVariant {
  readonly case: string;
  readonly when?: When | undefined;
  readonly given?: Given | undefined;
  /** Uses the unknown token of the case, because its format matters, instead of that of the good request. */
  readonly ownToken?: true;
}

/** Accepts any code; judge.ts decides what it means. */
const ANY_CODE: Case['then'] = { resultCode: [] };
const ANY_CODE_AND_NUMBER: Case['then'] = { ...ANY_CODE, equal: { '/msisdn': '{phoneNumber}' } };

export function liveCase({ case: id, when, given }: CaseVariant): Case {
  const { testCase, operation } = rowOf(id);
  const expected = operation === 'loginTokenValidate' ? ANY_CODE_AND_NUMBER : ANY_CODE;
  return withExpectation(expected, { ...testCase, ...changed(when, given) });
}

/** Earlier calls that succeed with a live token are expected to be refused for their token. */
export function freeCase({ case: id, when, given: other, ownToken }: CaseVariant, goodCode: string): Case {
  const { testCase, operation } = rowOf(id);
  const form: Case = { ...testCase, ...changed(when, other) };
  const before = form.before?.map((step) => withoutToken(step, operation, goodCode));
  const isOwn = ownToken === true && form.given?.token !== undefined;
  const text = unknownTokenOf(isOwn ? id : CONTROLS[operation].good);
  const given: Given = { ...form.given, token: { text } };
  return withExpectation(ANY_CODE, { ...form, given, ...(before !== undefined && { before }) });
}

export function withExpectation(expected: Case['then'], testCase: Case): Case {
  // biome-ignore lint/suspicious/noThenProperty: a case is data and never awaited
  return { ...testCase, then: expected };
}

function changed(when: When | undefined, given: Given | undefined): Partial<Case> {
  return { ...(when !== undefined && { when }), ...(given !== undefined && { given }) };
}

function unknownTokenOf(id: string): string {
  const token = rowOf(id).testCase.given?.token;
  if (token !== undefined && 'text' in token) return token.text;
  throw new TypeError(`${id} uses a live token`);
}

function withoutToken(step: Step, operation: Operation, goodCode: string): Step {
  return 'call' in step && step.resultCode === CONTROLS[operation].success.code
    ? { ...step, resultCode: goodCode }
    : step;
}
