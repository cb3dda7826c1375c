/** Reads the response to a request of a calibration: its code, and what its values show. */
import type { Words } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';
import type { IssuedToken } from '../kit/control.js';
import { answerFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { MadeCall, OtherCode } from '../kit/send-case.js';
import { beijingTimeToMs } from '../kit/time.js';
import type { WireAnswer } from '../kit/wire.js';

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

/** A response with a code. */
export interface SeenResponse {
  readonly operation: Operation;
  readonly code: string;
  readonly text: string;
  readonly status: number;
}

// A gateway without its carrier. With 408 and 429 the carrier did not look at the request, unless it sends a code.
const GATEWAY = [502, 503, 504];
const NOT_NOW = [...GATEWAY, 408, 429];

export function seenResponse(operation: Operation, answer: WireAnswer): readonly SeenResponse[] {
  const { status } = answer;
  const json = answerFields(operation, answer);
  const code = resultCodeIn(operation, json);
  if (GATEWAY.includes(status) || code === undefined) return [];
  const text = valueAt(json, FACTS[operation].response.text);
  return [{ operation, code, text: typeof text === 'string' ? text : '', status }];
}

export function readAnswer(operation: Operation, call: MadeCall): ReadAnswer {
  const { status } = call.answer;
  const json = answerFields(operation, call.answer);
  const code = resultCodeIn(operation, json);
  if (isOfGateway(status, code)) return noCode(`HTTP ${status}`);
  return {
    code: code ?? `http-${status}`,
    reason: '',
    isAnswered: true,
    json,
    msgId: readableMsgId(operation, call.request.sent),
    ...valuesIn(operation, call, json),
  };
}

/** The case expects another code of a call before the judged one. */
export function readOtherCode(operation: Operation, call: OtherCode): ReadAnswer {
  const read = readAnswer(operation, call);
  if (!read.isAnswered) return read;
  const reason = { en: `an earlier call: ${call.received}`, zh: `前一次调用：${call.received}` };
  return { ...noCode(reason), isAnswered: true };
}

function isOfGateway(status: number, code: string | undefined): boolean {
  return (code === undefined ? NOT_NOW : GATEWAY).includes(status);
}

/** What the values of a response show: the msgid, the number, and the carrier's clock. */
function valuesIn(operation: Operation, { request, values, nowMs }: MadeCall, json: unknown) {
  const { echo, phoneNumber: numberAt, time: timeAt } = FACTS[operation].response;
  const msgId = readableMsgId(operation, request.sent);
  const echoed = valueAt(json, echo) ?? '';
  const atMs = beijingTimeToMs(valueAt(json, timeAt));
  return {
    echoes: msgId === undefined || echoed === '' || echoed === msgId,
    numberRight: numberAt === undefined || valueAt(json, numberAt) === values['phoneNumber'],
    clockOffMs: atMs === undefined ? undefined : atMs - nowMs,
  };
}
