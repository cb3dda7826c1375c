/** What the response to one request of a calibration shows. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { IssuedToken } from '../kit/control.js';

export interface RequestResult {
  readonly operation: Operation;
  readonly evidence: string;
  /** The result code, or `http-404` for a response without one. Undefined if there was no response of the carrier. */
  readonly code: string | undefined;
  /** Why there is no code. */
  readonly reason: Words;
  /** Whether the carrier responded, although there may be no code for the request. */
  readonly isAnswered: boolean;
  readonly json: unknown;
  /** Whether the msgid in the response, if there is one, is that of the request. */
  readonly echoes: boolean;
  /** Whether the response has the number of the token. Always true at verify, whose responses have no number. */
  readonly numberRight: boolean;
  /** That of the request, if the body has one. */
  readonly msgId?: string | undefined;
  /** The expectations of a case that it does not meet, if it is compared with one. */
  readonly differences?: readonly string[];
  /** What the call before it got, if that may be any code. */
  readonly earlier?: ReadAnswer | undefined;
  /** The time in the response minus this machine's. */
  readonly clockOffMs?: number | undefined;
  /** The presented token. */
  readonly issued: IssuedToken | undefined;
}

export type ReadAnswer = Omit<RequestResult, 'operation' | 'evidence' | 'issued'>;

export function noCode(reason: Words): ReadAnswer {
  return {
    code: undefined,
    reason,
    isAnswered: false,
    json: undefined,
    echoes: false,
    numberRight: false,
  };
}
