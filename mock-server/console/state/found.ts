/** What the server finds for the filter of the list: the requests, and the causes of the newest ones. It is searched again when requests pause. */
import { computed, effect, signal } from '@preact/signals';
import type { Causes, JournalRecord } from '../../../src/control/api.js';
import type { PartsOf } from '../../../src/control/calls/calls.js';
import { amendment, connection, newestAtPause, readPage } from './live-requests.js';
import { call } from './mock.js';
import { notifyUnloaded } from './notices.js';
import { place } from './place.js';
import { pagesOf } from './record-list.js';

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
  const timer = setTimeout(() => void load(stopping.signal).catch(notifyUnloaded), TYPING_PAUSE_MS);
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
  if (!isFiltered.value) return undefined;
  return soon((stopped) =>
    searchNew(wanted, stopped).finally(() => {
      if (!stopped.aborted) isSearching.value = false;
    }),
  );
});

effect(() => {
  found.value = amendment.value(found.peek());
});

/** Reads until a page has a known request: explaining all new ones can take several pages. */
async function searchNew(wanted: Query, stopped: AbortSignal): Promise<void> {
  const known = new Set(found.peek().map(({ id }) => id));
  const isKnown = ({ id }: JournalRecord) => known.has(id);
  for await (const requests of pagesOf((after) => readPage({ ...wanted, after }))) {
    if (stopped.aborted || wanted !== query.peek()) return;
    // Some may have been removed meanwhile.
    const after = found.value.findIndex(isKnown);
    const at = after === -1 ? found.value.length : after;
    const added = requests.filter((record) => !isKnown(record));
    found.value = found.value.toSpliced(at, 0, ...added).slice(0, FOUND_MAX);
    if (found.value.length === FOUND_MAX || added.length < requests.length) break;
  }
}

function whenFiltered(find: typeof searchNew): (() => void) | undefined {
  if (!isFiltered.peek() || isSearching.peek()) return undefined;
  return soon((stopped) => find(query.peek(), stopped));
}

effect(() => (newestAtPause.value ? whenFiltered(searchNew) : undefined));

/** Requests may have been removed while the page was not connected. */
effect(() => (connection.value === 'open' ? whenFiltered(searchAgain) : undefined));

async function searchAgain(wanted: Query, stopped: AbortSignal): Promise<void> {
  const all: JournalRecord[] = [];
  for await (const requests of pagesOf((after) => readPage({ ...wanted, after }))) {
    all.push(...requests);
    if (all.length >= FOUND_MAX) break;
  }
  if (!stopped.aborted && wanted === query.peek()) found.value = all.slice(0, FOUND_MAX);
}

/** After an incomplete answer. The server computes for at most a tenth of this time. */
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
  const loaded = await call('GET /requests/causes', { query: wanted });
  if (stopped.aborted) return;
  causes.value = loaded.causes;
  isExplained.value = loaded.complete;
  const again = () => stopped.aborted || void loadCauses(wanted, stopped).catch(notifyUnloaded);
  if (!loaded.complete) setTimeout(again, AGAIN_MS);
}
