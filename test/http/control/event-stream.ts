/** A listener to server-sent events, read from the body's own stream. */
import { onTestFinished } from 'vitest';
import { eventually } from '../../support/poll.js';

export interface ServerEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests read fields of records
  readonly data: any;
}

export interface EventStream {
  readonly headers: Headers;
  /** All that came, as text. */
  text(): string;
  /** Waits until so many events have come, and gives those that there are. */
  events(count: number): Promise<readonly ServerEvent[]>;
  /** Waits for the end, which the server brings about. */
  ended(): Promise<true>;
  /** Goes away. */
  leave(): void;
}

export async function listenAt(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
  const away = new AbortController();
  onTestFinished(() => away.abort());
  const response = await fetch(url, { headers, signal: away.signal });
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
    leave: () => away.abort(),
  };
}

async function readAll(body: NonNullable<Response['body']>, state: { text: string; ended: boolean }): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) state.text += decoder.decode(chunk, { stream: true });
    state.ended = true;
  } catch {
    // Whoever leaves before the end has no more to read.
  }
}

/** WHATWG HTML, 9.2.6: fields on lines, an empty line dispatches; what has no data is no event. */
function eventsIn(text: string): readonly ServerEvent[] {
  const blocks = text.split('\n\n').slice(0, -1);
  return blocks.flatMap((block) => {
    const fields = block.split('\n').filter((line) => !line.startsWith(':'));
    const field = (name: string) => fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    return data === undefined ? [] : [{ id: field('id'), event: field('event'), data: JSON.parse(data) }];
  });
}
