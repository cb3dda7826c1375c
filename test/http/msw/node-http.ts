/** Sends HTTP messages, given as bytes, through node:http, which msw intercepts. For suites that write to a socket. */
import { type IncomingMessage, request } from 'node:http';
import { onTestFinished } from 'vitest';
import { eventually } from '../../support/poll.js';
import type { HttpWire, WireReply } from '../../support/wire.js';

/** A replacement for openHttp. A request is sent when it is complete. */
export function openMswHttp(base: string): HttpWire {
  const replies: Promise<WireReply>[] = [];
  let unsent: Buffer = Buffer.alloc(0);
  return {
    // Suites that need the socket cannot run over msw.
    socket: undefined as never,
    send: (data) => {
      unsent = Buffer.concat([unsent, Buffer.from(data)]);
      const message = completeMessage(unsent);
      if (message === undefined) return;
      unsent = Buffer.alloc(0);
      replies.push(exchange(base, message));
    },
    reply: async () => eventually('a request', () => replies.shift()),
    // There is no connection that could end.
    rest: async () => '',
  };
}

type Header = readonly [name: string, value: string];

interface Message {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: readonly Buffer[];
}

const HEAD_END = '\r\n\r\n';

/** Returns the message when its body is complete. */
function completeMessage(bytes: Buffer): Message | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return undefined;
  const [line = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = lines.map(headerOf);
  const [method = '', target = ''] = line.split(' ');
  const body = completeBody(headers, bytes.subarray(end + HEAD_END.length));
  return body === undefined ? undefined : { method, target, headers, body };
}

function headerOf(line: string): Header {
  const at = line.indexOf(':');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function completeBody(headers: readonly Header[], bytes: Buffer): readonly Buffer[] | undefined {
  if (headers.some(([name]) => name === 'Transfer-Encoding')) return completeChunks(bytes);
  const length = Number(headers.find(([name]) => name === 'Content-Length')?.[1] ?? 0);
  return bytes.length < length ? undefined : [bytes.subarray(0, length)];
}

/** Returns the chunks when the empty one has arrived. */
function completeChunks(bytes: Buffer): readonly Buffer[] | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size =
      lineEnd === -1 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (size === 0) return chunks;
    if (!(lineEnd + 2 + size + 2 <= bytes.length)) return undefined;
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return undefined;
}

function exchange(base: string, { method, target, headers, body }: Message): Promise<WireReply> {
  const { hostname } = new URL(base);
  // An absolute target is for a proxy. In process only its path is used.
  const path = target.replace(/^https?:\/\/[^/?]*/, '');
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, method, path, headers: grouped(headers) }, (res) =>
      readReply(res).then(resolve, reject),
    );
    onTestFinished(() => void sent.destroy());
    sent.on('error', reject);
    for (const piece of body) if (piece.length > 0) sent.write(piece);
    sent.end();
  });
}

/** In the format of node:http: an array for a header that was sent twice. */
function grouped(headers: readonly Header[]): Readonly<Record<string, string | string[]>> {
  const names = [...new Set(headers.map(([name]) => name))].filter((name) => name !== 'Host');
  return Object.fromEntries(
    names.map((name) => {
      const values = headers.flatMap(([other, value]) => (other === name ? [value] : []));
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

async function readReply(res: IncomingMessage): Promise<WireReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk);
  const { rawHeaders, statusCode = 0 } = res;
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : [],
  );
  return { status: statusCode, headers, text: Buffer.concat(chunks).toString() };
}
