/** Reads the mock's server-sent events as journal records (WHATWG HTML, 9.2.6). */
import type { JournalRecord } from './api.js';
import { ControlError } from './errors.js';
import type { Received, Transport } from './transport.js';

/**
 * A stream of requests as they arrive, oldest first. If it is read so slowly that the mock skips records, reading rejects
 * with ERR_CONTROL_INCOMPLETE. The stream keeps a connection open until the loop ends or `close` is called.
 *
 * @example
 * import type { MockApp } from 'cmpassport-mock/control';
 *
 * declare const app: MockApp;
 * declare function startJob(): void; // your code, which calls the carrier some time later
 *
 * const requests = await app.events();
 * startJob();
 * for await (const { resultCode } of requests) if (resultCode === '103000') break;
 */
export interface RequestStream extends AsyncIterable<JournalRecord> {
  /** Closes the connection. A loop over the stream ends. */
  close(): void;
}

interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** @param appId - by default, the events of all apps. */
export async function openEvents(transport: Transport, appId?: string): Promise<RequestStream> {
  const closing = new AbortController();
  // The timeout applies only until the response begins: the stream itself has no time limit.
  const timeout = AbortSignal.timeout(transport.timeoutMs);
  const onTimeout = () => closing.abort(timeout.reason);
  timeout.addEventListener('abort', onTimeout);
  const response = await transport
    .open('GET /events', { query: { appId } }, closing.signal)
    .finally(() => timeout.removeEventListener('abort', onTimeout));
  const records = readRecords(`GET ${transport.url}/_mock/events`, response, closing);
  return { [Symbol.asyncIterator]: () => records, close: () => closing.abort() };
}

async function* readRecords(
  call: string,
  response: Received,
  closing: AbortController,
): AsyncGenerator<JournalRecord, void, void> {
  try {
    for await (const { event, data } of readEvents(response)) {
      if (event === 'passed-over') {
        const detail = `the stream was read too slowly, and the mock skipped records: ${data}`;
        throw new ControlError({ code: 'ERR_CONTROL_INCOMPLETE', call, detail });
      }
      if (event !== 'request') continue;
      const record: JournalRecord = JSON.parse(data);
      yield record;
    }
  } catch (cause) {
    if (closing.signal.aborted) return;
    if (cause instanceof ControlError) throw cause;
    throw new ControlError({
      code: 'ERR_CONTROL_UNREACHABLE',
      call,
      detail: 'the connection broke',
      cause,
    });
  } finally {
    closing.abort();
  }
}

async function* readEvents({ body }: Received): AsyncGenerator<ServerEvent, void, void> {
  if (body === null) return;
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let unread = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    unread += decoder.decode(value, { stream: true });
    const blocks = unread.split('\n\n');
    unread = blocks.pop() ?? '';
    yield* blocks.map(parseEvent);
  }
}

/** The mock writes each field on one line. */
function parseEvent(block: string): ServerEvent {
  const fields = new Map(
    block.split('\n').map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trimStart()] as const;
    }),
  );
  return { event: fields.get('event') ?? '', data: fields.get('data') ?? '' };
}
