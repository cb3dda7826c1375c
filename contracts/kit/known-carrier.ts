/** What is known about a carrier before its responses are judged: the record of a calibration. */
import type { Operation } from '../index.js';
import type { CaseRequest } from './case.js';
import type { Difference } from './result.js';
import type { WireAnswer } from './wire.js';

export interface KnownCarrier {
  /** The encoding of phoneNum and `sign` with RSA at verify, if it is not that of the template. */
  rsaEncodingIn(testCase: CaseRequest): 'hex' | undefined;
  /** The differences that the record does not contain. */
  remaining(judged: JudgedAnswer, differences: readonly Difference[]): readonly Difference[];
}

export interface JudgedAnswer {
  readonly operation: Operation;
  readonly testCase: CaseRequest;
  readonly answer: WireAnswer;
}
