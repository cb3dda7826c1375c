/** The part of `fetch` that calls of a control API need, over persistent connections: it takes a fraction of the processor time. */
import http from 'node:http';
import https from 'node:https';

export interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export type Fetch = (target: string, init: FetchInit) => Promise<Pick<Response, 'status' | 'text'>>;

// Far below the idle timeout of servers, so that no connection is reused while the server closes it.
const IDLE_MS = 1000;
const KEPT = { keepAlive: true, timeout: IDLE_MS } as const;

export function keepAliveFetch(): Fetch {
  const plain = new http.Agent(KEPT);
  const secure = new https.Agent(KEPT);
  return (target, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const isSecure = target.startsWith('https:');
      const options = { method, headers, signal, agent: isSecure ? secure : plain };
      const request = (isSecure ? https : http).request(target, options);
      request.on('error', reject);
      request.on('response', (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: async () => text }));
      });
      request.end(body);
    });
}
