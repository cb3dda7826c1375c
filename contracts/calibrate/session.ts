/** The requests of a run without live tokens. Each is sent twice, which shows whether the operation is stable. */
import type { Operation } from '../index.js';
import type { Case } from '../kit/case.js';
import { isUnsteady, type Pair } from './judge.js';
import type { RequestResult, RequestSender } from './send-request.js';

export interface Session {
  readonly sender: RequestSender;
  /** Sends a request once, and again if there was no response. */
  once(request: UnpaidRequest): Promise<RequestResult>;
  pair(request: UnpaidRequest): Promise<Pair>;
  /** The different codes for one request. */
  unsteady(operation: Operation): readonly string[] | undefined;
}

export interface UnpaidRequest {
  readonly operation: Operation;
  readonly testCase: Case;
  readonly label: string;
}

// A missing response takes the whole time limit, so an unreachable carrier gets no more requests.
const UNANSWERED_MAX = 5;

export function createSession(sender: RequestSender): Session {
  const unanswered = new Map<Operation, number>();
  const unsteady = new Map<Operation, readonly string[]>();

  const sendOnce = async (request: UnpaidRequest): Promise<RequestResult> => {
    const answer = await sender.send({ ...request, live: false });
    const count = answer.code === undefined ? (unanswered.get(request.operation) ?? 0) + 1 : 0;
    unanswered.set(request.operation, count);
    return answer;
  };
  const isGone = (operation: Operation) => (unanswered.get(operation) ?? 0) >= UNANSWERED_MAX;

  const once = async (request: UnpaidRequest): Promise<RequestResult> => {
    if (isGone(request.operation)) return notSent(request.operation);
    const first = await sendOnce(request);
    return first.code !== undefined || isGone(request.operation) ? first : sendOnce(request);
  };

  return {
    sender,
    once,
    pair: async (request) => {
      const pair: Pair = [await once(request), await once(request)];
      if (isUnsteady(pair))
        unsteady.set(
          request.operation,
          pair.map(({ code }) => code ?? ''),
        );
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
  return { operation, evidence: '', code: undefined, reason, json: undefined, echoes: false, numberRight: false };
}
