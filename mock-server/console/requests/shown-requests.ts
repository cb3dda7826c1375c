/** The shown rows of the list, and moves between them by keys. */
import { computed } from '@preact/signals';
import { codeWords } from '../parts/code-badge.js';
import { type Cause, causeOf } from '../state/causes.js';
import { filter, found } from '../state/found-requests.js';
import { records } from '../state/live-requests.js';
import { goTo, place, replacePlace } from '../state/place.js';
import { type Filter, filterRecords, union } from '../state/record-list.js';
import { appLabel } from '../state/server-data.js';
import { verdictOf } from './verdict.js';

export function changeFilter(changed: Partial<Filter>): void {
  const { opened, parameters } = place.value;
  const filled = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== '');
  replacePlace({ view: 'requests', opened, parameters: Object.fromEntries(filled) });
}

/** The records of the filter, but of any cause. */
const ofAnyCause = computed(() => {
  const own = filterRecords(records.value, filter.value, (record) => {
    const app = record.appId === null ? '' : appLabel(record.appId);
    return `${codeWords(record.operation, record.resultCode)}\n${verdictOf(record, causeOf(record.id)).title}\n${app}`;
  });
  return found.value.length === 0 ? own : union(records.value, own, found.value);
});

export const shown = computed(() => {
  const { finding } = filter.value;
  return finding === '' ? ofAnyCause.value : ofAnyCause.value.filter(({ id }) => causeOf(id)?.finding === finding);
});

/** The causes of the records of the filter, the most frequent first. */
export const shownCauses = computed(() => {
  const counts = new Map<Cause, number>();
  for (const { id } of ofAnyCause.value) {
    const cause = causeOf(id);
    if (cause !== undefined) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  return [...counts].map(([cause, count]) => ({ ...cause, count })).toSorted((one, other) => other.count - one.count);
});

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

/** Returns the list; undefined if it has no such row. */
export function scrollToRow(id: string): Element | undefined {
  const list = document.querySelector('.list-rows');
  const at = shown.value.findIndex((record) => record.id === id);
  if (list === null || at === -1) return undefined;
  const topPx = at * ROW_PX;
  if (topPx < list.scrollTop) list.scrollTop = topPx;
  if (topPx + ROW_PX > list.scrollTop + list.clientHeight) list.scrollTop = topPx + ROW_PX - list.clientHeight;
  return list;
}
