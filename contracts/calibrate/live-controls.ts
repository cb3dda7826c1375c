/** Good requests with live tokens: they show that the tokens work. */
import type { Operation } from '../index.js';
import { controlsOf, liveCase } from './cases.js';
import type { RequestResult } from './request-result.js';
import type { RequestSender } from './send-request.js';

/** Good requests with live tokens, one for each operation unless it is repeated. */
export interface LiveControls {
  isKnown(operation: Operation): boolean;
  of(operation: Operation): Promise<RequestResult>;
  again(operation: Operation): Promise<RequestResult>;
  isSuccess(result: RequestResult): boolean;
  all(): readonly RequestResult[];
}

export function liveControls(sender: RequestSender): LiveControls {
  const known = new Map<Operation, RequestResult>();
  const send = (operation: Operation) => {
    const { success, goodWhen } = controlsOf(operation);
    const testCase = liveCase({ case: success.case, when: goodWhen });
    return sender.send({ operation, testCase, live: true, label: `${operation}-live` });
  };
  return {
    isKnown: (operation) => known.has(operation),
    of: async (operation) => {
      const control = known.get(operation) ?? (await send(operation));
      known.set(operation, control);
      return control;
    },
    again: send,
    isSuccess: ({ operation, code, numberRight, echoes }) =>
      code === controlsOf(operation).success.code && numberRight && echoes,
    all: () => [...known.values()],
  };
}
