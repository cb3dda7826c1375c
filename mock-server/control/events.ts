/** /_mock/events: each journal record as it is written, as server-sent events (WHATWG HTML, 9.2). */
import { type Request, type Response, Router } from 'express';
import type { Carrier } from '../carrier/carrier.js';
import { quote } from '../schema-problem.js';
import type { JournalRecord } from '../state-store.js';
import type { Scope } from '../worlds/apps.js';
import { searchJournal } from '../worlds/journal.js';
import { EventOutbox, type WaitingTotal } from './event-outbox.js';
import { Problem } from './problem.js';
import { textQuery } from './query.js';
import { requestView } from './request-view.js';

// Each is an open connection; a console or two and a few tests listen at a time.
export const STREAMS_MAX = 100;
// An app's own token lets its users in here: they cannot take the place of all others.
export const STREAMS_OF_APP_MAX = 20;
// Proxies close a connection on which nothing is said for a minute or so.
const SIGN_OF_LIFE_MS = 15_000;
const RECONNECT_MS = 2_000;

export interface EventsOptions {
  readonly scope: Scope;
  /** Ends the streams, so that a server that stops need not wait for them. */
  readonly closing: AbortSignal | undefined;
}

export function eventsRoutes(carrier: Carrier, { scope, closing }: EventsOptions): Router {
  const routes = Router();
  /** And the app that each is about. */
  const streams = new Map<Stream, string | undefined>();
  const textOf = lastOf(eventOf);
  const total: WaitingTotal = { bytes: 0 };
  closing?.addEventListener('abort', () => {
    for (const stream of streams.keys()) stream.end();
  });

  routes.get('/events', async (req, res) => {
    const appId = textQuery(req, 'appId');
    checkRoom(streams, appId);
    const wanted = (record: JournalRecord) => (appId === undefined ? isIn(record, scope) : record.appId === appId);
    if (req.method === 'HEAD') {
      open(res).end();
      return;
    }
    // It left while its token was looked at, and does not close a second time.
    if (req.socket.destroyed) return;
    const stream = listen(carrier, { res, wanted, textOf, total, onEnd: () => streams.delete(stream) });
    streams.set(stream, appId);
    stream.begin((await recordsSince(carrier, req, appId === undefined ? scope : 'all')).filter(wanted));
    if (closing?.aborted === true) stream.end();
  });

  return routes;
}

function checkRoom(streams: ReadonlyMap<Stream, string | undefined>, appId: string | undefined): void {
  if (streams.size >= STREAMS_MAX) throw new Problem(503, `there are ${STREAMS_MAX} listeners already: close some`);
  if (appId === undefined) return;
  const ofApp = [...streams.values()].filter((other) => other === appId).length;
  if (ofApp < STREAMS_OF_APP_MAX) return;
  throw new Problem(503, `app ${quote(appId)} has ${STREAMS_OF_APP_MAX} listeners already: close some`);
}

function isIn({ state: { app } }: JournalRecord, scope: Scope): boolean {
  return scope === 'all' || (app?.settings.controlTokenHash ?? null) === null;
}

interface Stream {
  /** Opens with what was missed, and goes on with what came since it listens. */
  begin(missed: readonly JournalRecord[]): void;
  end(): void;
}

type TextOf = (record: JournalRecord) => string;

interface ListenInputs {
  readonly res: Response;
  readonly wanted: (record: JournalRecord) => boolean;
  readonly textOf: TextOf;
  readonly total: WaitingTotal;
  readonly onEnd: () => void;
}

/** Listens at once: what is written while the missed records are looked up would be lost between the two. */
function listen({ store }: Carrier, { res, wanted, textOf, total, onEnd }: ListenInputs): Stream {
  const meanwhile: JournalRecord[] = [];
  let take = (record: JournalRecord): void => {
    meanwhile.push(record);
  };
  const unwatch = store.watchJournal((record) => {
    if (wanted(record)) take(record);
  });
  let outbox: EventOutbox | undefined;
  let isStopped = false;
  const signOfLife = setInterval(() => res.headersSent && res.write(':\n\n'), SIGN_OF_LIFE_MS).unref();
  const stop = () => {
    isStopped = true;
    unwatch();
    clearInterval(signOfLife);
    outbox?.close();
    onEnd();
  };
  res.once('close', stop);
  return {
    begin: (missed) => {
      // It left, or the server stopped, while they were looked up: nothing would let go of what waits for it now.
      if (isStopped) return;
      open(res);
      const written = new Set(missed.map(({ id }) => id));
      outbox = new EventOutbox({ res, textOf, total });
      take = (record) => outbox?.add(record);
      outbox.begin(missed);
      for (const record of meanwhile) if (!written.has(record.id)) take(record);
    },
    // First of all nothing more is written: what comes behind the end of a response is an error.
    end: () => {
      stop();
      res.end();
    },
  };
}

function open(res: Response): Response {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    // nginx would keep events back until there are enough of them.
    'X-Accel-Buffering': 'no',
  });
  res.write(`retry: ${RECONNECT_MS}\n\n`);
  return res;
}

/** What came after the record that a reconnecting listener saw last, oldest first; all there is where that one is forgotten. */
async function recordsSince(carrier: Carrier, req: Request, scope: Scope): Promise<readonly JournalRecord[]> {
  const lastId = req.get('last-event-id');
  if (lastId === undefined) return [];
  const { records } = await searchJournal(carrier, {}, { scope });
  const at = records.findIndex(({ id }) => id === lastId);
  const last = records[at];
  if (last === undefined) return records.toReversed();
  return records.filter((record, index) => index < at || isBesides(record, last)).toReversed();
}

/** Of two apps' records of one millisecond nobody knows which was first: better told twice than never. */
function isBesides(record: JournalRecord, last: JournalRecord): boolean {
  return (
    record.receivedAtMs === last.receivedAtMs && record.state.app?.settings.appId !== last.state.app?.settings.appId
  );
}

function eventOf(record: JournalRecord): string {
  return `id: ${record.id}\nevent: request\ndata: ${JSON.stringify(requestView(record))}\n\n`;
}

/** Many listeners hear of a record one after another: its text is made once for all of them. */
function lastOf(textOf: TextOf): TextOf {
  let last: { readonly record: JournalRecord; readonly text: string } | undefined;
  return (record) => {
    if (last?.record !== record) last = { record, text: textOf(record) };
    return last.text;
  };
}
