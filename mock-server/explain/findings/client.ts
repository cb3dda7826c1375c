/** Mistakes in a client's behaviour over several requests. */
import { resultRow } from '../../../src/protocol/result-codes.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { EarlierRequest, Subject } from '../subject.js';
import { presentedToken } from '../token/presented-token.js';

export const CLIENT_FINDINGS: readonly FindingRow[] = [
  {
    id: 'client.retry',
    inLog: true,
    explains: ['tokenUnused'],
    title: { en: 'The same token was sent again', zh: '同一个 token 发了两次' },
    detail: {
      en: 'Request {requestId} was already answered with this token. A token is valid for one call. Sending it again, for example in a retry after a timeout, cannot succeed; if it did, you could be charged twice. Get a new token instead of retrying.',
      zh: '请求 {requestId} 已经用这个 token 得到过响应。一个 token 只能用一次，再发一次（例如超时后重试）不会成功；即使成功，也可能重复计费。不要重试，请重新取 token。',
    },
    detect: (subject) => retried(subject),
  },
];

/**
 * A retry is unsafe after a result that was charged or that used up the token. After a plain refusal, such as a wrong
 * signature, the client may fix the mistake and send the token again. A request to the other operation is not a retry.
 */
function retried(subject: Subject): readonly Evidence[] {
  const token = presentedToken(subject);
  if (token === undefined) return [];
  const earlier = subject.earlier.find((one) => one.token === token && hasUsedUp(one, subject));
  if (earlier !== undefined) return [{ requestId: earlier.id, resultCode: earlier.resultCode }];
  return usedByUnlistedRequest(subject);
}

function hasUsedUp({ id, resultCode = '' }: EarlierRequest, { request: { operation }, state }: Subject): boolean {
  const row = resultRow(operation, resultCode);
  return row !== undefined && (row.charged || id === state.token?.usedBy);
}

/** The token was used, at its own operation, by a request that the journal no longer has. */
function usedByUnlistedRequest({ request: { operation }, state: { token }, earlier }: Subject): readonly Evidence[] {
  const { usedBy, capability } = token ?? {};
  const isUnlisted = usedBy !== undefined && earlier.every(({ id }) => id !== usedBy);
  return isUnlisted && capability === operation ? [{ requestId: usedBy }] : [];
}
