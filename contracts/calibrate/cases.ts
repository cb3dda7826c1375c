/** The kit's cases for calibration: with a live token, or with a token that was never issued. */

import type { Operation } from '../index.js';
import { type CaseRequest, codesOf, type Given, type GivenToken, type When } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { FACTS } from '../kit/operations.js';
import { needsOf } from '../kit/provider.js';

const ROWS = new Map(
  CASE_FILES.flatMap(({ operation, cases }) =>
    cases.map((testCase) => [testCase.id, { operation, testCase }] as const),
  ),
);

export function rowOf(id: string) {
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

/** The request with a live token. It has no expectations: judge.ts decides what a response means. */
export function liveCase({ case: id, when, given }: CaseVariant): CaseRequest {
  const { then: _, ...request } = rowOf(id).testCase;
  return { ...request, ...(when !== undefined && { when }), ...(given !== undefined && { given }) };
}

/** The request with an unknown token. Earlier calls that succeed with a live token are expected to be refused for it. */
export function freeCase(
  { case: id, when, given: other, ownToken }: CaseVariant,
  goodCode: string,
): CaseRequest {
  const { success, good } = controlsOf(rowOf(id).operation);
  const { given, before, ...request } = liveCase({ case: id, when, given: other });
  const isOwn = ownToken === true && given?.token !== undefined;
  const steps = before?.map((step) =>
    'call' in step && step.resultCode === success.code ? { ...step, resultCode: goodCode } : step,
  );
  return {
    ...request,
    given: { ...given, token: unknownTokenOf(isOwn ? id : good) },
    ...(steps !== undefined && { before: steps }),
  };
}

function unknownTokenOf(id: string): GivenToken {
  const token = rowOf(id).testCase.given?.token;
  if (token === undefined || !('text' in token)) throw new TypeError(`${id} uses a live token`);
  return token;
}

/** Whether the address of a request is a mistake depends on the caller; a used token needs a live one. */
const NEEDS_MORE = [
  'loginTokenValidate/precedence/app-before-ip',
  'loginTokenValidate/precedence/request-two-faults',
];

/** The cases with two mistakes and two codes that a profile can send. A token that was never issued is an additional mistake. */
export const TWO_MISTAKES: readonly string[] = [...ROWS].flatMap(
  ([id, { operation, testCase }]) => {
    const { before, then, ambiguity } = testCase;
    const isOfTwo =
      id.startsWith(`${operation}/precedence/`) &&
      codesOf(then).length === 2 &&
      ambiguity === undefined;
    const needsMore = needsOf(operation, testCase).some(
      (need) => need === 'control' || need === 'rsa',
    );
    return isOfTwo && before === undefined && !needsMore && !NEEDS_MORE.includes(id) ? [id] : [];
  },
);

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
