/** The recorder between the client and the mock: it keeps every request as it came, has the mock answer it, and alters the answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';
import { ExchangeError, type Subject, type WireAnswer, type WireRequest } from '../provider/subject.js';
import type { Values } from '../sign/template.js';
import { type AlteredAnswer, altered } from './alter.js';
import { type Delivery, deliver } from './deliver.js';
import { closed, type HeldPort, heldPort, listen, urlOfPort } from './ports.js';
import type { Alteration } from './scenario.js';

export interface RecorderOptions {
  readonly mock: Subject;
  readonly alteration: Alteration;
  readonly values: Values;
  readonly delivery: Omit<Delivery, 'signal' | 'ending'>;
  /** Undefined: it listens at once. */
  readonly listensAfterMs: number | 'never' | undefined;
  readonly nowMs: () => number;
}

/** A request as it came, and what became of it. */
export interface Recorded {
  readonly request: WireRequest;
  /** Whether all of it came. */
  readonly whole: boolean;
  readonly atMs: number;
  /** Whether it followed the recorder's redirect. */
  readonly followed: boolean;
  /** Undefined where the mock was not asked. */
  readonly carrier: WireAnswer | undefined;
  /** What the client was to get. */
  readonly answer: AlteredAnswer | undefined;
}

export interface Recorder {
  readonly url: string;
  /** Stops, and says what came; rejects with an ExchangeError where the mock did not answer. */
  end(): Promise<readonly Recorded[]>;
}

interface Recording {
  readonly options: RecorderOptions;
  readonly ended: AbortController;
  readonly recorded: Recorded[];
  /** Requests that the mock has not answered yet. */
  readonly pending: Set<Promise<unknown>>;
  /** What went wrong on our side. */
  trouble?: unknown;
}

/** Where a redirect leads to: before the path that was asked for. */
const MOVED = '/moved';
/** Far more than any request of the document; a body beyond it is kept up to here. */
const BODY_BYTES_MAX = 1024 * 1024;

export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const recording: Recording = { options, ended: new AbortController(), recorded: [], pending: new Set() };
  const server = createServer((req, res) => {
    const work = exchange(recording, req, res).finally(() => recording.pending.delete(work));
    recording.pending.add(work);
  });
  server.on('clientError', (error: Error & { rawPacket?: Buffer }, socket: Socket) => {
    if (error.rawPacket !== undefined) recording.recorded.push(unreadable(error.rawPacket, options.nowMs()));
    socket.destroy();
  });
  const { listensAfterMs } = options;
  const held = listensAfterMs === undefined ? undefined : await heldPort();
  const port = held?.port ?? (await listen(server));
  const opening =
    held !== undefined && typeof listensAfterMs === 'number'
      ? openLate(recording, () => listenAt(server, held), listensAfterMs)
      : undefined;
  return {
    url: urlOfPort(port),
    end: async () => {
      await arrivals();
      recording.ended.abort();
      await opening;
      await held?.release();
      await closed(server);
      await Promise.all(recording.pending);
      if (recording.trouble !== undefined) throw recording.trouble;
      return recording.recorded;
    },
  };
}

/** What a client wrote before it ended may wait to be accepted and read: a turn of the event loop for each. */
async function arrivals(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await immediate();
}

async function listenAt(server: Server, held: HeldPort): Promise<number> {
  await held.release();
  return listen(server, held.port);
}

async function openLate(recording: Recording, open: () => Promise<number>, afterMs: number): Promise<void> {
  try {
    await pause(afterMs, undefined, { signal: recording.ended.signal });
    await open();
  } catch (error) {
    if (isEnd(error)) return;
    recording.trouble = new ExchangeError(
      `the recorder cannot listen (${error instanceof Error ? error.message : error})`,
    );
  }
}

/** Never rejects. */
async function exchange(recording: Recording, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { options, recorded } = recording;
  // A client that goes away in the middle is seen by what it does next.
  res.on('error', () => undefined);
  const { body, whole } = await readBody(req);
  const came: Recorded = {
    request: { method: req.method ?? '', path: req.url ?? '', headers: headersOf(req), body },
    whole,
    atMs: options.nowMs(),
    followed: req.url?.startsWith(MOVED) === true,
    carrier: undefined,
    answer: undefined,
  };
  const at = recorded.push(came) - 1;
  if (!whole) return;
  try {
    const answered = await answerTo(options, came);
    recorded[at] = { ...came, ...answered };
    await deliver({ req, res }, answered.answer, {
      ...options.delivery,
      ending: options.alteration.ending,
      signal: recording.ended.signal,
    });
  } catch (error) {
    req.socket.destroy();
    if (!isEnd(error)) recording.trouble = error;
  }
}

function isEnd(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

type Answered = Pick<Recorded, 'carrier'> & { readonly answer: AlteredAnswer };

async function answerTo(
  { mock, alteration, values }: RecorderOptions,
  { request, followed }: Recorded,
): Promise<Answered> {
  if (alteration.redirect !== undefined && !followed) {
    const headers = { location: `${MOVED}${request.path}` };
    return { carrier: undefined, answer: { status: alteration.redirect, headers, body: Buffer.alloc(0) } };
  }
  if (!request.path.startsWith('/')) {
    return { carrier: undefined, answer: { status: BAD_REQUEST, headers: {}, body: Buffer.alloc(0) } };
  }
  const path = followed ? request.path.slice(MOVED.length) : request.path;
  const carrier = await mock.send({ ...request, path, headers: request.headers.filter(isPassedOn) });
  return { carrier, answer: altered(carrier, alteration, values) };
}

/** For what names no path: an address as a proxy gets it, or `*`. */
const BAD_REQUEST = 400;

/** The connection to the mock is another one, with a body of known length. */
const OF_THE_CONNECTION = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'http2-settings',
];

/** Whether a header is the request's own, and not of the connection to the recorder. */
export function isPassedOn([name]: readonly [string, string]): boolean {
  return !OF_THE_CONNECTION.includes(name.toLowerCase());
}

function headersOf({ rawHeaders }: IncomingMessage): WireRequest['headers'] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}

async function readBody(req: IncomingMessage): Promise<{ readonly body: Buffer; readonly whole: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
    }
    return { body: Buffer.concat(chunks), whole: req.complete };
  } catch {
    return { body: Buffer.concat(chunks), whole: false };
  }
}

/** What is no HTTP. */
function unreadable(body: Buffer, atMs: number): Recorded {
  const request: WireRequest = { method: '', path: '', headers: [], body };
  return { request, whole: false, atMs, followed: false, carrier: undefined, answer: undefined };
}
