/** The rows of the list: those that pass the filter, as they were when the list was paused. */
import { computed, signal } from '@preact/signals';
import type { JournalRecord } from '../api/schemas.js';
import { records } from '../state/live-requests.js';
import { place, replacePlace } from '../state/place.js';
import { type Filter, filterRecords } from './filter-records.js';

/** The list as it was when it was paused; undefined while it goes on. */
const paused = signal<readonly JournalRecord[] | undefined>(undefined);

export const isPaused = computed(() => paused.value !== undefined);

export function pause(isWanted: boolean): void {
  paused.value = isWanted ? records.value : undefined;
}

/** How many came since. */
export const waitingCount = computed(() => {
  const [last] = paused.value ?? [];
  if (paused.value === undefined) return 0;
  const at = records.value.findIndex(({ id }) => id === last?.id);
  return at === -1 ? records.value.length : at;
});

/** In the address, so that a filtered list can be handed on. */
export const filter = computed<Filter>(() => {
  const { appId = '', operation = '', code = '', kind = '', text = '' } = place.value.parameters;
  return { appId, operation, code, kind, text };
});

export function changeFilter(changed: Partial<Filter>): void {
  const { opened } = place.value;
  replacePlace({ view: 'requests', opened, parameters: { ...filter.value, ...changed } });
}

export const shown = computed(() => filterRecords(paused.value ?? records.value, filter.value));
