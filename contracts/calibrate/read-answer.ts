/** Reads the response to a request of a calibration: its code, its form, and what its values show. */
import type { Operation } from '../index.js';
import { answerFields, requestFields } from '../kit/documents.js';
import { FACTS, readableMsgId, resultCodeIn } from '../kit/operations.js';
import { valueAt } from '../kit/pointer.js';
import type { MadeCall, OtherCode } from '../kit/send-case.js';
import { beijingTimeToMs } from '../kit/time.js';
import type { WireAnswer, WireRequest } from '../kit/wire.js';
import { noCode, type ReadAnswer } from './request-result.js';
import { echoesIn, type Form, formOf } from './response-form.js';

/** A response with a code. */
export interface SeenResponse {
  readonly operation: Operation;
  readonly code: string;
  readonly text: string;
  readonly status: number;
  readonly contentType: string;
  readonly ms: number;
  readonly form: Form;
  readonly echoes: readonly string[];
}

// A gateway without its carrier. With 408 and 429 the carrier did not look at the request, unless it sends a code.
const GATEWAY = [502, 503, 504];
const NOT_NOW = [...GATEWAY, 408, 429];
interface Exchanged {
  readonly wire: WireRequest;
  readonly answer: WireAnswer;
  readonly ms: number;
}

export function seenResponse(
  operation: Operation,
  { wire, answer, ms }: Exchanged,
): readonly SeenResponse[] {
  const { status, headers } = answer;
  const json = answerFields(operation, answer);
  const code = resultCodeIn(operation, json);
  if (GATEWAY.includes(status) || code === undefined) return [];
  const text = valueAt(json, FACTS[operation].response.text);
  const contentType = headers['content-type'] ?? '';
  const sent = typeof text === 'string' ? text : '';
  const row = { operation, code, text: sent, status, contentType, ms: Math.max(0, Math.round(ms)) };
  return [{ ...row, ...formsIn(operation, json, wire) }];
}

function formsIn(operation: Operation, json: unknown, { headers, body }: WireRequest) {
  // A carrier that accepts a byte order mark reads the fields after it.
  const read = body.subarray(body.indexOf(MARK) === 0 ? MARK.length : 0);
  const sent = requestFields(operation, { headers, body: read });
  const form = formOf({ operation, json, sent }) ?? {};
  return { form, echoes: echoesIn(operation, sent) };
}

const MARK = Buffer.from('\ufeff');

export function readAnswer(operation: Operation, call: MadeCall): ReadAnswer {
  const { status, headers, body } = call.answer;
  const json = answerFields(operation, call.answer);
  const code = resultCodeIn(operation, json);
  if (isOfGateway(status, code)) return noCode(`HTTP ${status}`);
  const contentType = headers['content-type'] ?? '';
  return {
    code: code ?? `HTTP ${status}`,
    reason: '',
    isAnswered: true,
    json,
    msgId: readableMsgId(operation, call.request.sent),
    ...valuesIn(operation, call, json),
    reply: code === undefined ? { status, contentType, body } : undefined,
    response: code === undefined ? undefined : responseOf(operation, call, json),
  };
}

/** The case expects another code of a call before the judged one. */
export function readOtherCode(operation: Operation, call: OtherCode): ReadAnswer {
  const read = readAnswer(operation, call);
  if (!read.isAnswered) return read;
  const reason = { en: `an earlier call: ${call.received}`, zh: `前一次调用：${call.received}` };
  return { ...noCode(reason), isAnswered: true };
}

function responseOf(
  operation: Operation,
  { answer, request }: MadeCall,
  json: unknown,
): ReadAnswer['response'] {
  const text = valueAt(json, FACTS[operation].response.text);
  return {
    status: answer.status,
    text: typeof text === 'string' ? text : '',
    ...formsIn(operation, json, request.wire),
  };
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
