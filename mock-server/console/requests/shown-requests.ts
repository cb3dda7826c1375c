/** The shown rows of the list, Clear and its undo, and moves between the rows by keys. */
import { computed, signal } from '@preact/signals';
import type { JournalRecord } from '../../../src/control/api.js';
import { type Filter, found, isFiltered, type Query, query } from '../state/found.js';
import { readJournal, records } from '../state/live-requests.js';
import { transport } from '../state/mock.js';
import { attempt } from '../state/notices.js';
import { goTo, place, replacePlace } from '../state/place.js';

export function changeFilter(changed: Partial<Filter>): void {
  const { opened, parameters } = place.value;
  const filled = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== '');
  replacePlace({ view: 'requests', opened, parameters: Object.fromEntries(filled) });
}

interface Cleared {
  readonly ids: ReadonlySet<string>;
  /** Of the call that deletes them. */
  readonly query: Query & { readonly until: string };
  readonly timer: ReturnType<typeof setTimeout>;
}

const UNDO_MS = 10_000;

/** The requests that the page hides. They are deleted after ten seconds, or when the page is left. */
export const cleared = signal<Cleared | undefined>(undefined);

function withoutCleared(all: readonly JournalRecord[]): readonly JournalRecord[] {
  const hidden = cleared.value?.ids;
  return hidden === undefined ? all : all.filter(({ id }) => !hidden.has(id));
}

/** The loaded requests, without a filter. */
export const loaded = computed(() => withoutCleared(records.value));
export const shown = computed(() =>
  isFiltered.value ? withoutCleared(found.value) : loaded.value,
);

/** Clears what the filter shows, and no request that comes later. */
export async function clear(): Promise<void> {
  await deleteCleared();
  const rows = shown.value;
  const [newest] = rows;
  if (newest === undefined) return;
  const timer = setTimeout(() => void attempt(deleteCleared), UNDO_MS);
  cleared.value = {
    ids: new Set(rows.map(({ id }) => id)),
    query: { ...query.value, until: newest.id },
    timer,
  };
}

export function undoClear(): void {
  clearTimeout(cleared.value?.timer);
  cleared.value = undefined;
}

async function deleteCleared(): Promise<void> {
  const deleted = cleared.value;
  if (deleted === undefined) return;
  clearTimeout(deleted.timer);
  try {
    await transport.call('DELETE /requests', { query: deleted.query });
    found.value = found.value.filter(({ id }) => !deleted.ids.has(id));
    await readJournal();
  } finally {
    cleared.value = undefined;
  }
}

addEventListener('pagehide', () => void deleteCleared().catch(() => undefined));

/** The same height as in the style sheet. */
export const ROW_PX = 32;

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

export function moveOn(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  if (step === undefined || shown.value.length === 0) return;
  event.preventDefault();
  moveBy(step);
}

/** Moves from the focused row, else from the open one. */
export function moveBy(step: number): void {
  const rows = shown.value;
  const focused = document.activeElement?.getAttribute('data-id');
  const at = rows.findIndex(({ id }) => id === (focused ?? place.value.opened));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next === undefined) return;
  goTo({ view: 'requests', opened: next.id, parameters: place.value.parameters });
  focusRow(next.id);
}

/** Closes the request and focuses its row. */
export function closeDetail(): void {
  const { opened } = place.value;
  if (opened === undefined) return;
  goTo({ view: 'requests', parameters: place.value.parameters });
  focusRow(opened);
}

/** Waits until the list is rendered, then until the row is. A user who has moved the focus meanwhile keeps it there. */
function focusRow(id: string): void {
  const focused = document.activeElement;
  const isUnmoved = () => [focused, document.body].includes(document.activeElement);
  requestAnimationFrame(() => {
    const list = scrollToRow(id);
    requestAnimationFrame(() => {
      if (isUnmoved()) list?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus();
    });
  });
}

export function isRowShown(
  id: string,
  { scrollTop, heightPx }: Record<'scrollTop' | 'heightPx', number>,
): boolean {
  const topPx = ROW_PX * shown.peek().findIndex((record) => record.id === id);
  return topPx >= scrollTop && topPx + ROW_PX <= scrollTop + heightPx;
}

/** Returns the list; undefined if it has no such row. */
export function scrollToRow(id: string): Element | undefined {
  const list = document.querySelector('.list-rows');
  const at = shown.value.findIndex((record) => record.id === id);
  if (list === null || at === -1) return undefined;
  const topPx = at * ROW_PX;
  if (topPx < list.scrollTop) list.scrollTop = topPx;
  if (topPx + ROW_PX > list.scrollTop + list.clientHeight)
    list.scrollTop = topPx + ROW_PX - list.clientHeight;
  return list;
}
