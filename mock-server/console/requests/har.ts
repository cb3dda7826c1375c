/** Requests as a HAR 1.2 file (HTTP Archive), which browsers, proxies and `cmpassport-mock explain` read. */
import type { JournalRecord } from '../../../src/control/api.js';
import { headerLines } from '../state/carrier.js';

// The format requires them; the journal does not have them.
const UNKNOWN = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };

export function harOf(records: readonly JournalRecord[], carrierUrl: string) {
  const entries = records.map((record) => entryOf(record, carrierUrl));
  return { log: { version: '1.2', creator: { name: 'cmpassport-mock', version: '' }, entries } };
}

function entryOf(
  { atMs, durationMs, method, path, request, response, clientIp, id }: JournalRecord,
  carrierUrl: string,
) {
  const url = new URL(path, carrierUrl);
  const queryString = Array.from(url.searchParams, ([name, value]) => ({ name, value }));
  const headers = headerLines(request.headers).map(([name, value]) => ({ name, value }));
  const mimeType = headers.find(({ name }) => name === 'content-type')?.value ?? '';
  return {
    startedDateTime: new Date(atMs).toISOString(),
    time: durationMs,
    comment: `${id} from ${clientIp}`,
    request: { ...UNKNOWN, method, url: url.href, headers, queryString, postData: { mimeType, text: request.body } },
    response: {
      ...UNKNOWN,
      status: response.status ?? 0,
      statusText: '',
      // `explain` finds the journal record by it.
      headers: [{ name: 'x-mock-request-id', value: id }],
      redirectURL: '',
      content: { size: response.body.length, mimeType: 'application/json', text: response.body },
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
  };
}
