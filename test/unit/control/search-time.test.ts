/** How long a search takes: only the computation of findings has a limit, and a page that reaches it says so. No clock runs. */
import { describe, expect, test } from 'vitest';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { controlBench, createApp, exchange } from '../../support/control.js';
import { directApi } from '../../support/direct-api.js';

const REQUESTS = 5;

interface Slow {
  /** How long the store takes for each step of a journal. */
  readonly storeMs?: number;
  /** How much time passes from one look at the clock to the next. */
  readonly tickMs?: number;
}

/** The control API with five refused requests of one app, newest first. Without a token, a finding needs no earlier request. */
async function slowBench({ storeMs = 0, tickMs = 0 }: Slow) {
  const bench = await controlBench();
  const { store } = bench.carrier;
  const app = await createApp(bench);
  const ids: string[] = [];
  for (let at = 0; at < REQUESTS; at += 1) ids.unshift((await exchange(bench, app, '')).requestId);
  let elapsedMs = 0;
  const carrier: Carrier = {
    ...bench.carrier,
    clock: {
      ...bench.carrier.clock,
      elapsedMs: () => {
        elapsedMs += tickMs;
        return elapsedMs;
      },
    },
    store: {
      ...store,
      journal: async function* (partition) {
        elapsedMs += storeMs;
        yield* store.journal(partition);
      },
    },
  };
  const api = directApi(carrier);
  return {
    ids,
    get: async (path: string) => (await api.get(`/_mock/requests${path}`).expect(200)).body,
  };
}

interface Page {
  readonly requests: readonly { readonly id: string }[];
  readonly more: boolean;
  readonly after: string | null;
  readonly complete: boolean;
}

async function pagesOf(
  get: (path: string) => Promise<Page>,
  query: string,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: Page = await get(`?${query}${after && `&after=${after}`}`);
    pages.push(page);
    ({ after } = page);
    expect(pages.length, 'pages').toBeLessThan(2 * REQUESTS);
  }
  return pages;
}

const idsOf = ({ requests }: Page) => requests.map(({ id }) => id);

describe('a store that takes seconds for a step', () => {
  test.each(['', 'finding=*', 'text=no-such-text', 'limit=2'])(
    'a list with "%s" is complete',
    async (query) => {
      const [slow, fast] = [await slowBench({ storeMs: 1300 }), await slowBench({})];
      const expected = (await pagesOf(fast.get, query)).map((page) => idsOf(page).length);
      const pages = await pagesOf(slow.get, query);
      expect(pages.map((page) => idsOf(page).length)).toEqual(expected);
      expect(pages.map(({ complete }) => complete)).toEqual(pages.map(() => true));
    },
  );

  test('the causes are complete', async () => {
    const { ids, get } = await slowBench({ storeMs: 1300 });
    const { causes, complete } = await get('/causes');
    expect(complete).toBe(true);
    expect(causes.flatMap(({ requests }: { requests: string[] }) => requests).toSorted()).toEqual(
      ids.toSorted(),
    );
  });
});

describe('findings that take seconds to compute', () => {
  test('end a page before its limit: it is not complete, and names where the next one begins', async () => {
    const { ids, get } = await slowBench({ tickMs: 5000 });
    const page: Page = await get('?finding=phone.*');
    expect(page).toMatchObject({ requests: [], complete: false, more: true, after: ids[0] });
  });

  test('the pages together have every request once, and only the last one has no next page', async () => {
    const { ids, get } = await slowBench({ tickMs: 600 });
    const pages = await pagesOf(get, 'finding=*');
    expect(pages.flatMap(idsOf)).toEqual(ids);
    expect(pages.map(({ more }) => more)).toEqual(pages.map((_, at) => at < pages.length - 1));
    expect(pages.map(({ complete }) => complete)).toEqual(
      pages.map((_, at) => at === pages.length - 1),
    );
  });

  test('a page that is full is complete', async () => {
    const { get } = await slowBench({ tickMs: 5000 });
    expect(await get('?finding=*&limit=1')).toMatchObject({ more: true, complete: true });
  });

  test.each([
    { query: 'resultCode=103*', isFound: true },
    { query: 'text=103', isFound: true },
    { query: 'text=loginTokenValidate', isFound: true },
    { query: 'text=13800138000', isFound: false },
    { query: 'text=STsid0000001795570579000', isFound: false },
    { query: 'text=no-such-text', isFound: false },
    { query: 'text=no-such-text&cause=sign.no-match', isFound: false },
  ])('a list with $query needs none and is complete', async ({ query, isFound }) => {
    const { ids, get } = await slowBench({ tickMs: 5000 });
    const page: Page = await get(`?${query}`);
    expect([idsOf(page), page.complete, page.after]).toEqual([isFound ? ids : [], true, null]);
  });

  test('the causes have more with each call, until all requests are explained', async () => {
    const { ids, get } = await slowBench({ tickMs: 5000 });
    const counts: number[] = [];
    let complete = false;
    while (!complete && counts.length < 2 * REQUESTS) {
      const found = await get('/causes');
      ({ complete } = found);
      counts.push(
        found.causes.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
      );
    }
    expect(counts).toEqual(ids.map((_, at) => at + 1));
  });
});
