/** The requests of a run without live tokens. Each is sent twice, which shows whether the operation is stable. */
import type { Operation } from '../index.js';
import type { Case } from '../provider/case.js';
import type { Asked, Asker } from './ask.js';
import { isUnsteady, type Pair } from './judge.js';

export interface Session {
  readonly asker: Asker;
  /** Sends a request once, and again if there was no response. */
  once(question: FreeQuestion): Promise<Asked>;
  pair(question: FreeQuestion): Promise<Pair>;
  /** The different codes for one request. */
  unsteady(operation: Operation): readonly string[] | undefined;
}

export interface FreeQuestion {
  readonly operation: Operation;
  readonly testCase: Case;
  readonly label: string;
}

// A missing response takes the whole time limit, so an unreachable carrier gets no more requests.
const UNANSWERED_MAX = 5;

export function createSession(asker: Asker): Session {
  const unanswered = new Map<Operation, number>();
  const unsteady = new Map<Operation, readonly string[]>();

  const asked = async (question: FreeQuestion): Promise<Asked> => {
    const answer = await asker.ask({ ...question, live: false });
    const count = answer.code === undefined ? (unanswered.get(question.operation) ?? 0) + 1 : 0;
    unanswered.set(question.operation, count);
    return answer;
  };
  const isGone = (operation: Operation) => (unanswered.get(operation) ?? 0) >= UNANSWERED_MAX;

  const once = async (question: FreeQuestion): Promise<Asked> => {
    if (isGone(question.operation)) return notAsked(question.operation);
    const first = await asked(question);
    return first.code !== undefined || isGone(question.operation) ? first : asked(question);
  };

  return {
    asker,
    once,
    pair: async (question) => {
      const pair: Pair = [await once(question), await once(question)];
      if (isUnsteady(pair))
        unsteady.set(
          question.operation,
          pair.map(({ code }) => code ?? ''),
        );
      return pair;
    },
    unsteady: (operation) => unsteady.get(operation),
  };
}

function notAsked(operation: Operation): Asked {
  const reason = `not sent after ${UNANSWERED_MAX} requests without a response`;
  return { operation, evidence: '', code: undefined, reason, json: undefined, echoes: false, numberRight: false };
}
