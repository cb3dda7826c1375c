/** The headers of a reply, as a list of names and values. */
import type { Reply } from '../carrier/reply.js';

/** Statuses without a body have no Content-Length. */
const WITHOUT_BODY: readonly number[] = [204, 304];

export function headersOf({ status, contentType, body, requestId, explanationUrl, decidedBy }: Reply): string[] {
  const headers = body === '' ? [] : ['Content-Type', contentType];
  if (!WITHOUT_BODY.includes(status)) headers.push('Content-Length', String(Buffer.byteLength(body)));
  headers.push('X-Mock', '1');
  if (requestId !== undefined) headers.push('X-Mock-Request-Id', requestId);
  if (explanationUrl !== undefined) headers.push('X-Mock-Explanation', explanationUrl);
  if (decidedBy !== undefined) headers.push('X-Mock-Decided-By', decidedBy);
  return headers;
}
