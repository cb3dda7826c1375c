/** The shown rows of the list. */
import { computed } from '@preact/signals';
import { codeWords } from '../parts/code-badge.js';
import { appLabel } from '../state/app-names.js';
import { records } from '../state/live-requests.js';
import { place, replacePlace } from '../state/place.js';
import { findingsOf } from '../state/record-findings.js';
import { type Filter, filterRecords } from './filter-records.js';
import { verdictOf } from './verdict.js';

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

export const shown = computed(() =>
  filterRecords(records.value, filter.value, (record) => {
    const { title } = verdictOf(record, findingsOf(record.id));
    const app = record.appId === null ? '' : appLabel(record.appId);
    return `${codeWords(record.operation, record.resultCode)}\n${title}\n${app}`;
  }),
);
