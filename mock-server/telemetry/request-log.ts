/** What the log shows of a request: our own words, and only values that cannot contain a token, a number or a secret. */

import { isUndocumented } from '../../src/protocol/result-codes.js';
import { canonicalIp } from '../carrier/engine/ip-whitelist.js';
import type { Exchange } from '../carrier/engine/request.js';
import type { LogEntry, LoggedRequest } from '../carrier/log.js';
import { withoutTokens } from '../carrier/store/journal-exchange.js';

/** Replaces a hidden value. */
export const HIDDEN = '…';
// The carrier's format. Twelve or thirteen digits that begin with 300 contain no phone number: those have eleven digits
// and begin with 1. So the log shows a mistyped id, but no token or key that was sent instead of one.
const LIKE_AN_APP_ID = /^300\d{9,10}$/;

/** The app id as the log shows it: hidden if it is neither a known app's id nor in the format of one. */
export function shownAppId(
  sent: string | undefined,
  { known }: { readonly known: boolean },
): string | undefined {
  return sent === undefined || known || LIKE_AN_APP_ID.test(sent) ? sent : HIDDEN;
}

/** Behind a trusted proxy, the address comes from a header, which a client can write. */
export function shownIp(clientIp: string): string {
  return canonicalIp(clientIp) === undefined ? HIDDEN : clientIp;
}

/** RFC 9110 and 5789. Node accepts no others, but a client in the same process can send any method. */
const METHODS: readonly string[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
];

/** Whether the log may show a request's app id, address and method. */
export function isQuotable(
  { method, clientIp }: Pick<Exchange, 'method' | 'clientIp'>,
  { appId, known }: { readonly appId: string | undefined; readonly known: boolean },
): boolean {
  return (
    METHODS.includes(method) &&
    shownIp(clientIp) === clientIp &&
    shownAppId(appId, { known }) === appId
  );
}

export function requestEntry({ draft, reply, durationMs, known }: LoggedRequest): LogEntry {
  const { appId: sent, token, exchange } = draft;
  const { method, path, rawHeaders, row } = exchange;
  const { operation } = row;
  const { resultCode, decidedBy, requestId, body } = reply;
  const appId = shownAppId(sent, { known });
  const clientIp = shownIp(exchange.clientIp);
  const head = `${operation} ${resultCode ?? '-'} ${decidedBy}`;
  const app = JSON.stringify(appId ?? '-');
  return {
    message: {
      en: `${head} app ${app} from ${clientIp} request ${requestId}`,
      zh: `${head} 应用 ${app} 来自 ${clientIp} 请求 ${requestId}`,
    },
    fields: {
      requestId,
      operation,
      appId,
      resultCode,
      undocumented: isUndocumented(operation, resultCode) || undefined,
      decidedBy,
      clientIp,
      durationMs,
    },
    secrets: () => ({
      token,
      request: {
        method,
        path,
        headers: withoutTokens(rawHeaders),
        body: exchange.body,
        clientIp: exchange.clientIp,
      },
      response: { body },
    }),
  };
}
