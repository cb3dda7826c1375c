/** The streams of /_mock/events: ten times a second, each sends what happened as one write. It skips events for a client that does not read. */
import type { ReadableStreamDefaultController } from 'node:stream/web';
import { OPERATIONS } from '../../src/protocol/operations.js';
import { viewClock } from '../carrier/apps/app-clock.js';
import { findApp } from '../carrier/apps/apps.js';
import { listNumberScripts, viewScript } from '../carrier/apps/scripts.js';
import type { Carrier } from '../carrier/carrier.js';
import {
  type AppRecord,
  type JournalChange,
  type JournalRecord,
  ONLY,
  type Removal,
} from '../carrier/store/state-store.js';
import { problem } from './problem.js';
import { requestView } from './request-view.js';

// Each is an open connection. Usually a console or two and a few tests listen at the same time.
export const STREAMS_MAX = 100;
// Written, but not yet read by the client: about a thousand ordinary events. Further ones are skipped and counted.
export const UNREAD_BYTES_MAX = 1024 * 1024;
// A write for each request would take a quarter of the time of a load test.
const PAUSE_MS = 100;
// Proxies close a connection without traffic after about a minute.
const KEEP_ALIVE_MS = 15_000;
const RECONNECT_MS = 2_000;

interface RecordEvent {
  readonly event: 'request' | 'request-delivered';
  readonly record: JournalRecord;
}

export interface Subscription {
  readonly includes: (record: JournalRecord) => boolean;
  readonly includesRemoval: (removal: Removal) => boolean;
  /** undefined for an event about all apps. */
  readonly includesApp: (app: AppRecord | undefined) => boolean;
  /** The maximum number of records in one write. The oldest further ones are skipped. */
  readonly recordsMax: number;
}

export class EventStreams {
  readonly #carrier: Carrier;
  readonly #closing: AbortSignal | undefined;
  readonly #open = new Set<EventStream>();
  #unwatch: (() => void) | undefined;
  /** What is not sent yet. */
  #records: RecordEvent[] = [];
  #changed = new Set<string | undefined>();
  #pause: NodeJS.Timeout | undefined;

