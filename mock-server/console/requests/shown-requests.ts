/** The rows of the list: those that pass the filter, as they were when the list was paused. */
import { computed, signal } from '@preact/signals';
import type { JournalRecord } from '../api/schemas.js';
import { codeWords } from '../parts/code-badge.js';
import { generation, records } from '../state/live-requests.js';
import { place, replacePlace } from '../state/place.js';
import { type Filter, filterRecords } from './filter-records.js';

interface Paused {
  /** The list as it was then. */
  readonly records: readonly JournalRecord[];
  readonly generation: number;
}

const halted = signal<Paused | undefined>(undefined);

/** Undefined while the list goes on: also where the journal was begun anew meanwhile. */
const paused = computed(() => (halted.value?.generation === generation.value ? halted.value.records : undefined));

export const isPaused = computed(() => paused.value !== undefined);

export function pause(isWanted: boolean): void {
  halted.value = isWanted ? { records: records.value, generation: generation.value } : undefined;
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

export const shown = computed(() =>
  filterRecords(paused.value ?? records.value, filter.value, ({ operation, resultCode }) =>
    codeWords(operation, resultCode),
  ),
);
