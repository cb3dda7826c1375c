/** A sent request, a check of all sent requests, and the requests that fail it. */

import type { Bilingual, Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { Row } from '../kit/case.js';
import { FACTS, type OperationFacts } from '../kit/operations.js';
import { type Values, valueAt } from '../kit/pointer.js';
import { type CaseResult, type Difference, resultOf, shown } from '../kit/result.js';
import type { WireRequest } from '../kit/wire.js';
import { TEXTS } from './words.js';

export interface Offence<S extends Sent = Sent> {
  readonly evidence: S;
  readonly problems: readonly Difference[];
  /** The earlier request that makes this one an offence. */
  readonly earlier?: S;
}

/** The requests do not have what the check needs. */
export interface NotJudged {
  readonly why: Bilingual;
}

/** The offences, in the order of the requests: none if all pass. Or not judged. */
export type RequestsVerdict<S extends Sent = Sent> = readonly Offence<S>[] | NotJudged;

export interface SentCheck {
  /** Judges all requests of this operation's scenarios, in order. `before` has the requests of the operations before it. */
  judge<S extends Sent>(sent: readonly S[], before: readonly S[]): RequestsVerdict<S>;
  /** Prefixes of the mock's finding ids that explain a failure of this check. */
  readonly findings: readonly string[];
}

/** @param parts What is known about the first offence. */
export async function sentResult<S extends Sent>(
  start: {
    readonly suite: 'consumer' | 'replay';
    readonly operation: Operation;
    readonly row: Row;
  },
  verdict: RequestsVerdict<S>,
  parts: (first: Offence<S>, others: readonly Offence<S>[]) => Promise<Partial<CaseResult>>,
): Promise<CaseResult> {
  const { suite, operation, row } = start;
  if ('why' in verdict)
    return resultOf(suite, operation, row, {
      status: 'skip',
      differences: [],
      reason: verdict.why,
    });
  const [first, ...others] = verdict;
  if (first === undefined) return resultOf(suite, operation, row, { differences: [] });
  const { problems: differences } = first;
  return resultOf(suite, operation, row, { differences, ...(await parts(first, others)) });
}

/** The result for one request. */
export type Judged = NotJudged | readonly Difference[];

/** A check of each request alone. */
export function eachRequest(
  judge: (evidence: Sent) => Judged,
  findings: readonly string[],
): SentCheck {
  return {
    findings,
    judge: (sent) => {
      const judged = sent.map((evidence) => ({ evidence, outcome: judge(evidence) }));
      const notJudged = judged.map(({ outcome }) => outcome).filter((outcome) => 'why' in outcome);
      if (notJudged.length === judged.length) return notJudged[0] ?? { why: TEXTS.nothingSent };
      return judged.flatMap(({ evidence, outcome }) =>
        'why' in outcome || outcome.length === 0 ? [] : [{ evidence, problems: outcome }],
      );
    },
  };
}

/** A check that needs a JSON body. Whether the body is JSON is a separate check. */
export function eachReadable(
  judge: (evidence: Sent) => Judged,
  findings: readonly string[],
): SentCheck {
  return eachRequest(
    (evidence) => (evidence.fields === undefined ? { why: TEXTS.notReadable } : judge(evidence)),
    findings,
  );
}

/** A sent request. Undefined members are unknown. */
export interface Sent {
  readonly operation: Operation;
  readonly request: Partial<WireRequest> & Pick<WireRequest, 'body'>;
  /** Whether the complete request arrived. */
  readonly whole: boolean;
  /** Whether it followed the recorder's redirect. */
  readonly followed: boolean;
  readonly atMs: number | undefined;
  /** The JSON object of the body; undefined if the body is not one. */
  readonly fields: unknown;
  /** Credentials, token and number, by their names in recipes. */
  readonly values: Values;
  /** The rule that decided the request, if a mock reports it. */
  readonly decidedBy: string | undefined;
  /** The number of charged calls in the scenario. */
  readonly charged: number | undefined;
}

/** A field that the requests of all operations have. */
export type FieldName = Exclude<keyof OperationFacts['request'], 'phoneNum'>;

export function field(
  { operation, fields }: Pick<Sent, 'operation' | 'fields'>,
  name: FieldName,
): unknown {
  return valueAt(fields, FACTS[operation].request[name]);
}

export function otherThan(expected: Words, evidence: Sent, name: FieldName): Difference {
  return {
    rule: 'request',
    at: FACTS[evidence.operation].request[name],
    expected,
    received: shown(field(evidence, name)),
  };
}

const MASKED_TOKEN = /^STsid…[0-9A-Za-z]{0,4}$/;

/** Whether the value is a token masked by a report or a saved exchange. It cannot be checked. */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && MASKED_TOKEN.test(value);
}
