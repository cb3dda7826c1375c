/** The requests of a calibration without live tokens, which show whether the carrier responds alike, and good requests with them. */
import type { Operation } from '../index.js';
import { controlsOf, liveCase, rowOf } from './cases.js';
import { noCode, type RequestResult } from './read-answer.js';
import type { RequestSender, RequestToSend } from './send-request.js';

type UnpaidRequest = Omit<RequestToSend, 'live'>;

/** The results of one request, which was sent twice. */
export interface Pair {
  readonly first: RequestResult;
  readonly second: RequestResult;
  /** Of both responses; undefined if they differ, or have none. */
  readonly code: string | undefined;
  readonly evidence: readonly string[];
}

export type Session = ReturnType<typeof createSession>;

// A failure of the carrier (999, 系统异常): the next response may differ.
const TRANSIENT = ['999'];
// A missing response takes the whole time limit, so an unreachable carrier gets no more requests.
const UNANSWERED_MAX = 5;
const NOT_SENT = {
  en: `not sent after ${UNANSWERED_MAX} requests without a response`,
  zh: `连续 ${UNANSWERED_MAX} 个请求没有响应，其余的没有发送`,
};

/** The requests of a run without live tokens. Each is sent twice, which shows whether the operation is stable. */
export function createSession(sender: RequestSender) {
  const unsteady = new Map<Operation, readonly string[]>();
  const once = repeatedOnce(sender);
  return {
    sender,
    once,
    pair: async (request: UnpaidRequest): Promise<Pair> => {
      const first = await once(request);
      const second = await once(request);
      const isAlike = first.code === second.code;
      // Different codes for one request: the operation is not reliable.
      if (!isAlike && first.code !== undefined && second.code !== undefined) {
        unsteady.set(request.operation, [first.code, second.code]);
      }
      const code = isAlike ? first.code : undefined;
      return { first, second, code, evidence: [first.evidence, second.evidence] };
    },
    /** The different codes for one request. */
    unsteady: (operation: Operation) => unsteady.get(operation),
  };
}

/** Sends a request once, and again if there was no response. */
function repeatedOnce(sender: RequestSender) {
  const unanswered = new Map<Operation, number>();
  const isGone = (operation: Operation) => (unanswered.get(operation) ?? 0) >= UNANSWERED_MAX;
  const sendOnce = async (request: UnpaidRequest): Promise<RequestResult> => {
    const { operation } = request;
    const answer = await sender.send({ ...request, live: false });
    const inSequence = unanswered.get(operation) ?? 0;
    unanswered.set(operation, answer.isAnswered ? 0 : inSequence + 1);
    return answer;
  };
  return async (request: UnpaidRequest): Promise<RequestResult> => {
    const { operation } = request;
    if (isGone(operation)) {
      return { operation, evidence: '', ...noCode(NOT_SENT), issued: undefined };
    }
    const first = await sendOnce(request);
    const isFinal = first.code !== undefined && !TRANSIENT.includes(first.code);
    return isFinal || isGone(operation) ? first : sendOnce(request);
  };
}

export type LiveControls = ReturnType<typeof liveControls>;

/** Good requests with live tokens, one for each operation unless it is repeated. They show that the tokens work. */
export function liveControls(sender: RequestSender) {
  const known = new Map<Operation, RequestResult>();
  const send = (operation: Operation) => {
    const { success, goodWhen } = controlsOf(operation);
    const testCase = liveCase({ case: success.case, when: goodWhen });
    const judgedAs = rowOf(success.case).testCase;
    return sender.send({ operation, testCase, judgedAs, live: true, label: `${operation}-live` });
  };
  return {
    isKnown: (operation: Operation) => known.has(operation),
    of: async (operation: Operation) => {
      const control = known.get(operation) ?? (await send(operation));
      known.set(operation, control);
      return control;
    },
    again: send,
    isSuccess: ({ operation, code, numberRight, echoes }: RequestResult) =>
      code === controlsOf(operation).success.code && numberRight && echoes,
    all: () => [...known.values()],
  };
}
