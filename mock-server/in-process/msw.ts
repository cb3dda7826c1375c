/** The carrier as msw request handlers. A broken connection is msw's network error. */
import { type HttpHandler, http } from 'msw';
import type { CarrierInProcess } from './carrier-in-process.js';
import { basePathOf, read } from './in-process-fetch.js';

/** Returns a handler for an address and all paths below it. */
export function handlerAt(base: URL, exchange: CarrierInProcess['exchange']): HttpHandler {
  // A regular expression, because colons and parentheses have a meaning in a msw path with a wildcard.
  const address = base.origin + basePathOf(base);
  const pattern = new RegExp(`^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/|$)`);
  return http.all(pattern, async ({ request }) => {
    const client = clientRequestOf(request);
    const aborted = abortSignalOf(request, client);
    try {
      return await exchange({ ...(await read(request)), signal: aborted });
    } catch (error) {
      // After an abort, msw would report a response as an error.
      if (aborted.aborted) return await new Promise<never>(() => undefined);
      // The error of a broken connection has a cause. Any other error is a bug.
      if (!(error instanceof TypeError && error.cause instanceof Error)) throw error;
      client?.destroy(error.cause);
      // As clients see it, with Node's error code.
      const { code, message }: NodeJS.ErrnoException = error.cause;
      return Object.assign(Response.error(), { code, message });
    }
  });
}

/** The parts of `http.ClientRequest` that are used here. */
interface ClientRequest {
  once(event: 'close', listener: () => void): unknown;
  destroy(error: unknown): unknown;
  readonly destroyed: boolean;
}

/** The node:http request from which msw created the Request. The Request's own signal is not aborted with it. */
function clientRequestOf(request: Request): ClientRequest | undefined {
  const symbol = Object.getOwnPropertySymbols(request).find(
    ({ description }) => description === 'kRawRequest',
  );
  const raw: unknown = symbol && Reflect.get(request, symbol);
  const isRequest =
    typeof raw === 'object' &&
    raw !== null &&
    'once' in raw &&
    'destroyed' in raw &&
    'destroy' in raw;
  return isRequest ? (raw as ClientRequest) : undefined;
}

/** Aborted when the caller disconnects. */
function abortSignalOf({ signal }: Request, client: ClientRequest | undefined): AbortSignal {
  if (client === undefined) return signal;
  const closed = new AbortController();
  if (client.destroyed) closed.abort();
  client.once('close', () => closed.abort());
  return closed.signal;
}
