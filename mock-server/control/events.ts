/** /_mock/events: each journal record as it is written, as server-sent events (WHATWG HTML, 9.2). */
import { type Request, type Response, Router } from 'express';
import type { Carrier } from '../carrier.js';
import type { JournalRecord } from '../state-store.js';
import { searchJournal } from '../worlds/journal.js';
import { Problem } from './problem.js';
import { textQuery } from './query.js';
import { requestView } from './request-view.js';

// Each is an open connection; a console or two and a few tests listen at a time.
const STREAMS_MAX = 100;
// What a listener may leave unread before records are passed over, and told of as passed over.
const UNREAD_BYTES_MAX = 1024 * 1024;
// Proxies close a connection on which nothing is said for a minute or so.
const SIGN_OF_LIFE_MS = 15_000;
const RECONNECT_MS = 2_000;

/** `closing` ends the streams, so that a server that stops need not wait for them. */
export function eventsRoutes(carrier: Carrier, closing: AbortSignal | undefined): Router {
  const routes = Router();
  const streams = new Set<Stream>();
  closing?.addEventListener('abort', () => {
    for (const stream of streams) stream.end();
  });

  routes.get('/events', async (req, res) => {
    const appId = textQuery(req, 'appId');
    if (streams.size >= STREAMS_MAX) throw new Problem(503, `there are ${STREAMS_MAX} listeners already: close some`);
    const wanted = (record: JournalRecord) => appId === undefined || record.appId === appId;
    if (req.method === 'HEAD') {
      open(res).end();
      return;
    }
    const stream = listen(carrier, { res, wanted, onEnd: () => streams.delete(stream) });
    streams.add(stream);
    stream.begin((await recordsSince(carrier, req)).filter(wanted));
    if (closing?.aborted === true) stream.end();
  });

  return routes;
}

interface Stream {
  /** Opens with what was missed, and goes on with what came since it listens. */
  begin(missed: readonly JournalRecord[]): void;
  end(): void;
}

interface ListenInputs {
  readonly res: Response;
  readonly wanted: (record: JournalRecord) => boolean;
  readonly onEnd: () => void;
}

/** Listens at once: what is written while the missed records are looked up would be lost between the two. */
function listen({ store }: Carrier, { res, wanted, onEnd }: ListenInputs): Stream {
  let waiting: readonly JournalRecord[] = [];
  let take = (record: JournalRecord) => {
    waiting = [...waiting, record];
  };
  const unwatch = store.watchJournal((record) => {
    if (wanted(record)) take(record);
  });
  const signOfLife = setInterval(() => res.headersSent && res.write(':\n\n'), SIGN_OF_LIFE_MS).unref();
  const stop = () => {
    unwatch();
    clearInterval(signOfLife);
    onEnd();
  };
  res.once('close', stop);
  return {
    begin: (missed) => {
      open(res);
      for (const record of missed) res.write(eventOf(record));
      const written = new Set(missed.map(({ id }) => id));
      take = unlessUnread(res);
      for (const record of waiting) if (!written.has(record.id)) take(record);
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
async function recordsSince(carrier: Carrier, req: Request): Promise<readonly JournalRecord[]> {
  const lastId = req.get('last-event-id');
  if (lastId === undefined) return [];
  const { records } = await searchJournal(carrier, {});
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

/** Writes records for as long as the listener keeps up; the others are counted, and the count told when it does again. */
function unlessUnread(res: Response): (record: JournalRecord) => void {
  let passedOver = 0;
  return (record) => {
    if (res.writableLength > UNREAD_BYTES_MAX) {
      passedOver += 1;
      return;
    }
    if (passedOver > 0) res.write(`event: passed-over\ndata: ${JSON.stringify({ count: passedOver })}\n\n`);
    passedOver = 0;
    res.write(eventOf(record));
  };
}

function eventOf(record: JournalRecord): string {
  return `id: ${record.id}\nevent: request\ndata: ${JSON.stringify(requestView(record))}\n\n`;
}
