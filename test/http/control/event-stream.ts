/** A client of server-sent events that reads the response's body stream. */
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
  /** Everything received so far. */
  text(): string;
  /** Waits for at least `count` events and returns all that were received. */
  events(count: number): Promise<readonly ServerEvent[]>;
  /** Waits until the server ends the stream. */
  ended(): Promise<true>;
  /** Closes the connection. */
  leave(): void;
}

export async function listenAt(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream> {
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

async function readAll(body: NonNullable<Response['body']>, state: { text: string; ended: boolean }): Promise<void> {
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
    const field = (name: string) => fields.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    return data === undefined ? [] : [{ id: field('id'), event: field('event'), data: JSON.parse(data) }];
  });
}
