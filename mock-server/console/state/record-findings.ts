/** What explanations find, for the records in sight: requested in small groups, one at a time, and kept. */
import { signal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { ListedFinding } from '../api/schemas.js';
import { language } from './language.js';
import { nowMs } from './now.js';

/** As many as the server explains for one page. */
const GROUP = 20;
const KEPT_MAX = 20_000;
// An explanation may hold the server up for a tenth of a second: three quarters of its time are for its clients.
const REST_FACTOR = 3;
const REST_MS_MIN = 50;

const known = signal<ReadonlyMap<string, readonly ListedFinding[]>>(new Map());
let wanted: readonly string[] = [];
let isAsking = false;

/** Undefined until they are there. */
export function findingsOf(id: string): readonly ListedFinding[] | undefined {
  return known.value.get(keyOf(id));
}

/** Replaces what was wanted before: rows that are out of sight are not waited for. */
export function wantFindings(ids: readonly string[]): void {
  wanted = missing(ids);
  if (!isAsking) void ask();
}

async function ask(): Promise<void> {
  isAsking = true;
  try {
    while (wanted.length > 0) {
      const startedMs = nowMs();
      await askFor(wanted.slice(0, GROUP));
      await rest(REST_MS_MIN + REST_FACTOR * (nowMs() - startedMs));
      wanted = missing(wanted);
    }
  } catch {
    // The rows show the rule that decided; the next rows in sight ask again.
    wanted = [];
  } finally {
    isAsking = false;
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function askFor(ids: readonly string[]): Promise<void> {
  const lang = language.peek();
  const query = { ids: ids.join(','), remarks: 'true', lang } as const;
  const { requests, more } = await answerOf(control.GET('/_mock/requests', { params: { query } }));
  const found = new Map(requests.map(({ id, findings }) => [id, findings ?? []]));
  const entries = new Map(known.peek().size > KEPT_MAX ? [] : known.peek());
  for (const id of ids) {
    const findings = found.get(id);
    // Of a record that the server no longer has nothing will be found.
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
