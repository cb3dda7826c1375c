/** The carrier as msw request handlers: a Request in, a Response out; a connection that breaks is msw's network error. */
import { type HttpHandler, http } from 'msw';
import { exchange, type InProcessPlace, read } from './in-process-fetch.js';

/** One handler for everything at an address and below it. */
export function handlerAt(base: URL, place: () => Promise<InProcessPlace>): HttpHandler {
  return http.all(everythingAt(base), async ({ request }) => {
    const client = clientRequestOf(request);
    const gone = goneSignal(request, client);
    try {
      return await exchange(await place(), { ...(await read(request)), signal: gone });
    } catch (error) {
      // Whoever gave up waits for nothing, and msw would report an answer that nobody takes as a mistake.
      if (gone.aborted) return await new Promise<never>(() => undefined);
      if (!isBroken(error)) throw error;
      return networkError(error.cause, client);
    }
  });
}

/** A pattern, since a path with a wildcard would read colons and parentheses of an address as its own signs. */
function everythingAt({ origin, pathname }: URL): RegExp {
  const address = `${origin}${pathname.replace(/\/+$/, '')}`;
  return new RegExp(`^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:/|$)`);
}

/** The part of a `http.ClientRequest` that tells of its end. */
interface ClientRequest {
  once(event: 'close', listener: () => void): unknown;
  destroy(error: unknown): unknown;
  readonly destroyed: boolean;
}

/** The request of node:http that msw made the Request of, which knows when its caller gives up: the Request's own signal does not. */
function clientRequestOf(request: Request): ClientRequest | undefined {
  const symbol = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'kRawRequest');
  const raw: unknown = symbol && Reflect.get(request, symbol);
  return isClientRequest(raw) ? raw : undefined;
}

function isClientRequest(raw: unknown): raw is ClientRequest {
  return typeof raw === 'object' && raw !== null && 'once' in raw && 'destroyed' in raw && 'destroy' in raw;
}

/** Aborted when the caller is gone. */
function goneSignal({ signal }: Request, client: ClientRequest | undefined): AbortSignal {
  if (client === undefined) return signal;
  const gone = new AbortController();
  if (client.destroyed) gone.abort();
  client.once('close', () => gone.abort());
  return gone.signal;
}

interface Broken extends TypeError {
  readonly cause: NodeJS.ErrnoException;
}

/** A connection that broke has a cause; what has none is a mistake of ours, and not the network's. */
function isBroken(error: unknown): error is Broken {
  return error instanceof TypeError && error.cause instanceof Error;
}

/** What clients see of a broken connection, with Node's own code where they look for it. */
function networkError(cause: NodeJS.ErrnoException, client: ClientRequest | undefined): Response {
  client?.destroy(cause);
  return Object.assign(Response.error(), { code: cause.code, message: cause.message });
}
