/** Assertions about an app's calls. If the journal dropped records that could change the result, an assertion throws a ControlError. */
import type { JournalRecord, Operation, RequestCount } from './api.js';
import type { AppCalls } from './app-calls.js';
import { ControlError, MockAssertionError } from './errors.js';
import { explainRequest } from './explain-request.js';
import type { CallFilter } from './mock-app.js';
import { listRequests } from './request-list.js';
import type { Transport } from './transport.js';

export async function countCalls(app: AppCalls, filter: CallFilter): Promise<number> {
  const counted = await countOf(app, filter);
  if (!counted.complete) throw incomplete(app, counted);
  return counted.count;
}

export async function assertCalled(
  app: AppCalls,
  times: number,
  filter: CallFilter,
): Promise<void> {
  const counted = await countOf(app, filter);
  // Dropped records can only increase the count.
  if (!counted.complete && counted.count <= times) throw incomplete(app, counted);
  if (counted.count === times) return markExpected(app, times, filter);
  const { operation, resultCode, token } = filter;
  const expected = [
    times === 0 ? 'no call' : `${times} ${times === 1 ? 'call' : 'calls'}`,
    operation === undefined ? '' : ` of ${operation}`,
    resultCode === undefined ? '' : ` with result code ${resultCode}`,
    token === undefined ? '' : `${resultCode === undefined ? ' with' : ' and'} token ${token}`,
  ].join('');
  const claim = `expected ${expected} by app ${app.appId}, found ${counted.count}`;
  throw await failure(app, claim, { expected: times, actual: counted.count });
}

/** Marks the refusals whose code a test names. Others may be mistakes that the test does not see. */
async function markExpected(
  { transport, appId }: AppCalls,
  times: number,
  { token = '', ...filter }: CallFilter,
): Promise<void> {
  if (filter.resultCode === undefined || times === 0) return;
  const found = await listRequests(transport, { ...filter, appId });
  const refused = found.filter(
    ({ decidedBy, request: { body } }) => decidedBy !== 'allMet' && body.includes(token),
  );
  await Promise.all(refused.map(({ id }) => transport.call('POST /requests/:id/expected', { id })));
}

export async function assertCharged(app: AppCalls, times: number): Promise<void> {
  const { charged } = await app.own('GET /ledger', { query: { limit: 1 } });
  if (charged === times) return;
  const claim = `expected ${times} charged ${times === 1 ? 'call' : 'calls'} of app ${app.appId}, found ${charged}`;
  throw await failure(app, claim, { expected: times, actual: charged });
}

export async function assertScriptUsedUp(app: AppCalls, operation: Operation): Promise<void> {
  const { script, remaining } = await app.own('GET /outcomes/:operation', { operation });
  if (script !== '' && remaining === '') return;
  const found =
    script === ''
      ? 'no script'
      : `the remaining steps ${JSON.stringify(remaining)} of ${JSON.stringify(script)}`;
  const claim = `expected app ${app.appId} to use up its script of ${operation}, found ${found}`;
  throw await failure(app, claim, { expected: '', actual: remaining });
}

function countOf({ transport, appId }: AppCalls, filter: CallFilter): Promise<RequestCount> {
  return transport.call('POST /requests/count', { body: { ...filter, appId } });
}

function incomplete({ transport, appId }: AppCalls, { count }: RequestCount): ControlError {
  return new ControlError({
    code: 'ERR_CONTROL_INCOMPLETE',
    call: `POST ${transport.url}/_mock/requests/count`,
    detail: `the journal has ${count} matching requests of app ${appId}, and has dropped records that could match. Raise limits.journalRecordsMax of the mock, or call forget() between tests.`,
  });
}

async function failure(
  { transport, appId }: AppCalls,
  claim: string,
  values: { readonly expected: number | string; readonly actual: number | string },
): Promise<MockAssertionError> {
  return new MockAssertionError(`${claim}\n${await requestLines(transport, appId)}`, values);
}

// A readable number. The journal has the rest.
const LINES_MAX = 20;
const OTHERS_MAX = 5;
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;
const COLUMN_GAP = '  ';

/** The last requests of the app. If it has none, the last ones of other apps, which may have a wrong appId. */
export async function requestLines(transport: Transport, appId: string): Promise<string> {
  const own = await listRequests(transport, { appId, limit: LINES_MAX + 1 });
  if (own.length > 0) {
    const more = own.length > LINES_MAX ? `\n${COLUMN_GAP}… and earlier ones` : '';
    return `Requests of the app, newest first, in Beijing time by the app's clock:\n${await linesOf(transport, own.slice(0, LINES_MAX))}${more}`;
  }
  const others = await listRequests(transport, { limit: OTHERS_MAX });
  return others.length === 0
    ? `The mock received no request. Does the code under test call ${transport.url}?`
    : `The app received no request. The last requests of other apps, newest first:\n${await linesOf(transport, others, { showAppId: true })}`;
}

async function linesOf(
  transport: Transport,
  records: readonly JournalRecord[],
  { showAppId = false }: { readonly showAppId?: boolean } = {},
): Promise<string> {
  const lines = await Promise.all(
    records.map(async (record) => {
      const { atMs, appId, operation, resultCode, decidedBy, outcome } = record;
      // `2026-11-25 12:00:00.000`
      const time = new Date(atMs + BEIJING_OFFSET_MS)
        .toISOString()
        .replace('T', ' ')
        .replace('Z', '');
      const columns = [time, operation, resultCode ?? 'no code', decidedBy];
      if (outcome !== null) columns.push(`outcome ${outcome}`);
      if (showAppId) columns.push(`appId ${JSON.stringify(appId)}`);
      return (
        COLUMN_GAP + [...columns, ...(await refusalReason(transport, record))].join(COLUMN_GAP)
      );
    }),
  );
  return lines.join('\n');
}

/** The first finding, if there is one. If the explanation fails, the line has no reason. */
async function refusalReason(
  transport: Transport,
  { id }: JournalRecord,
): Promise<readonly string[]> {
  try {
    const { findings } = await explainRequest(transport, { requestId: id });
    return findings.slice(0, 1).map(({ id: finding, detail }) => `${finding}: ${detail}`);
  } catch {
    return [];
  }
}
