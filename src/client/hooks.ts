/** What a client reports about its calls, for logs, metrics and traces. No event contains a secret, a token or a number. */
import { elapsedMs } from './ambient.js';
import type { PhoneNumberAnswer, VerificationAnswer } from './answers.js';
import { CmpassportError, type ExchangeIdentity } from './errors.js';
import type { H5Answer } from './h5.js';

/** The answer of any method. */
export type ClientAnswer = PhoneNumberAnswer | VerificationAnswer | H5Answer;

/** An exchange in progress. */
export interface Exchange extends ExchangeIdentity {
  /** Set when fetch is called. Reset if an error proves that nothing was sent. */
  maybeSent: boolean;
  /** The number of the last attempt. */
  attempt: number;
  /** The time of the first attempt; undefined before it. */
  startedMs: number | undefined;
}

/** An attempt to send a request. A call has several only if the earlier ones sent nothing. */
export interface RequestEvent extends ExchangeIdentity {
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** The end of a call that attempted to send its request: an answer, or an error. `attempt` is the last attempt. */
export interface ResponseEvent extends RequestEvent {
  /** Milliseconds since the first attempt. */
  readonly durationMs: number;
  /** The kind of the answer, or `error`. */
  readonly kind: ClientAnswer['kind'] | 'error';
  /** The result code of the answer, or the `code` of the error. */
  readonly code: string;
}

export interface Hooks {
  readonly onRequest: ((event: RequestEvent) => void) | undefined;
  readonly onResponse: ((event: ResponseEvent) => void) | undefined;
}

/** Calls a hook. A log or a metric that fails must not cost the user's login, so its error is ignored. */
export async function notify<E>(
  hook: ((event: E) => unknown) | undefined,
  event: E,
): Promise<void> {
  try {
    await hook?.(event);
  } catch {
    // Ignored, also if the hook is asynchronous.
  }
}

/** Runs a call and reports its end, unless it ends before its first attempt. */
export async function reported<A extends ClientAnswer>(
  onResponse: Hooks['onResponse'],
  exchange: Exchange,
  run: () => Promise<A>,
): Promise<A> {
  const report = (outcome: Pick<ResponseEvent, 'kind' | 'code'>) => {
    const { operation, msgId, attempt, startedMs } = exchange;
    if (startedMs === undefined) return;
    void notify(onResponse, {
      operation,
      msgId,
      attempt,
      durationMs: elapsedMs() - startedMs,
      ...outcome,
    });
  };
  try {
    const answer = await run();
    report({ kind: answer.kind, code: answer.resultCode });
    return answer;
  } catch (error) {
    report({ kind: 'error', code: error instanceof CmpassportError ? error.code : 'unknown' });
    throw error;
  }
}
