/** The requests that the server finds for the filter. It searches all records and their findings, the page only what it has loaded. */
import { computed, effect, signal } from '@preact/signals';
import type { JournalPage, JournalRecord } from '../../../src/control/api.js';
import { hasOlder } from './live-requests.js';
import { transport } from './mock.js';
import { notifyProblem } from './notices.js';
import { place } from './place.js';
import { type Filter, filterRecords } from './record-list.js';

const AFTER_TYPING_MS = 300;
const PAGE_LIMIT = 1000;
const FOUND_MAX = 10_000;

/** The filter is in the address, so that a filtered list can be shared. */
export const filter = computed<Filter>(() => {
  const { appId = '', operation = '', code = '', kind = '', finding = '', text = '' } = place.value.parameters;
  return { appId, operation, code, kind, finding, text };
});

export const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== ''));

/** Newest first. */
export const found = signal<readonly JournalRecord[]>([]);
export const isSearching = signal(false);

effect(() => {
  const wanted = filter.value;
  const { finding: _, text, ...others } = wanted;
  // A text may be in a finding, which only the server knows. Otherwise the loaded records suffice, if there are no older ones.
  const isNeeded = text !== '' || (hasOlder.value && Object.values(others).some((value) => value !== ''));
  found.value = [];
  isSearching.value = isNeeded;
  if (!isNeeded) return undefined;
  const stopped = new AbortController();
  const timer = setTimeout(() => void search(wanted, stopped.signal).catch(notifyProblem), AFTER_TYPING_MS);
  return () => {
    clearTimeout(timer);
    stopped.abort();
  };
});

async function search(wanted: Filter, stopped: AbortSignal): Promise<void> {
  const [appId, operation, text] = [wanted.appId, wanted.operation, wanted.text].map((value) => value || undefined);
  let after: string | undefined;
  do {
    const query = { appId, operation, text, limit: PAGE_LIMIT, after };
    const page = await transport.call<JournalPage>({ method: 'GET', path: '/requests', query });
    if (stopped.aborted) return;
    found.value = [...found.value, ...filterRecords(page.requests, { ...wanted, text: '' })];
    after = page.more && found.value.length < FOUND_MAX ? (page.after ?? undefined) : undefined;
  } while (after !== undefined);
  isSearching.value = false;
}
