/** The kit's cases for calibration: with a live token, or with a token that was never issued. */

import type { Operation } from '../index.js';
import type { CaseRequest, Given, GivenToken, When } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { FACTS } from '../kit/operations.js';

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
}

/** The request with a live token. It has no expectations: judge.ts decides what a response means. */
export function liveCase({ case: id, when, given }: CaseVariant): CaseRequest {
  const { then: _, ...request } = rowOf(id).testCase;
  return { ...request, ...(when !== undefined && { when }), ...(given !== undefined && { given }) };
}

/** The request with an unknown token. Earlier calls that succeed with a live token are expected to be refused for it. */
export function freeCase(
  { case: id, when, given: other }: CaseVariant,
  goodCode: string,
): CaseRequest {
  const { success, good } = controlsOf(rowOf(id).operation);
  const { given, before, ...request } = liveCase({ case: id, when, given: other });
  const steps = before?.map((step) =>
    'call' in step && step.resultCode === success.code ? { ...step, resultCode: goodCode } : step,
  );
  return {
    ...request,
    given: { ...given, token: unknownTokenOf(good) },
    ...(steps !== undefined && { before: steps }),
  };
}

function unknownTokenOf(id: string): GivenToken {
  const token = rowOf(id).testCase.given?.token;
  if (token === undefined || !('text' in token)) throw new TypeError(`${id} uses a live token`);
  return token;
}

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
