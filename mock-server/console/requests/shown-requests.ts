/** The shown rows of the list, Clear, and moves between the rows by keys. */
import { computed } from '@preact/signals';
import type { JournalRecord } from '../../../src/control/api.js';
import { type Filter, found, isFiltered, query } from '../state/found.js';
import { records } from '../state/live-requests.js';
import { call } from '../state/mock.js';
import { goTo, place, replacePlace } from '../state/place.js';

export function changeFilter(changed: Partial<Filter>): void {
  const { opened, parameters } = place.value;
  const filled = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== '');
  replacePlace({ view: 'requests', opened, parameters: Object.fromEntries(filled) });
}

/** The rows of the list. */
export const shown = computed(() => (isFiltered.value ? found.value : records.value));

/** Deletes what the filter shows, and no request that came after the newest one. The server reports the removal to each page. */
export function clear(newest: JournalRecord | undefined): Promise<unknown> {
  return call('DELETE /requests', { query: { ...query.value, until: newest?.id } });
}

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
  const { opened, parameters } = place.value;
  // One entry in the history for all moves, so that Back leaves the request.
  const go = opened === undefined ? goTo : replacePlace;
  go({ view: 'requests', opened: next.id, parameters });
  focusRow(next.id);
}

/** Opens a request, and moves the focus into it. */
export function openRequest(id: string): void {
  goTo({ view: 'requests', opened: id, parameters: place.value.parameters });
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.request-detail')?.focus());
}

/** Closes the request and focuses its row. */
export function closeDetail(): void {
  const { opened } = place.value;
  if (opened === undefined) return;
  goTo({ view: 'requests', parameters: place.value.parameters });
  focusRow(opened);
}

/**
 * Waits until the list is rendered, then until the row is. A user who has moved the focus meanwhile keeps it there; that a
 * new view got it is no move of the user.
 */
function focusRow(id: string): void {
  const byItself = [document.activeElement, document.body, document.getElementById('main')];
  const isUnmoved = () => byItself.includes(document.activeElement);
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
