/** What the server finds for the filter of the list: the requests, and the causes of the newest ones. It is searched again when requests pause. */
import { computed, effect, signal } from '@preact/signals';
import type { Causes, JournalRecord } from '../../../src/control/api.js';
import type { PartsOf } from '../../../src/control/calls/calls.js';
import {
  amendment,
  hasOlder,
  isArriving,
  newestAtPause,
  olderCount,
  readPage,
  records,
} from './live-requests.js';
import { transport } from './mock.js';
import { notifyProblem } from './notices.js';
import { place } from './place.js';
import { mergeRecords, pagesOf } from './record-list.js';

export type Cause = Causes['causes'][number];

/** `code` is a result code or its beginning. */
export type Filter = Readonly<ReturnType<typeof filterOf>>;

function filterOf(parameters: Readonly<Record<string, string>>) {
  const { appId = '', operation = '', kind = '', code = '', cause = '', text = '' } = parameters;
  return { appId, operation, kind, code, cause, text };
}

export const NO_FILTER = filterOf({});

/** The filter is in the address, so that a filtered list can be shared. */
export const filter = computed(() =>
  place.value.view === 'requests' ? filterOf(place.value.parameters) : NO_FILTER,
);

/** As a text, which changes only with the filter. */
const search = computed(() => {
  const { code, ...others } = filter.value;
  const texts = Object.entries({ ...others, resultCode: code && `${code}*` });
  return new URLSearchParams(texts.filter(([, text]) => text !== '')).toString();
});

export type Query = NonNullable<PartsOf<'GET /requests/causes'>['query']>;

/** The filter as the control API names it. The server checks the values that an address contains. */
export const query = computed(
  (): Query => Object.fromEntries(new URLSearchParams(search.value)) as Query,
);
export const isFiltered = computed(() => search.value !== '');

const TYPING_PAUSE_MS = 200;

/** Returns a function that stops it. */
function soon(load: (stopped: AbortSignal) => Promise<void>): () => void {
  const stopping = new AbortController();
  const timer = setTimeout(() => void load(stopping.signal).catch(notifyProblem), TYPING_PAUSE_MS);
  return () => {
    clearTimeout(timer);
    stopping.abort();
  };
}

const FOUND_MAX = 10_000;

/** Newest first. */
export const found = signal<readonly JournalRecord[]>([]);
export const isSearching = signal(false);

effect(() => {
  const wanted = query.value;
  found.value = [];
  isSearching.value = isFiltered.value;
  return isFiltered.value ? soon((stopped) => searchAll(wanted, stopped)) : undefined;
});

effect(() => {
  found.value = amendment.value(found.peek());
});

function pagesFor(wanted: Query) {
  return pagesOf((after) => readPage({ ...wanted, after }));
}

async function searchAll(wanted: Query, stopped: AbortSignal): Promise<void> {
  try {
    for await (const requests of pagesFor(wanted)) {
      if (stopped.aborted) return;
      found.value = [...found.value, ...requests];
      if (found.value.length >= FOUND_MAX) break;
    }
  } finally {
    if (!stopped.aborted) isSearching.value = false;
  }
}

/** Reads until a page has a known request: explaining all new ones can take several pages. */
async function searchNew(wanted: Query, stopped: AbortSignal): Promise<void> {
  const known = new Set(found.value.map(({ id }) => id));
  const added: JournalRecord[] = [];
  for await (const requests of pagesFor(wanted)) {
    if (stopped.aborted || isSearching.value) return;
    added.push(...requests);
    if (added.length >= FOUND_MAX || requests.some(({ id }) => known.has(id))) break;
  }
  found.value = mergeRecords(found.value, added, FOUND_MAX);
}

effect(() => {
  if (newestAtPause.value === undefined || !isFiltered.peek() || isSearching.peek())
    return undefined;
  return soon((stopped) => searchNew(query.peek(), stopped));
});

effect(() => {
  olderCount.value = hasOlder.value ? olderCount.peek() : 0;
  if (newestAtPause.value === undefined || !hasOlder.value) return undefined;
  return soon(async (stopped) => {
    const { count } = await transport.call('POST /requests/count', { body: {} });
    if (!stopped.aborted) olderCount.value = Math.max(0, count - records.peek().length);
  });
});

/** After an incomplete answer, unless requests keep coming. The server computes for at most a tenth of this time. */
const AGAIN_MS = 2000;

/** The most frequent first. */
export const causes = signal<readonly Cause[]>([]);
/** Whether all requests are explained; until then the counts are too small. */
export const isExplained = signal(false);
const byRequest = computed(
  () => new Map(causes.value.flatMap((cause) => cause.requests.map((id) => [id, cause] as const))),
);

/** undefined for a request without a known cause, and until it is loaded. */
export function causeOf(id: string): Cause | undefined {
  return byRequest.value.get(id);
}

/** Of any cause, so that another one can be chosen. */
effect(() => {
  const { cause: _, ...wanted } = query.value;
  return newestAtPause.value === undefined
    ? undefined
    : soon((stopped) => loadCauses(wanted, stopped));
});

async function loadCauses(wanted: Query, stopped: AbortSignal): Promise<void> {
  const loaded = await transport.call('GET /requests/causes', { query: wanted });
  if (stopped.aborted) return;
  causes.value = loaded.causes;
  isExplained.value = loaded.complete;
  const again = () =>
    stopped.aborted || isArriving() || void loadCauses(wanted, stopped).catch(notifyProblem);
  if (!loaded.complete) setTimeout(again, AGAIN_MS);
}
