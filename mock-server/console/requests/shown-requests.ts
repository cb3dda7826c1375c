/** The shown rows of the list: the filter, and the pause. */
import { computed, signal } from '@preact/signals';
import type { JournalRecord } from '../api/schemas.js';
import { codeWords, isSuccess } from '../parts/code-badge.js';
import { appLabel } from '../state/app-names.js';
import { generation, records } from '../state/live-requests.js';
import { place, replacePlace } from '../state/place.js';
import { findingsOf } from '../state/record-findings.js';
import { type Filter, filterRecords } from './filter-records.js';
import { hasRemarks, verdictOf } from './verdict.js';

interface Paused {
  /** The list at the time of the pause. */
  readonly records: readonly JournalRecord[];
  readonly generation: number;
}

const pausedState = signal<Paused | undefined>(undefined);

/** undefined if the list is not paused. Reading the journal again ends a pause. */
const paused = computed(() =>
  pausedState.value?.generation === generation.value ? pausedState.value.records : undefined,
);

export const isPaused = computed(() => paused.value !== undefined);

/** The requests since the pause, newest first. */
const waiting = computed<readonly JournalRecord[]>(() => {
  const [last] = paused.value ?? [];
  if (paused.value === undefined) return [];
  const at = records.value.findIndex(({ id }) => id === last?.id);
  return at === -1 ? records.value : records.value.slice(0, at);
});

export const waitingCount = computed(() => waiting.value.length);

/** The requests that arrived during a pause and were not opened yet. */
export const unread = signal<ReadonlySet<string>>(new Set());

export function setPaused(isOn: boolean): void {
  if (!isOn) unread.value = new Set([...unread.value, ...waiting.value.map(({ id }) => id)]);
  pausedState.value = isOn ? { records: records.value, generation: generation.value } : undefined;
}

export function markRead(id: string): void {
  if (unread.peek().has(id)) unread.value = new Set([...unread.peek()].filter((each) => each !== id));
}

export function markAllRead(): void {
  unread.value = new Set();
}

/** The filter is in the address, so that a filtered list can be shared. */
export const filter = computed<Filter>(() => {
  const { appId = '', operation = '', code = '', kind = '', text = '' } = place.value.parameters;
  return { appId, operation, code, kind, text };
});

/** Without the empty values. */
export const filterParameters = computed(() => parametersOf(filter.value));

export function changeFilter(changed: Partial<Filter>): void {
  const { opened } = place.value;
  replacePlace({ view: 'requests', opened, parameters: parametersOf({ ...filter.value, ...changed }) });
}

function parametersOf(filter: Filter): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

export const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== ''));

const listed = computed(() => paused.value ?? records.value);

/** The filter for remarks checks this many of the newest successes. */
const EXAMINED_MAX = 500;

/** Accepted requests whose remarks are not loaded yet. */
export const unexamined = computed(() =>
  listed.value
    .filter((record) => isSuccess(record.resultCode) && !record.forced)
    .slice(0, EXAMINED_MAX)
    .filter(({ id }) => findingsOf(id) === undefined),
);

/** The filter for remarks is still loading remarks. */
export const isSearching = computed(() => filter.value.kind === 'remarks' && unexamined.value.length > 0);

export const shown = computed(() =>
  filterRecords(listed.value, filter.value, {
    wordsOf: (record) => {
      const { title } = verdictOf(record, findingsOf(record.id));
      const app = record.appId === null ? '' : appLabel(record.appId);
      return `${codeWords(record.operation, record.resultCode)}\n${title}\n${app}`;
    },
    hasRemarks: (record) => hasRemarks(record, findingsOf(record.id)),
  }),
);
