/** A client that records what happens to its connection, over TCP or TLS: the chunks, a clean end, a reset. */
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { onTestFinished } from 'vitest';
import { freshToken, LOGIN, type Place, placeAt } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { bytesOf } from '../../support/wire.js';

export interface Received {
  readonly text: string;
  readonly chunks: number;
  /** What ended the connection; undefined while it is open. */
  readonly end: 'clean' | 'reset' | undefined;
}

export interface FaultClient {
  readonly socket: Socket;
  send(data: string | Buffer): void;
  received(): Received;
  /** Waits for the end of the connection. */
  ended(): Promise<Received>;
  /** Waits until the text has arrived. */
  waitFor(text: string): Promise<Received>;
}

export function faultClient(url: string, ca?: string): FaultClient {
  const { hostname, port } = new URL(url);
  const at = { host: hostname, port: Number(port) };
  const socket =
    ca === undefined ? connect({ ...at, noDelay: true }) : connectSecurely({ ...at, ca });
  onTestFinished(() => void socket.destroy());
  let received: Received = { text: '', chunks: 0, end: undefined };
  let cleanly = false;
  let reset = false;
  socket.on('data', (chunk: Buffer) => {
    received = { ...received, text: received.text + chunk.toString(), chunks: received.chunks + 1 };
  });
  socket.on('end', () => {
    cleanly = true;
  });
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    reset = code === 'ECONNRESET';
  });
  socket.on('close', () => {
    // If neither, the connection failed in another way, which no test expects.
    if (reset || cleanly) received = { ...received, end: reset ? 'reset' : 'clean' };
  });
  return {
    socket,
    send: (data) => void socket.write(data),
    received: () => received,
    ended: () =>
      eventually('the end of the connection', () =>
        received.end === undefined ? undefined : received,
      ),
    waitFor: (text) =>
      eventually(text, () => (received.text.includes(text) ? received : undefined)),
  };
}

export interface FaultyRequest {
  readonly path: string;
  readonly body: unknown;
  readonly outcome?: string;
}

/** A POST as bytes. `outcome` is its X-Mock-Outcome. */
export function postBytes({ path, body, outcome }: FaultyRequest): Buffer {
  const headers = outcome === undefined ? [] : [`X-Mock-Outcome: ${outcome}`];
  return bytesOf({ target: path, headers }, JSON.stringify(body));
}

export interface ParsedReply {
  readonly status: number;
  readonly contentLength: number | undefined;
  readonly body: string;
}

/** The only response that was received, which may be incomplete. */
export function replyIn({ text }: Received): ParsedReply {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return {
    status: Number(head.split(' ')[1]),
    contentLength: length === undefined ? undefined : Number(length),
    body,
  };
}

export interface Scene {
  readonly place: Place;
  readonly token: string;
  readonly client: FaultClient;
  /** The request as bytes, with this outcome forced. */
  request(outcome?: string): Buffer;
}

export async function sceneAt(): Promise<Scene> {
  const { url } = await sharedMock();
  const place = await placeAt(url);
  const token = await freshToken(place, LOGIN);
  const body = LOGIN.request(place.app, token);
  const request = (outcome?: string) =>
    postBytes({ path: LOGIN.path, body, ...(outcome !== undefined && { outcome }) });
  return { place, token, client: faultClient(url), request };
}

export async function tokenStatus({ url, app }: Place, token: string): Promise<string> {
  return (await send(url, 'GET', `/_mock/apps/${app.appId}/tokens/${token}`)).json.status;
}
