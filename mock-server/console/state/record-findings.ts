/** Loads and caches the findings of visible records, one small group at a time. */
import { signal } from '@preact/signals';
import type { JournalPage } from '../../../src/control/api.js';
import { language } from '../messages/message.js';
import { type ListedFinding, transport } from './mock.js';
import { nowMs } from './now.js';

/** The server explains at most this many records per page. */
const GROUP = 20;
const KEPT_MAX = 20_000;
// An explanation may block the server for a tenth of a second. Three quarters of its time are left for clients.
const PAUSE_FACTOR = 3;

const findingsByKey = signal<ReadonlyMap<string, readonly ListedFinding[]>>(new Map());
let queue: readonly string[] = [];
let isLoading = false;

/** undefined until they are loaded. */
export function findingsOf(id: string): readonly ListedFinding[] | undefined {
  return findingsByKey.value.get(keyOf(id));
}

/** Replaces the previous request, so that rows out of view do not delay the visible ones. */
export function requestFindings(ids: readonly string[]): void {
  queue = missing(ids);
  if (!isLoading) void loadQueue();
}

async function loadQueue(): Promise<void> {
  isLoading = true;
  try {
    while (queue.length > 0) {
      const startedMs = nowMs();
      await load(queue.slice(0, GROUP));
      const pauseMs = PAUSE_FACTOR * (nowMs() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      queue = missing(queue);
    }
  } catch {
    // The rows show the deciding rule instead. The next visible rows start loading again.
    queue = [];
  } finally {
    isLoading = false;
  }
}

async function load(ids: readonly string[]): Promise<void> {
  const lang = language.peek();
  const query = { ids: ids.join(','), remarks: 'true', lang };
  const { requests, more } = await transport.call<JournalPage>({ method: 'GET', path: '/requests', query });
  const found = new Map(requests.map(({ id, findings }) => [id, findings ?? []]));
  const entries = new Map(findingsByKey.peek().size > KEPT_MAX ? [] : findingsByKey.peek());
  for (const id of ids) {
    const findings = found.get(id);
    // A dropped record has no findings.
    if (findings !== undefined || !more) entries.set(keyOf(id, lang), findings ?? []);
  }
  findingsByKey.value = entries;
}

function missing(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => !findingsByKey.peek().has(keyOf(id)));
}

function keyOf(id: string, lang = language.value): string {
  return `${lang} ${id}`;
}
