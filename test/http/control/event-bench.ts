/** The control API over a store that counts its journal listeners. */
import { onTestFinished } from 'vitest';
import { createAnswer } from '../../../mock-server/carrier/answer.js';
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import type {
  JournalListener,
  StateStore,
} from '../../../mock-server/carrier/store/state-store.js';
import { newCarrier } from '../../support/carrier.js';
import { controlOf } from '../../support/control.js';
import { exchangeOf, NOW_MS } from '../../support/engine.js';
import { eventually } from '../../support/poll.js';
import { serve } from '../client/scene.js';

export async function newEventBench() {
  const store = createMemoryStore();
  const listeners = new Set<JournalListener>();
  const watchedStore: StateStore = {
    ...store,
    watchJournal: (listener) => {
      listeners.add(listener);
      const unwatch = store.watchJournal(listener);
      return () => {
        listeners.delete(listener);
        unwatch();
      };
    },
  };
  const { carrier } = newCarrier({ nowMs: NOW_MS, store: watchedStore });
  const closing = new AbortController();
  const app = controlOf(carrier, { closing: closing.signal });
  const { url } = await serve(app);
  const refuse = async () =>
    (await createAnswer(carrier)(exchangeOf('loginTokenValidate', '{}')))?.requestId ?? '';
  return { carrier, url, listeners, closing, refuse };
}

export interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of records
  readonly data: any;
}

export interface EventStream {
  readonly headers: Headers;
  /** Everything received so far. */
  text(): string;
  /** Waits for at least `count` events and returns all that were received. */
  events(count: number): Promise<readonly ServerEvent[]>;
  /** Waits until the server ends the stream. */
  ended(): Promise<true>;
  /** Closes the connection. */
  leave(): void;
}

export async function listenAt(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventStream> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (response.status !== 200 || response.body === null) throw new Error(await response.text());
  const state = { text: '', ended: false };
  void readAll(response.body, state);
  return {
    headers: response.headers,
    text: () => state.text,
    events: (count) =>
      eventually(`${count} events`, () => {
        const events = eventsIn(state.text);
        return events.length < count ? undefined : events;
      }),
    ended: () => eventually('the end of the stream', () => (state.ended ? true : undefined)),
    leave: () => leaving.abort(),
  };
}

async function readAll(
  body: NonNullable<Response['body']>,
  state: { text: string; ended: boolean },
): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) state.text += decoder.decode(chunk, { stream: true });
    state.ended = true;
  } catch {
    // The client left before the end.
  }
}

/** WHATWG HTML, 9.2.6: a field per line, an empty line ends an event, and a block without data is not an event. */
function eventsIn(text: string): readonly ServerEvent[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const fields = block.split('\n').filter((line) => !line.startsWith(':'));
    const field = (name: string) =>
      fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    return data === undefined
      ? []
      : [{ id: field('id'), event: field('event'), data: JSON.parse(data) }];
  });
}
