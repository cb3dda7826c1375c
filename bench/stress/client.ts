/** A client of bytes: over connections that are kept, one request at a time on each, or over one of its own. */
import { connect, type Socket } from 'node:net';
import { type Reply, readReply } from './replies.js';

// An answer takes milliseconds. On a machine that is very busy, seconds; one that takes this long is not coming.
const ANSWER_TIMEOUT_MS = 60_000;

interface Waiting {
  readonly toHead: boolean;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** A connection that is kept. What is sent before an answer has come waits behind it, as pipelining has it. */
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
  let reason = 'closed without an answer';
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
    if (waiting.length > 0) socket.destroy(new Error('no answer in a minute'));
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

/** What is written in one turn of the event loop goes out in one piece. */
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
  /** What came behind them and is no answer. */
  readonly rest: string;
}

/** Writes all, says that no more will come, and reads until the server closes. */
export function sendAlone(url: string, bytes: Buffer): Promise<Alone> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(url);
    const chunks: Buffer[] = [];
    const guard = setTimeout(() => {
      socket.destroy();
      reject(new Error('the connection was not closed in a minute'));
    }, ANSWER_TIMEOUT_MS);
    // A reset is one of the ways to be closed.
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
  /** Requests under way on each connection at a time; one unless said. */
  readonly depth?: number;
}

/** Runs `each` for 0, 1, 2 … below `count`. A connection that the server closed is opened anew for the next. */
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

/** A request as bytes, its length announced. */
export function requestBytes(path: string, body: string): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
}
