/** The streams of /_mock/events. Each sends as fast as its client reads, and skips records for a client that does not. */
import { ByteLengthQueuingStrategy, ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { quote } from '../../src/text/shown-json.js';
import type { AppRecord, JournalRecord, StateStore } from '../carrier/store/state-store.js';
import type { AppEvent } from './app-events.js';
import { Problem } from './problem.js';
import { requestView } from './request-view.js';

// Each is an open connection. Usually a console or two and a few tests listen at the same time.
export const STREAMS_MAX = 100;
// Users with an app's own token must not be able to use up all streams.
export const STREAMS_OF_APP_MAX = 20;
// Written, but not yet read by the client: about seven hundred ordinary events. Further ones are skipped and counted.
export const UNREAD_BYTES_MAX = 1024 * 1024;
// Proxies close a connection without traffic after about a minute.
const KEEP_ALIVE_MS = 15_000;
const RECONNECT_MS = 2_000;
// A load test with a script changes its app with every request.
const CHANGES_PAUSE_MS = 200;

interface Subscription {
  readonly appId: string | undefined;
  readonly includes: (record: JournalRecord) => boolean;
  /** undefined for an event about all apps. */
  readonly includesApp: (app: AppRecord | undefined) => boolean;
}

/** The event about a changed app, or about all apps. */
type EventOfApp = (appId: string | undefined) => Promise<AppEvent | undefined>;

export class EventStreams {
  readonly #open = new Map<EventStream, Subscription>();
  readonly #closing: AbortSignal | undefined;
  readonly #eventOfApp: EventOfApp;
  /** Apps whose change is not sent yet. */
  #changed = new Set<string | undefined>();

  /** `closing` ends the streams, so that a stopping server does not wait for them. */
  constructor(closing: AbortSignal | undefined, eventOfApp: EventOfApp) {
    this.#closing = closing;
    this.#eventOfApp = eventOfApp;
    closing?.addEventListener('abort', () => {
      for (const stream of this.#open.keys()) stream.end();
    });
  }

  get isClosing(): boolean {
    return this.#closing?.aborted === true;
  }

  checkRoom(appId: string | undefined): void {
    if (this.#open.size >= STREAMS_MAX) {
      throw new Problem(503, {
        en: `there are already ${STREAMS_MAX} event streams: close some`,
        zh: `已有 ${STREAMS_MAX} 个事件连接：请先关闭一些`,
      });
    }
    if (appId === undefined) return;
    const ofApp = [...this.#open.values()].filter((other) => other.appId === appId).length;
    if (ofApp < STREAMS_OF_APP_MAX) return;
    throw new Problem(503, {
      en: `app ${quote(appId)} already has ${STREAMS_OF_APP_MAX} event streams: close some`,
      zh: `应用 ${quote(appId)} 已有 ${STREAMS_OF_APP_MAX} 个事件连接：请先关闭一些`,
    });
  }

  /** Receives records at once: one that is written while the missed ones are read must not be lost. */
  open(store: StateStore, subscription: Subscription): EventStream {
    const stream = new EventStream(() => {
      unwatch();
      this.#open.delete(stream);
    });
    const unwatch = store.watchJournal((record) => {
      if (subscription.includes(record)) stream.take(record);
      if (record.outcomeBy === 'script' || record.outcomeBy === 'numberScript') this.change(record.appId);
    });
    this.#open.set(stream, subscription);
    return stream;
  }

  /** Sends the state of a changed app, once for changes in quick succession. undefined: a change of several apps. */
  change(appId: string | undefined): void {
    if (this.#open.size === 0) return;
    if (this.#changed.size === 0) setTimeout(() => void this.#sendChanged(), CHANGES_PAUSE_MS).unref();
    this.#changed.add(appId);
  }

  async #sendChanged(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    for (const appId of changed) {
      // Without the store, the next change sends the state.
      const event = await this.#eventOfApp(appId).catch(() => undefined);
      if (event === undefined) continue;
      for (const [stream, { includesApp }] of this.#open) if (includesApp(event.app)) stream.send(event.text);
    }
  }
}

/** What a client missed before it reconnected. */
export interface Missed {
  /** The newest ones, newest first, as many as may wait unread. */
  readonly events: readonly { readonly id: string; readonly text: string }[];
  /** The number of older ones. */
  readonly skipped: number;
}

export class EventStream {
  readonly readable: ReadableStream;
  readonly #onStop: () => void;
  #controller: ReadableStreamDefaultController | undefined;
  /** The records since it was opened, until the missed ones are sent. */
  #waiting: JournalRecord[] | undefined = [];
  /** The number of skipped records that the client was not told. */
  #skipped = 0;
  #keepAlive: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(onStop: () => void) {
    this.#onStop = onStop;
    this.readable = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(Buffer.from(`retry: ${RECONNECT_MS}\n\n`));
        },
        pull: () => this.#sendSkipped(),
        cancel: () => this.stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }),
    );
  }

  take(record: JournalRecord): void {
    if (this.#waiting === undefined) this.#send(() => eventOf(record));
    else this.#waiting.push(record);
  }

  /** Sends the missed events, oldest first, then those since the stream was opened. */
  begin({ events, skipped }: Missed): void {
    const missed = new Set(events.map(({ id }) => id));
    const waiting = (this.#waiting ?? []).filter(({ id }) => !missed.has(id));
    this.#waiting = undefined;
    this.#skipped = skipped;
    this.#sendSkipped();
    for (const { text } of events.toReversed()) this.#send(() => text);
    for (const record of waiting) this.#send(() => eventOf(record));
    if (this.#isStopped) this.end();
    else this.#keepAlive = setInterval(() => this.#write(':\n\n'), KEEP_ALIVE_MS).unref();
  }

  /** An event without an id. A client that does not read skips it. */
  send(text: string): void {
    if (this.#waiting === undefined) this.#write(text);
  }

  /** The caller still receives the events that are already written. */
  end(): void {
    this.stop();
    this.#controller?.close();
    this.#controller = undefined;
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearInterval(this.#keepAlive);
    this.#waiting = undefined;
    this.#onStop();
  }

  #send(textOf: () => string): void {
    this.#sendSkipped();
    if (this.#skipped > 0 || !this.#hasRoom()) this.#skipped += 1;
    else this.#write(textOf());
  }

  #sendSkipped(): void {
    const count = this.#skipped;
    if (count === 0 || !this.#hasRoom()) return;
    // First, because a write may call this method again.
    this.#skipped = 0;
    this.#write(`event: passed-over\ndata: ${JSON.stringify({ count })}\n\n`);
  }

  #hasRoom(): boolean {
    return !this.#isStopped && (this.#controller?.desiredSize ?? 0) > 0;
  }

  #write(text: string): void {
    if (this.#hasRoom()) this.#controller?.enqueue(Buffer.from(text));
  }
}

export function eventOf(record: JournalRecord): string {
  return `id: ${record.id}\nevent: request\ndata: ${JSON.stringify(requestView(record))}\n\n`;
}
