/** The recorder between the client and the mock: it records every request, passes it on to the mock, and changes the response. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../src/text/error-message.js';
import type { Alteration } from '../kit/case-files.js';
import type { Values } from '../kit/pointer.js';
import {
  ExchangeError,
  headerPairs,
  type Subject,
  type WireAnswer,
  type WireRequest,
} from '../kit/wire.js';
import { acceptTunnels, type Certificate } from './intercept.js';
import { type AlteredAnswer, alterAnswer, type Delivery, deliver } from './response.js';

export interface RecorderOptions {
  readonly mock: Subject;
  readonly alteration: Alteration;
  readonly values: Values;
  readonly delivery: Omit<Delivery, 'signal' | 'ending'>;
  /** The delay before the recorder listens; undefined: none. */
  readonly listensAfterMs: number | 'never' | undefined;
  readonly nowMs: () => number;
  /** Makes the recorder an HTTPS proxy. */
  readonly interception?: Certificate | undefined;
}

/** A received request, with the responses to it. */
export interface Recorded {
  readonly request: WireRequest;
  /** Whether the complete request arrived. */
  readonly whole: boolean;
  readonly atMs: number;
  /** Whether it followed the recorder's redirect. */
  readonly followed: boolean;
  /** The response of the mock; undefined if the request was not passed on. */
  readonly carrier: WireAnswer | undefined;
  /** The response for the client. */
  readonly answer: AlteredAnswer | undefined;
}

export interface Recorder {
  readonly url: string;
  /** Stops the recorder and returns the requests. Rejects with an ExchangeError if the mock did not respond. */
  end(): Promise<readonly Recorded[]>;
}

interface Recording {
  readonly options: RecorderOptions;
  readonly ended: AbortController;
  readonly recorded: Recorded[];
  /** Requests that the mock has not answered yet. */
  readonly pending: Set<Promise<unknown>>;
  /** A failure of the kit or the mock. */
  failure?: unknown;
}

/** The prefix of the path in a redirect. */
const MOVED = '/moved';
const NOT_ANSWERED = { carrier: undefined, answer: undefined };

export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const recording: Recording = {
    options,
    ended: new AbortController(),
    recorded: [],
    pending: new Set(),
  };
  const server = recordingServer(recording);
  const { listensAfterMs } = options;
  const port = listensAfterMs === undefined ? await listen(server) : await unusedPort();
  const opening =
    typeof listensAfterMs === 'number'
      ? openLate(recording, () => listen(server, port), listensAfterMs)
      : undefined;
  return {
    url: `http://${LOOPBACK}:${port}`,
    end: () => endRecording(recording, server, opening),
  };
}

function recordingServer(recording: Recording): Server {
  const { interception } = recording.options;
  const server = createServer((req, res) => {
    const work = exchange(recording, req, res).finally(() => recording.pending.delete(work));
    recording.pending.add(work);
  });
  if (interception !== undefined) acceptTunnels(server, interception);
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket: Socket) => {
    if (error.rawPacket !== undefined) recordNoHttp(recording, error.rawPacket);
    socket.destroy();
  });
  return server;
}

/** Data that is not HTTP. */
function recordNoHttp({ recorded, options }: Recording, body: Buffer): void {
  recorded.push({
    ...NOT_ANSWERED,
    request: { method: '', path: '', headers: [], body },
    whole: false,
    atMs: options.nowMs(),
    followed: false,
  });
}

async function endRecording(
  recording: Recording,
  server: Server,
  opening: Promise<void> | undefined,
): Promise<readonly Recorded[]> {
  // Until connections and data from a client that has ended are accepted and read.
  for (let turn = 0; turn < 3; turn += 1) await immediate();
  recording.ended.abort();
  await opening;
  await closeServer(server);
  await Promise.all(recording.pending);
  if (recording.failure !== undefined) throw recording.failure;
  return recording.recorded;
}

async function openLate(
  recording: Recording,
  open: () => Promise<number>,
  afterMs: number,
): Promise<void> {
  try {
    await pause(afterMs, undefined, { signal: recording.ended.signal });
    await open();
  } catch (error) {
    if (isEnd(error)) return;
    const reason = messageOf(error);
    recording.failure = new ExchangeError({
      en: `the recorder cannot listen (${reason})`,
      zh: `录制代理无法监听端口（${reason}）`,
    });
  }
}

/** Never rejects. */
async function exchange(
  recording: Recording,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { options, recorded } = recording;
  // A client can close the connection early; the scenario judges its further behaviour.
  res.on('error', () => undefined);
  const { body, whole } = await readBody(req);
  const received: Recorded = {
    request: {
      method: req.method ?? '',
      path: req.url ?? '',
      headers: headerPairs(req.rawHeaders),
      body,
    },
    whole,
    atMs: options.nowMs(),
    followed: req.url?.startsWith(MOVED) === true,
    ...NOT_ANSWERED,
  };
  const at = recorded.push(received) - 1;
  if (!whole) return;
  try {
    const answered = await answerTo(options, received);
    recorded[at] = { ...received, ...answered };
    await deliver({ req, res }, answered.answer, {
      ...options.delivery,
      ending: options.alteration.ending,
      signal: recording.ended.signal,
    });
  } catch (error) {
    req.socket.destroy();
    if (!isEnd(error)) recording.failure = error;
  }
}

function isEnd(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

async function answerTo(
  { mock, alteration, values }: RecorderOptions,
  { request, followed }: Recorded,
) {
  const own = (status: number, headers: AlteredAnswer['headers'] = {}) => ({
    carrier: undefined,
    answer: { status, headers, body: Buffer.alloc(0) },
  });
  if (alteration.redirect !== undefined && !followed)
    return own(alteration.redirect, { location: `${MOVED}${request.path}` });
  // Bad Request: the target is a complete URL, as for a proxy, or `*`.
  if (!request.path.startsWith('/')) return own(400);
  const path = followed ? request.path.slice(MOVED.length) : request.path;
  const carrier = await mock.send({
    ...request,
    path,
    headers: request.headers.filter(isPassedOn),
  });
  return { carrier, answer: alterAnswer(carrier, alteration, values) };
}

/** Headers of the connection. The connection to the mock is another one, with a known body length. */
const REQUEST_CONNECTION_HEADERS = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'http2-settings',
];

/** Whether a header belongs to the request, not to the connection with the recorder. */
export function isPassedOn([name]: readonly [string, string]): boolean {
  return !REQUEST_CONNECTION_HEADERS.includes(name.toLowerCase());
}

async function readBody(
  req: IncomingMessage,
): Promise<{ readonly body: Buffer; readonly whole: boolean }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
    return { body: Buffer.concat(chunks), whole: req.complete };
  } catch {
    return { body: Buffer.concat(chunks), whole: false };
  }
}

// The port of the recorder, which listens at once, later, or never.

const LOOPBACK = '127.0.0.1';

/** Returns the port; by default any free port. */
async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Returns a port on which no server listens. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await closeServer(server);
  return port;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
