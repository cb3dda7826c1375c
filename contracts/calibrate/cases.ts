/** The kit's cases for calibration: with a live token, or with a token that was never issued. */

import type { Operation } from '../index.js';
import { type Case, type CaseRequest, codesOf, type Given, type Step, type When } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { FACTS } from '../kit/operations.js';
import { needsOf } from '../kit/provider.js';
import { EXPAND_PARAMS, MESSAGE } from './visible-readings.js';

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

interface BadRequest {
  readonly code: string;
  readonly case: string;
}

export interface Controls {
  /** A good request, except for the unknown token of the case. */
  readonly good: string;
  readonly goodWhen: When;
  /** The codes for a token that was never issued. */
  readonly unknownToken: readonly string[];
  /** A good request with a live token. */
  readonly success: { readonly case: string; readonly code: string };
  /** The first has a wrong signature. Each shows that its mistake is checked before the token. */
  readonly bad: readonly BadRequest[];
}

const CONTROLS: Readonly<Record<Operation, Controls>> = {
  loginTokenValidate: {
    good: 'loginTokenValidate/104201/unknown',
    goodWhen: {},
    unknownToken: [FACTS.loginTokenValidate.tokenCode, '103113'],
    success: { case: 'loginTokenValidate/103000/md5', code: '103000' },
    bad: [
      { code: '103101', case: 'loginTokenValidate/precedence/sign-before-unknown-token' },
      { code: '103412', case: 'loginTokenValidate/103412/not-json' },
      { code: '103211', case: 'loginTokenValidate/103211/strictcheck-boolean' },
      { code: '103414', case: 'loginTokenValidate/103414/systemtime-16' },
    ],
  },
  tokenValidate: {
    good: 'tokenValidate/606/unknown',
    goodWhen: {
      fields: [
        { op: 'add', path: '/body/message', value: MESSAGE },
        { op: 'add', path: '/body/expandParams', value: EXPAND_PARAMS },
      ],
    },
    unknownToken: [FACTS.tokenValidate.tokenCode],
    success: { case: 'tokenValidate/000/plain', code: '000' },
    bad: [
      { code: '302', case: 'tokenValidate/302/other-sign' },
      { code: '004', case: 'tokenValidate/precedence/phone-num-and-unknown-token' },
      { code: '303', case: 'tokenValidate/303/not-json' },
      { code: '102', case: 'tokenValidate/102/timestamp-16-digits' },
    ],
  },
  h5TokenValidate: {
    good: 'h5TokenValidate/104007/unknown',
    goodWhen: {},
    unknownToken: [FACTS.h5TokenValidate.tokenCode, '104019'],
    success: { case: 'h5TokenValidate/103000/rsa', code: '103000' },
    bad: [
      { code: '104013', case: 'h5TokenValidate/104013/other-order' },
      { code: '103002', case: 'h5TokenValidate/103002/no-trace-id' },
      { code: '103005', case: 'h5TokenValidate/103005/not-json' },
      { code: '104001', case: 'h5TokenValidate/104001/other-product' },
    ],
  },
};

export function controlsOf(operation: Operation): Controls {
  return CONTROLS[operation];
}
