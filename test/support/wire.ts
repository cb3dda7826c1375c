/** HTTP as bytes over a socket, for requests that no HTTP library can send. */
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface WireReply {
  readonly status: number;
  /** Names and values as received. */
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

export interface HttpWire {
  readonly socket: Socket;
  send(data: string | Buffer): void;
  /** Returns the next response. A body without Content-Length ends when the server closes the connection. */
  reply(options?: { readonly toHead?: boolean }): Promise<WireReply>;
  /** Returns everything that is received until either side closes the connection. */
  rest(): Promise<string>;
}

export function openHttp(url: string): HttpWire {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  onTestFinished(() => void socket.destroy());
  let received: Buffer = Buffer.alloc(0);
  let closed = false;
  let wake = () => {};
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  // After a reset, the event `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
    wake();
  });
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  return {
    socket,
    send: (data) => void socket.write(data),
    reply: async ({ toHead = false } = {}) => {
      for (;;) {
        const read = readReply(received, { toHead, closed });
        if (read !== undefined) {
          received = received.subarray(read.bytes);
          return read.reply;
        }
        if (closed)
          throw new Error(
            `closed before the end of the response: ${JSON.stringify(received.toString())}`,
          );
        await change();
      }
    },
    rest: async () => {
      while (!closed) await change();
      return received.toString();
    },
  };
}

function readReply(
  received: Buffer,
  { toHead, closed }: { readonly toHead: boolean; readonly closed: boolean },
): { readonly reply: WireReply; readonly bytes: number } | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...lines] = received.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const headers = lines.map((line) => splitHeader(line));
  const start = headEnd + 4;
  const length = toHead || status < 200 ? 0 : lengthOf(headers);
  if (length === undefined && !closed) return undefined;
  const end = length === undefined ? received.length : start + length;
  if (end > received.length) return undefined;
  return { reply: { status, headers, text: received.toString('utf8', start, end) }, bytes: end };
}

function splitHeader(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function lengthOf(headers: WireReply['headers']): number | undefined {
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return length === undefined ? undefined : Number(length);
}

export function headerOf({ headers }: WireReply, header: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1];
}

export interface RawRequest {
  readonly method?: string;
  readonly target: string;
  readonly version?: string;
  /** Whole lines, in addition to Host. */
  readonly headers?: readonly string[];
}

/** Returns a request's head with the empty line. */
export function headOf({
  method = 'POST',
  target,
  version = '1.1',
  headers = [],
}: RawRequest): string {
  return [
    `${method} ${target} HTTP/${version}`,
    'Host: www.cmpassport.com',
    ...headers,
    '',
    '',
  ].join('\r\n');
}

/** Returns a request with Content-Length and its body. */
export function bytesOf(request: RawRequest, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  const headers = [...(request.headers ?? []), `Content-Length: ${bytes.length}`];
  return Buffer.concat([Buffer.from(headOf({ ...request, headers })), bytes]);
}

/** Returns one chunk of a chunked body. An empty chunk ends the body. */
export function chunkOf(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
}

/** Returns a complete chunked body. */
export function chunked(parts: readonly Buffer[]): Buffer {
  return Buffer.concat([...parts, Buffer.alloc(0)].map(chunkOf));
}
