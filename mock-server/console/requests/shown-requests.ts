/** The shown rows of the list, and moves between them by keys. */
import { computed } from '@preact/signals';
import { codeWords } from '../parts/code-badge.js';
import { found } from '../state/found-requests.js';
import { records } from '../state/live-requests.js';
import { goTo, place, replacePlace } from '../state/place.js';
import { findingsOf } from '../state/record-findings.js';
import { type Filter, filterRecords, union } from '../state/record-list.js';
import { appLabel } from '../state/server-data.js';
import { verdictOf } from './verdict.js';

/** The filter is in the address, so that a filtered list can be shared. */
export const filter = computed<Filter>(() => {
  const { appId = '', operation = '', code = '', kind = '', text = '' } = place.value.parameters;
  return { appId, operation, code, kind, text };
});

export function changeFilter(changed: Partial<Filter>): void {
  const { opened, parameters } = place.value;
  const filled = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== '');
  replacePlace({ view: 'requests', opened, parameters: Object.fromEntries(filled) });
}

export const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== ''));

export const shown = computed(() => {
  const own = filterRecords(records.value, filter.value, (record) => {
    const { title } = verdictOf(record, findingsOf(record.id));
    const app = record.appId === null ? '' : appLabel(record.appId);
    return `${codeWords(record.operation, record.resultCode)}\n${title}\n${app}`;
  });
  const more = filterRecords(found.value, { ...filter.value, text: '' }, () => '');
  return more.length === 0 ? own : union(records.value, own, more);
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
function scrollToRow(id: string): Element | undefined {
  const list = document.querySelector('.list-rows');
  const at = shown.value.findIndex((record) => record.id === id);
  if (list === null || at === -1) return undefined;
  const topPx = at * ROW_PX;
  if (topPx < list.scrollTop) list.scrollTop = topPx;
  if (topPx + ROW_PX > list.scrollTop + list.clientHeight) list.scrollTop = topPx + ROW_PX - list.clientHeight;
  return list;
}
