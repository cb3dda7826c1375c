/** A client that sees all that happens to a connection: each piece that comes, a clean end, a reset; in plain TCP or TLS. */
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { onTestFinished } from 'vitest';
import { eventually } from '../../support/poll.js';
import { bytesOf } from '../../support/wire.js';

export interface Seen {
  readonly text: string;
  /** How many pieces it came in. */
  readonly pieces: number;
  /** What ended the connection; undefined while it is open. */
  readonly end: 'clean' | 'reset' | undefined;
}

export interface FaultClient {
  readonly socket: Socket;
  send(data: string | Buffer): void;
  seen(): Seen;
  /** Waits for the end of the connection. */
  ended(): Promise<Seen>;
  /** Waits until this text has come. */
  comes(text: string): Promise<Seen>;
}

export function faultClient(url: string, ca?: string): FaultClient {
  const { hostname, port } = new URL(url);
  const at = { host: hostname, port: Number(port) };
  const socket = ca === undefined ? connect({ ...at, noDelay: true }) : connectSecurely({ ...at, ca });
  onTestFinished(() => void socket.destroy());
  let seen: Seen = { text: '', pieces: 0, end: undefined };
  let cleanly = false;
  let reset = false;
  socket.on('data', (chunk: Buffer) => {
    seen = { ...seen, text: seen.text + chunk.toString(), pieces: seen.pieces + 1 };
  });
  socket.on('end', () => {
    cleanly = true;
  });
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    reset = code === 'ECONNRESET';
  });
  socket.on('close', () => {
    // Neither is a failure of another kind, which no test expects.
    if (reset || cleanly) seen = { ...seen, end: reset ? 'reset' : 'clean' };
  });
  return {
    socket,
    send: (data) => void socket.write(data),
    seen: () => seen,
    ended: () => eventually('the end of the connection', () => (seen.end === undefined ? undefined : seen)),
    comes: (text) => eventually(text, () => (seen.text.includes(text) ? seen : undefined)),
  };
}

export interface FaultyRequest {
  readonly path: string;
  readonly body: unknown;
  readonly outcome?: string;
}

/** A POST as bytes, that asks for an outcome. */
export function askFor({ path, body, outcome }: FaultyRequest): Buffer {
  const headers = outcome === undefined ? [] : [`X-Mock-Outcome: ${outcome}`];
  return bytesOf({ target: path, headers }, JSON.stringify(body));
}

export interface ParsedReply {
  readonly status: number;
  readonly contentLength: number | undefined;
  readonly body: string;
}

/** The one answer that came, as far as it came. */
export function replyIn({ text }: Seen): ParsedReply {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return {
    status: Number(head.split(' ')[1]),
    contentLength: length === undefined ? undefined : Number(length),
    body,
  };
}
