/** The streams of /_mock/events: their limits, subscriptions and end. */
import { ByteLengthQueuingStrategy, ReadableStream } from 'node:stream/web';
import { quote } from '../../src/text/shown-json.js';
import type { Carrier } from '../carrier/carrier.js';
import type { JournalRecord } from '../carrier/store/state-store.js';
import { EventOutbox, UNREAD_BYTES_MAX, type WaitingTotal } from './event-outbox.js';
import { Problem } from './problem.js';
import { requestView } from './request-view.js';

// Each is an open connection. Usually a console or two and a few tests listen at the same time.
export const STREAMS_MAX = 100;
// Users with an app's own token must not be able to use up all streams.
export const STREAMS_OF_APP_MAX = 20;
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
  readonly #total: WaitingTotal = { bytes: 0 };
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

  /** Listens immediately: otherwise a record that is written during the lookup of missed records would be lost. */
  listen({ store }: Carrier, { appId, includes }: Subscription): EventStream {
    const stream = new EventStream({
      textOf: this.#textOf,
      total: this.#total,
      isEnding: () => this.#closing?.aborted === true,
      onStop: () => this.#open.delete(stream),
    });
    stream.unwatch = store.watchJournal((record) => {
      if (includes(record)) stream.take(record);
    });
    this.#open.set(stream, appId);
    return stream;
  }
}

interface EventStreamInputs {
  readonly textOf: TextOf;
  readonly total: WaitingTotal;
  readonly isEnding: () => boolean;
  readonly onStop: () => void;
}

class EventStream {
  readonly #inputs: EventStreamInputs;
  /** Records that arrive before the stream is opened. */
  readonly #meanwhile: JournalRecord[] = [];
  #outbox: EventOutbox | undefined;
  #keepAlive: NodeJS.Timeout | undefined;
  #isStopped = false;
  unwatch: () => void = () => undefined;

  constructor(inputs: EventStreamInputs) {
    this.#inputs = inputs;
  }

  take(record: JournalRecord): void {
    if (this.#outbox === undefined) this.#meanwhile.push(record);
    else this.#outbox.add(record);
  }

  /** Sends the missed records first, then the records since it listens. */
  open(missed: readonly JournalRecord[]): ReadableStream {
    return new ReadableStream(
      {
        start: (controller) => {
          controller.enqueue(Buffer.from(`retry: ${RECONNECT_MS}\n\n`));
          if (this.#isStopped) {
            controller.close();
            return;
          }
          const outbox = new EventOutbox({ ...this.#inputs, controller });
          this.#outbox = outbox;
          outbox.begin(missed);
          const written = new Set(missed.map(({ id }) => id));
          for (const record of this.#meanwhile) if (!written.has(record.id)) outbox.add(record);
          this.#keepAlive = setInterval(() => outbox.keepAlive(), KEEP_ALIVE_MS).unref();
          if (this.#inputs.isEnding()) this.end();
        },
        pull: () => this.#outbox?.write(),
        cancel: () => this.stop(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: UNREAD_BYTES_MAX }),
    );
  }

  /** The caller still receives the events that are already written. */
  end(): void {
    const outbox = this.#outbox;
    this.stop();
    outbox?.end();
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.unwatch();
    clearInterval(this.#keepAlive);
    this.#outbox?.close();
    this.#inputs.onStop();
  }
}

function eventOf(record: JournalRecord): string {
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
