/** The kit's cases for calibration: with a live token, or with a token that was never issued. */

import type { Operation } from '../index.js';
import { type Case, type CaseRequest, codesOf, type Given, type Step, type When } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { FACTS } from '../kit/operations.js';
import { needsOf } from '../kit/provider.js';

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

/** The request with a live token. */
export function liveCase({ case: id, when, given }: CaseVariant): CaseRequest {
  return { ...requestOf(id), ...changed(when, given) };
}

/** The request with an unknown token. Earlier calls that succeed with a live token are expected to be refused for it. */
export function freeCase({ case: id, when, given: other, ownToken }: CaseVariant, goodCode: string): CaseRequest {
  const { operation } = rowOf(id);
  const form: CaseRequest = { ...requestOf(id), ...changed(when, other) };
  const before = form.before?.map((step) => withoutToken(step, operation, goodCode));
  const isOwn = ownToken === true && form.given?.token !== undefined;
  const text = unknownTokenOf(isOwn ? id : controlsOf(operation).good);
  return { ...form, given: { ...form.given, token: { text } }, ...(before !== undefined && { before }) };
}

/** Without the expectations: judge.ts decides what a response means. */
function requestOf(id: string): CaseRequest {
  const { then: _, ...request } = rowOf(id).testCase;
  return request;
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
  return 'call' in step && step.resultCode === controlsOf(operation).success.code
    ? { ...step, resultCode: goodCode }
    : step;
}

/** Whether the address of a request is a mistake depends on the caller; a used token needs a live one. */
const NEEDS_MORE = ['loginTokenValidate/precedence/app-before-ip', 'loginTokenValidate/precedence/request-two-faults'];

/** The cases with two mistakes and two codes that a profile can send. A token that was never issued is an additional mistake. */
export const TWO_MISTAKES: readonly string[] = [...ROWS].flatMap(([id, { operation, testCase }]) => {
  const { before, then, ambiguity } = testCase;
  const isOfTwo = id.startsWith(`${operation}/precedence/`) && codesOf(then).length === 2 && ambiguity === undefined;
  const needsMore = needsOf(operation, testCase).some((need) => need === 'control' || need === 'rsa');
  return isOfTwo && before === undefined && !needsMore && !NEEDS_MORE.includes(id) ? [id] : [];
});

export function controlsOf(operation: Operation) {
  const { tokenCode, calibration } = FACTS[operation];
  const { otherTokenCodes, ...controls } = calibration.controls;
  return {
    ...controls,
    /** A good request, except for its unknown token. */
    good: `${operation}/${tokenCode}/unknown`,
    /** The codes for a token that was never issued. */
    unknownToken: [tokenCode, ...otherTokenCodes],
  };
}
