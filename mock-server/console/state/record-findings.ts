/** Loads and caches the findings of visible records, one small group at a time. */
import { signal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { ListedFinding } from '../api/schemas.js';
import { language } from './language.js';
import { nowMs } from './now.js';

/** The server explains at most this many records per page. */
const GROUP = 20;
const KEPT_MAX = 20_000;
// An explanation may block the server for a tenth of a second. Three quarters of its time are left for clients.
const REST_FACTOR = 3;
const REST_MS_MIN = 50;

const known = signal<ReadonlyMap<string, readonly ListedFinding[]>>(new Map());
let wanted: readonly string[] = [];
let isLoading = false;

/** undefined until they are loaded. */
export function findingsOf(id: string): readonly ListedFinding[] | undefined {
  return known.value.get(keyOf(id));
}

/** Replaces the previous request, so that rows out of view do not delay the visible ones. */
export function requestFindings(ids: readonly string[]): void {
  wanted = missing(ids);
  if (!isLoading) void loadWanted();
}

async function loadWanted(): Promise<void> {
  isLoading = true;
  try {
    while (wanted.length > 0) {
      const startedMs = nowMs();
      await load(wanted.slice(0, GROUP));
      await rest(REST_MS_MIN + REST_FACTOR * (nowMs() - startedMs));
      wanted = missing(wanted);
    }
  } catch {
    // The rows show the deciding rule instead. The next visible rows start loading again.
    wanted = [];
  } finally {
    isLoading = false;
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function load(ids: readonly string[]): Promise<void> {
  const lang = language.peek();
  const query = { ids: ids.join(','), remarks: 'true', lang } as const;
  const { requests, more } = await answerOf(control.GET('/_mock/requests', { params: { query } }));
  const found = new Map(requests.map(({ id, findings }) => [id, findings ?? []]));
  const entries = new Map(known.peek().size > KEPT_MAX ? [] : known.peek());
  for (const id of ids) {
    const findings = found.get(id);
    // A dropped record has no findings.
    if (findings !== undefined || !more) entries.set(keyOf(id, lang), findings ?? []);
  }
  known.value = entries;
}

function missing(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => !known.peek().has(keyOf(id)));
}

function keyOf(id: string, lang = language.value): string {
  return `${lang} ${id}`;
}
