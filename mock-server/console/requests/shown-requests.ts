/** The rows of the list: those that pass the filter, as they were when the list was paused. */
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
  /** The list as it was then. */
  readonly records: readonly JournalRecord[];
  readonly generation: number;
}

const halted = signal<Paused | undefined>(undefined);

/** Undefined while the list goes on: also where the journal was begun anew meanwhile. */
const paused = computed(() => (halted.value?.generation === generation.value ? halted.value.records : undefined));

export const isPaused = computed(() => paused.value !== undefined);

/** What came since, newest first. */
const waiting = computed<readonly JournalRecord[]>(() => {
  const [last] = paused.value ?? [];
  if (paused.value === undefined) return [];
  const at = records.value.findIndex(({ id }) => id === last?.id);
  return at === -1 ? records.value : records.value.slice(0, at);
});

export const waitingCount = computed(() => waiting.value.length);

/** What came while the list was paused, and has not been opened. */
export const unread = signal<ReadonlySet<string>>(new Set());

export function pause(isWanted: boolean): void {
  if (!isWanted) unread.value = new Set([...unread.value, ...waiting.value.map(({ id }) => id)]);
  halted.value = isWanted ? { records: records.value, generation: generation.value } : undefined;
}

export function markRead(id: string): void {
  if (unread.peek().has(id)) unread.value = new Set([...unread.peek()].filter((each) => each !== id));
}

export function markAllRead(): void {
  unread.value = new Set();
}

/** In the address, so that a filtered list can be handed on. */
export const filter = computed<Filter>(() => {
  const { appId = '', operation = '', code = '', kind = '', text = '' } = place.value.parameters;
  return { appId, operation, code, kind, text };
});

/** As the address has it: what is not asked for is not there. */
export const filterParameters = computed(() => parametersOf(filter.value));

export function changeFilter(changed: Partial<Filter>): void {
  const { opened } = place.value;
  replacePlace({ view: 'requests', opened, parameters: parametersOf({ ...filter.value, ...changed }) });
}

function parametersOf(asked: Filter): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
}

export const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== ''));

const listed = computed(() => paused.value ?? records.value);

/** Successes that are explained in search of remarks, newest first. */
const EXAMINED_MAX = 500;

/** Accepted requests of which it is not known yet whether they have remarks. */
export const unexamined = computed(() =>
  listed.value
    .filter((record) => isSuccess(record.resultCode) && !record.forced)
    .slice(0, EXAMINED_MAX)
    .filter(({ id }) => findingsOf(id) === undefined),
);

/** The filter for remarks has not seen all requests. */
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
