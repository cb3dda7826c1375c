/** The mock's carrier as the subject of the kit, over each of its adapters. */
import { setupServer } from 'msw/node';
import { controlOver } from '../../../contracts/kit/control.js';
import { httpSubject } from '../../../contracts/kit/http.js';
import type { Subject, WireRequest } from '../../../contracts/kit/wire.js';
import { createCarrierHandlers } from '../../../mock-server/msw.js';
import { createMockServer } from '../../../mock-server/server.js';
import { type Started, startEngine, started, TIMEOUT_MS } from './engine-subject.js';

export interface SubjectRow {
  readonly name: string;
  /** Whether requests are sent as HTTP messages. */
  readonly hasTransport: boolean;
  start(): Promise<Started>;
  /** The reason if a request cannot be sent over this adapter. */
  cannotSend(request: WireRequest): string | undefined;
}

const CARRIER = 'https://www.cmpassport.com';

export const SUBJECTS: readonly SubjectRow[] = [
  { name: 'HTTP', hasTransport: true, start: startHttp, cannotSend: () => undefined },
  { name: 'the engine', hasTransport: false, start: startEngine, cannotSend: () => undefined },
  { name: 'msw', hasTransport: true, start: startMsw, cannotSend: fetchCannotSend },
];

async function startHttp(): Promise<Started> {
  const server = await createMockServer();
  const { url } = server;
  const subject = httpSubject({ baseUrl: url, timeoutMs: TIMEOUT_MS });
  return { ...started(subject, controlOver(subject, { url }), url), close: () => server.close() };
}

async function startMsw(): Promise<Started> {
  const carrier = createCarrierHandlers();
  const network = setupServer(...carrier.handlers);
  network.listen({ onUnhandledRequest: 'error' });
  const subject = fetchSubject(CARRIER);
  return {
    ...started(subject, controlOver(subject, { url: CARRIER }), CARRIER),
    close: async () => {
      network.close();
      await carrier.dispose();
    },
  };
}

function fetchSubject(baseUrl: string): Subject {
  return {
    send: async ({ method, path, headers, body }) => {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: headers.map(([name, value]) => [name, value]),
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
  };
}

const NOT_FOR_FETCH = [
  'expect',
  'connection',
  'upgrade',
  'content-length',
  'transfer-encoding',
  'host',
];

/** Requests that fetch cannot send, so msw never receives them. */
function fetchCannotSend({ method, headers, body, chunked }: WireRequest): string | undefined {
  const names = headers.map(([name]) => name);
  if ((method === 'GET' || method === 'HEAD') && body.length > 0)
    return 'fetch sends no body with GET';
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].includes(method))
    return `fetch and ${method}`;
  if (new Set(names).size < names.length) return 'fetch joins a header that is sent twice';
  if (chunked === true) return 'fetch chunks streams only';
  const reserved = names.find((name) => NOT_FOR_FETCH.includes(name));
  if (reserved !== undefined) return `fetch does not let ${reserved} be set`;
  if (!names.includes('content-type')) return 'fetch adds a Content-Type';
  return undefined;
}