  /** `closing` ends the streams, so that a stopping server does not wait for them. */
  constructor(carrier: Carrier, closing: AbortSignal | undefined) {
    this.#carrier = carrier;
    this.#closing = closing;
    closing?.addEventListener('abort', () => {
      this.#sendRecords();
      for (const stream of this.#open) stream.end();
    });
  }

  /** The stream ends with the signal. @throws Problem if there are too many */
  open(subscription: Subscription, signal: AbortSignal): ReadableStream {
    if (this.#open.size >= STREAMS_MAX) throw problem('events.too-many', { max: STREAMS_MAX });
    // A stream has only the requests since it was opened.
    this.#sendRecords();
    const stream = new EventStream(subscription, () => this.#forget(stream));
    this.#open.add(stream);
    this.#unwatch ??= this.#watch();
    signal.addEventListener('abort', () => stream.stop(), { once: true });
    if (this.#closing?.aborted === true) stream.end();
    return stream.readable;
  }

  /** Sends the state of a changed app, once for changes in quick succession. undefined: a change of several apps. */
  change(appId: string | undefined): void {
    if (this.#open.size === 0) return;
    this.#changed.add(appId);
    this.#sendSoon();
  }

  #watch(): () => void {
    const { store } = this.#carrier;
    const unwatch = [
      store.watchJournal((record) => this.#take(record)),
      store.watchChanges((change) => this.#takeChange(change)),
    ];
    return () => {
      for (const stop of unwatch) stop();
    };
  }

  #takeChange(change: JournalChange): void {
    if (change.kind === 'delivered') {
      this.#records.push({ event: 'request-delivered', record: change.record });
      this.#sendSoon();
      return;
    }
    // At once, because a prefix of ids means the records before it.
    this.#sendRecords();
    for (const stream of this.#open) stream.sendRemoval(change);
  }

  #forget(stream: EventStream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #take(record: JournalRecord): void {
    this.#records.push({ event: 'request', record });
    if (record.outcomeBy === 'script' || record.outcomeBy === 'numberScript')
      this.#changed.add(record.appId);
    this.#sendSoon();
  }

  /** At once after a pause. */
  #sendSoon(): void {
    if (this.#pause !== undefined) return;
    this.#sendRecords();
    void this.#sendChanged();
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#records.length > 0 || this.#changed.size > 0) this.#sendSoon();
    }, PAUSE_MS).unref();
  }

  #sendRecords(): void {
    for (const stream of this.#open) stream.sendRecords(this.#records);
    this.#records = [];
  }

  async #sendChanged(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    for (const appId of changed) {
      // Without the store, the next change sends the state.
      const event = await appEventOf(this.#carrier, appId).catch(() => undefined);
      if (event === undefined) continue;
      for (const stream of this.#open) stream.sendApp(event);
    }
  }
}

class EventStream {
  readonly readable: ReadableStream;
  readonly #subscription: Subscription;
  readonly #onStop: () => void;
  readonly #keepAlive = setInterval(() => this.#send([':\n\n']), KEEP_ALIVE_MS).unref();
  #controller: ReadableStreamDefaultController | undefined;
  /** The number of skipped events that the client was not told. */
  #skipped = 0;

  constructor(subscription: Subscription, onStop: () => void) {
    this.#subscription = subscription;
    this.#onStop = onStop;
    this.readable = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(Buffer.from(`retry: ${RECONNECT_MS}\n\n`));
        },
        cancel: () => this.stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }),
    );
  }

  sendRecords(events: readonly RecordEvent[]): void {
    const { includes, recordsMax } = this.#subscription;
    const own = events.filter(({ record }) => includes(record));
    const newest = own.slice(-recordsMax);
    this.#skipped += own.length - newest.length;
    this.#send(newest.map(({ event, record }) => eventText(event, requestView(record), record.id)));
  }

  sendRemoval(removal: Removal): void {
    const { ids } = removal;
    if (this.#subscription.includesRemoval(removal))
      this.#send([eventText('requests-removed', { ids })]);
  }

  sendApp({ app, text }: AppEvent): void {
    if (this.#subscription.includesApp(app)) this.#send([text]);
  }

  #send(events: readonly string[]): void {
    let room = this.#controller?.desiredSize ?? 0;
    const texts: string[] = [];
    if (room > 0 && this.#skipped > 0) {
      texts.push(eventText('passed-over', { count: this.#skipped }));
      this.#skipped = 0;
    }
    for (const event of events) {
      if (room > 0) texts.push(event);
      else this.#skipped += 1;
      room -= event.length;
    }
    if (texts.length > 0) this.#controller?.enqueue(Buffer.from(texts.join('')));
  }

  /** The caller still receives the events that are already written. */
  end(): void {
    this.stop();
    this.#controller?.close();
  }

  stop(): void {
    clearInterval(this.#keepAlive);
    this.#onStop();
  }
}

function eventText(event: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

interface AppEvent {
  /** undefined if the event is about all apps. */
  readonly app: AppRecord | undefined;
  readonly text: string;
}

/** The clock and the scripts of a changed app. Resolves to undefined if the app does not exist any more. */
async function appEventOf(
  carrier: Carrier,
  appId: string | undefined,
): Promise<AppEvent | undefined> {
  // The settings of apps, or the list of them, changed. A caller may not see all apps, so it has no data.
  if (appId === undefined) return { app: undefined, text: eventText('apps', {}) };
  const app = (await findApp(carrier, appId))?.value;
  if (app === undefined) return undefined;
  const clock = (await carrier.store.get(appId, 'clock', ONLY))?.value;
  const outcomes = await Promise.all(
    OPERATIONS.map(
      async ({ operation }) =>
        [operation, await viewScript(carrier, { appId, operation })] as const,
    ),
  );
  const numbers = await listNumberScripts(carrier, appId);
  const state = {
    appId,
    clock: viewClock(clock, carrier.clock.nowMs()),
    outcomes: Object.fromEntries(outcomes),
    subscribers: numbers.map(([phoneNumber, scripts]) => ({ phoneNumber, outcomes: scripts })),
  };
  return { app, text: eventText('app', state) };
}
