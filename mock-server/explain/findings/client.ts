/** Mistakes in how a client behaves over several requests. */
import { resultRow } from '../../../src/protocol/result-codes.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { EarlierRequest, Subject } from '../subject.js';
import { presentedToken } from '../token/presented-token.js';

export const CLIENT_FINDINGS: readonly FindingRow[] = [
  {
    id: 'client.retry',
    inLog: true,
    explains: ['tokenUnused'],
    title: { en: 'The same token was sent again', zh: '同一个 token 又发了一次' },
    detail: {
      en: 'Request {requestId} had been answered with this token before. Sending it again, by a retry after a timeout perhaps, cannot work, and could be charged twice if it did: a token is good for one call, so get a new one instead.',
      zh: '请求 {requestId} 已经用这个 token 得到过应答。（例如超时后自动）重发不会成功，真成功了还可能重复计费：一个 token 只能调用一次，应当重新取 token，而不是重试。',
    },
    detect: (subject) => retried(subject),
  },
];

/**
 * Unsafe after an answer that was charged, or that used the token up in whichever way. After a plain refusal, a wrong
 * sign say, sending the token again with the mistake mended is what one does; and the other operation is not a retry.
 */
function retried(subject: Subject): readonly Evidence[] {
  const token = presentedToken(subject);
  if (token === undefined) return [];
  const earlier = subject.earlier.find((one) => one.token === token && hasUsedUp(one, subject));
  if (earlier !== undefined) return [{ requestId: earlier.id, resultCode: earlier.resultCode }];
  return usedOutOfSight(subject);
}

function hasUsedUp({ id, resultCode = '' }: EarlierRequest, { request: { operation }, state }: Subject): boolean {
  const row = resultRow(operation, resultCode);
  return row !== undefined && (row.charged || id === state.token?.usedBy);
}

/** Used up by a request that the journal no longer shows, at the operation that the token is good for. */
function usedOutOfSight({ request: { operation }, state: { token }, earlier }: Subject): readonly Evidence[] {
  const { usedBy, capability } = token ?? {};
  const isOutOfSight = usedBy !== undefined && earlier.every(({ id }) => id !== usedBy);
  return isOutOfSight && capability === operation ? [{ requestId: usedBy }] : [];
}
