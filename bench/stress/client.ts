/** A client that sends bytes, over reused connections or over a new connection. */
import { connect, type Socket } from 'node:net';
import { type Reply, readReply } from './replies.js';

// A response takes milliseconds, or seconds on a very busy machine.
const ANSWER_TIMEOUT_MS = 60_000;

interface Waiting {
  readonly toHead: boolean;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** A reused connection. Requests that are sent before a response arrives are pipelined. */
export interface Connection {
  readonly isOpen: () => boolean;
  send(bytes: Buffer, toHead?: boolean): Promise<Reply>;
  close(): void;
}

export function openConnection(url: string): Connection {
  const socket = connectTo(url);
  const waiting: Waiting[] = [];
  let received: Buffer = Buffer.alloc(0);
  let open = true;
  let reason = 'closed without a response';
  const settleOne = (): boolean => {
    const [first] = waiting;
    const read = first && readReply(received, first.toHead);
    if (first === undefined || read === undefined) return false;
    received = received.subarray(read.bytes);
    if (read.reply.headers.get('connection') === 'close') open = false;
    waiting.shift();
    first.resolve(read.reply);
    return true;
  };
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
    if (waiting.length > 0) socket.destroy(new Error('no response within a minute'));
  });
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (settleOne());
  });
  socket.on('error', ({ message }) => {
    reason = message;
  });
  socket.on('close', () => {
    open = false;
    for (const { reject } of waiting) reject(new Error(reason));
  });
  return {
    isOpen: () => open,
    send: (bytes, toHead = false) =>
      new Promise((resolve, reject) => {
        waiting.push({ toHead, resolve, reject });
        writeTogether(socket, bytes);
      }),
    close: () => void socket.destroy(),
  };
}

/** Sends everything that is written in one turn of the event loop in one piece. */
function writeTogether(socket: Socket, bytes: Buffer): void {
  if (socket.writableCorked === 0) {
    socket.cork();
    setImmediate(() => socket.uncork());
  }
  socket.write(bytes);
}

export function connectTo(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port), noDelay: true });
}

export interface Alone {
  readonly replies: readonly Reply[];
  /** The bytes after the last complete response. */
  readonly rest: string;
}

/** Writes all bytes, ends the stream, and reads until the server closes the connection. */
export function sendAlone(url: string, bytes: Buffer): Promise<Alone> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(url);
    const chunks: Buffer[] = [];
    const guard = setTimeout(() => {
      socket.destroy();
      reject(new Error('the server did not close the connection within a minute'));
    }, ANSWER_TIMEOUT_MS);
    // After a reset, the event `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => {
      clearTimeout(guard);
      resolve(repliesIn(Buffer.concat(chunks)));
    });
    socket.end(bytes);
  });
}

function repliesIn(all: Buffer): Alone {
  const replies: Reply[] = [];
  let rest = all;
  for (;;) {
    const read = readReply(rest, false);
    if (read === undefined) return { replies, rest: rest.toString('latin1') };
    replies.push(read.reply);
    rest = rest.subarray(read.bytes);
  }
}

export interface Share {
  readonly count: number;
  readonly connections: number;
  /** Concurrent requests on each connection. The default is 1. */
  readonly depth?: number;
}

/** Runs `each` for 0, 1, 2 … below `count`. Opens a new connection if the server closed one. */
export async function overConnections(
  url: string,
  { count, connections, depth = 1 }: Share,
  each: (index: number, connection: Connection) => Promise<void>,
): Promise<void> {
  let next = 0;
  const run = async () => {
    let connection = openConnection(url);
    const runOne = async () => {
      while (next < count) {
        const index = next;
        next += 1;
        if (!connection.isOpen()) connection = openConnection(url);
        await each(index, connection);
      }
    };
    await Promise.all(Array.from({ length: depth }, runOne));
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
}

/** Returns a request with Content-Length as bytes. */
export function requestBytes(path: string, body: string): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
}
