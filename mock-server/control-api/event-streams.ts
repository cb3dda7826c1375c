/** The streams of /_mock/events. Each sends as fast as its client reads, and skips records for a client that does not. */
import { ByteLengthQueuingStrategy, ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { quote } from '../../src/text/shown-json.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
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

type TextOf = (record: JournalRecord) => string;

interface Subscription {
  readonly appId: string | undefined;
  readonly includes: (record: JournalRecord) => boolean;
}

export class EventStreams {
  /** Each open stream, with the app in its query. */
  readonly #open = new Map<EventStream, string | undefined>();
  readonly #textOf = rememberLast(eventOf);
  readonly #closing: AbortSignal | undefined;

  /** `closing` ends the streams, so that a stopping server does not wait for them. */
  constructor(closing: AbortSignal | undefined) {
    this.#closing = closing;
    closing?.addEventListener('abort', () => {
      for (const stream of this.#open.keys()) stream.end();
    });
  }

  checkRoom(appId: string | undefined): void {
    if (this.#open.size >= STREAMS_MAX) {
      throw new Problem(503, {
        en: `there are already ${STREAMS_MAX} event streams: close some`,
        zh: `已有 ${STREAMS_MAX} 个事件连接：请先关闭一些`,
      });
    }
    if (appId === undefined) return;
    const ofApp = [...this.#open.values()].filter((other) => other === appId).length;
    if (ofApp < STREAMS_OF_APP_MAX) return;
    throw new Problem(503, {
      en: `app ${quote(appId)} already has ${STREAMS_OF_APP_MAX} event streams: close some`,
      zh: `应用 ${quote(appId)} 已有 ${STREAMS_OF_APP_MAX} 个事件连接：请先关闭一些`,
    });
  }

  /** Receives records at once: one that is written while the missed ones are read must not be lost. */
  open({ store }: Carrier, { appId, includes }: Subscription): EventStream {
    const stream = new EventStream({
      includes,
      textOf: this.#textOf,
      isEnding: () => this.#closing?.aborted === true,
      onStop: () => {
        unwatch();
        this.#open.delete(stream);
      },
    });
    const unwatch = store.watchJournal((record) => stream.take(record));
    this.#open.set(stream, appId);
    return stream;
  }
}

interface EventStreamInputs {
  readonly includes: Subscription['includes'];
  readonly textOf: TextOf;
  readonly isEnding: () => boolean;
  readonly onStop: () => void;
}

interface Event {
  readonly id: string;
  readonly text: string;
}

/** What a client missed before it reconnected. */
export interface Missed {
  /** The newest ones, newest first, as many as may wait unread. */
  readonly events: readonly Event[];
  /** The number of older ones. */
  readonly skipped: number;
}

export class EventStream {
  readonly #inputs: EventStreamInputs;
  readonly readable: ReadableStream;
  #controller: ReadableStreamDefaultController | undefined;
  /** The events since it was opened, until the missed ones are sent. */
  #waiting: Event[] | undefined = [];
  #waitingBytes = 0;
  /** The number of skipped records that the client was not told. */
  #skipped = 0;
  #keepAlive: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(inputs: EventStreamInputs) {
    this.#inputs = inputs;
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

  get isStopped(): boolean {
    return this.#isStopped;
  }

  includes(record: JournalRecord): boolean {
    return this.#inputs.includes(record);
  }

  take(record: JournalRecord): void {
    if (!this.includes(record)) return;
    const { id } = record;
    if (this.#waiting === undefined) this.#send(() => this.#inputs.textOf(record));
    else if (this.#waitingBytes < UNREAD_BYTES_MAX) this.#wait({ id, text: this.#inputs.textOf(record) });
    else this.#skipped += 1;
  }

  /** Sends the missed events, oldest first, then those since the stream was opened. */
  begin({ events, skipped }: Missed): void {
    const waiting = this.#waiting ?? [];
    const skippedLater = this.#skipped;
    this.#waiting = undefined;
    this.#skipped = skipped;
    this.#sendSkipped();
    const sent = new Set(events.map(({ id }) => id));
    for (const { text } of [...events.toReversed(), ...waiting.filter(({ id }) => !sent.has(id))])
      this.#send(() => text);
    this.#skipped += skippedLater;
    this.#sendSkipped();
    if (!this.#isStopped) this.#keepAlive = setInterval(() => this.#write(':\n\n'), KEEP_ALIVE_MS).unref();
    if (this.#isStopped || this.#inputs.isEnding()) this.end();
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
    this.#inputs.onStop();
  }

  #wait(event: Event): void {
    this.#waiting?.push(event);
    this.#waitingBytes += Buffer.byteLength(event.text);
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

/** All streams send a record one after another, so its text is generated once. */
function rememberLast(textOf: TextOf): TextOf {
  let last: { readonly record: JournalRecord; readonly text: string } | undefined;
  return (record) => {
    if (last?.record !== record) last = { record, text: textOf(record) };
    return last.text;
  };
}
