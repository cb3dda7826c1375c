/** Moves between the rows of the list by keys. */
import { goTo, place } from '../state/place.js';
import { filterParameters, shown } from './shown-requests.js';

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
  const focused = (document.activeElement as HTMLElement | null)?.dataset['id'];
  const at = rows.findIndex(({ id }) => id === (focused ?? place.value.opened));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  if (next === undefined) return;
  goTo({ view: 'requests', opened: next.id, parameters: filterParameters.value });
  focusRow(next.id);
}

/** Closes the request and focuses its row. */
export function closeDetail(): void {
  const { opened } = place.value;
  if (opened === undefined) return;
  goTo({ view: 'requests', parameters: filterParameters.value });
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

/** Returns the list; undefined if it has no such row. */
function scrollToRow(id: string): Element | undefined {
  const list = document.querySelector('.list-rows');
  const at = shown.value.findIndex((record) => record.id === id);
  if (list === null || at === -1) return undefined;
  const topPx = at * ROW_PX;
  if (topPx < list.scrollTop) list.scrollTop = topPx;
  if (topPx + ROW_PX > list.scrollTop + list.clientHeight) list.scrollTop = topPx + ROW_PX - list.clientHeight;
  return list;
}
