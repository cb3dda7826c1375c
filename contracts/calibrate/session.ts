/** The requests of a calibration without live tokens, and whether the carrier responds to them alike. */
import type { Operation } from '../index.js';
import type { Pair } from './judge.js';
import { noCode, type RequestResult } from './request-result.js';
import type { RequestSender, RequestToSend } from './send-request.js';

type UnpaidRequest = Omit<RequestToSend, 'live'>;

/** The requests of a run without live tokens. Each is sent twice, which shows whether the operation is stable. */
export interface Session {
  readonly sender: RequestSender;
  /** Sends a request once, and again if there was no response. */
  once(request: UnpaidRequest): Promise<RequestResult>;
  pair(request: UnpaidRequest): Promise<Pair>;
  /** The different codes for one request. */
  unsteady(operation: Operation): readonly string[] | undefined;
}

// A failure of the carrier (999, 系统异常): the next response may differ.
const TRANSIENT = ['999'];
// A missing response takes the whole time limit, so an unreachable carrier gets no more requests.
const UNANSWERED_MAX = 5;

export function createSession(sender: RequestSender): Session {
  const unanswered = new Map<Operation, number>();
  const unsteady = new Map<Operation, readonly string[]>();

  const sendOnce = async (request: UnpaidRequest): Promise<RequestResult> => {
    const answer = await sender.send({ ...request, live: false });
    const count = !answer.isAnswered ? (unanswered.get(request.operation) ?? 0) + 1 : 0;
    unanswered.set(request.operation, count);
    return answer;
  };
  const isGone = (operation: Operation) => (unanswered.get(operation) ?? 0) >= UNANSWERED_MAX;

  const once = async (request: UnpaidRequest): Promise<RequestResult> => {
    if (isGone(request.operation)) return notSent(request.operation);
    const first = await sendOnce(request);
    const isFinal = first.code !== undefined && !TRANSIENT.includes(first.code);
    return isFinal || isGone(request.operation) ? first : sendOnce(request);
  };

  return {
    sender,
    once,
    pair: async (request) => {
      const pair: Pair = [await once(request), await once(request)];
      const codes = pair.flatMap(({ code }) => code ?? []);
      // Different codes for one request: the operation is not reliable.
      if (new Set(codes).size > 1) unsteady.set(request.operation, codes);
      return pair;
    },
    unsteady: (operation) => unsteady.get(operation),
  };
}

function notSent(operation: Operation): RequestResult {
  const reason = {
    en: `not sent after ${UNANSWERED_MAX} requests without a response`,
    zh: `连续 ${UNANSWERED_MAX} 个请求没有响应，其余的没有发送`,
  };
  return { operation, evidence: '', ...noCode(reason), issued: undefined };
}
