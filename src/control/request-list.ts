/** Lists requests of the journal, page by page. */
import type { JournalPage, JournalRecord } from './api.js';
import { ControlError, isNotFound } from './errors.js';
import type { RequestFilter } from './mock-app.js';
import type { Transport } from './transport.js';

const PAGE = 1000;

interface ListFilter extends RequestFilter {
  readonly appId?: string;
}

interface PageQuery extends ListFilter {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Up to the limit or the last record. @throws ControlError ERR_CONTROL_INCOMPLETE if records may be missing */
export async function listRequests(
  transport: Transport,
  { limit = Number.POSITIVE_INFINITY, ...filter }: ListFilter,
): Promise<readonly JournalRecord[]> {
  const records: JournalRecord[] = [];
  let after: string | undefined;
  while (records.length < limit) {
    const page = await pageOf(transport, {
      ...filter,
      limit: Math.min(PAGE, limit - records.length),
      after,
    });
    records.push(...page.requests);
    const isEnd = page.after === null || page.after === after;
    // A page that is not complete goes on in the next one.
    if (isEnd && !page.complete) throw incomplete(transport, records.length);
    if (isEnd) break;
    after = page.after;
  }
  return records;
}

/** A journal drops its oldest records first. So the record of `after` was the oldest one of its app, but not of others. */
async function pageOf(
  transport: Transport,
  query: PageQuery,
): Promise<Pick<JournalPage, 'requests' | 'after' | 'complete'>> {
  try {
    return await transport.call('GET /requests', { query });
  } catch (error) {
    if (query.after === undefined || !isNotFound(error)) throw error;
    return { requests: [], after: null, complete: query.appId !== undefined };
  }
}

function incomplete({ url }: Transport, found: number): ControlError {
  return new ControlError({
    code: 'ERR_CONTROL_INCOMPLETE',
    call: `GET ${url}/_mock/requests`,
    detail: `requests were removed while the mock listed them, and older ones than the ${found} found may be missing. Call again, or list the requests of one app.`,
  });
}
