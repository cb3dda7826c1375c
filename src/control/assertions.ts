/** What a test claims of an app's calls. A claim that cannot be told, since records were dropped, is an error and never holds. */
import type { Ledger, Operation, Outcomes, RequestCount } from './api.js';
import { ControlError, MockAssertionError } from './errors.js';
import type { CallFilter } from './mock-app.js';
import { requestLines } from './request-lines.js';
import { pathOf, type Transport } from './transport.js';

/** The app that is spoken of. */
interface At {
  readonly transport: Transport;
  readonly appId: string;
}

export async function countCalls(at: At, filter: CallFilter): Promise<number> {
  const counted = await countOf(at, filter);
  if (!counted.complete) throw incomplete(at, counted);
  return counted.count;
}

export async function assertCalled(at: At, times: number, filter: CallFilter): Promise<void> {
  const counted = await countOf(at, filter);
  // Dropped records can only make it more.
  if (!counted.complete && counted.count <= times) throw incomplete(at, counted);
  if (counted.count === times) return;
  const claim = `expected ${calls(times)}${wordsOf(filter)} by app ${at.appId}, found ${counted.count}`;
  throw await failure(at, claim, { expected: times, actual: counted.count });
}

export async function assertCharged(at: At, times: number): Promise<void> {
  const path = pathOf('apps', at.appId, 'ledger');
  const { charged } = await at.transport.call<Ledger>({ method: 'GET', path, query: { limit: 1 } });
  if (charged === times) return;
  const claim = `expected ${times} charged ${times === 1 ? 'call' : 'calls'} of app ${at.appId}, found ${charged}`;
  throw await failure(at, claim, { expected: times, actual: charged });
}

export async function assertScriptUsedUp(at: At, operation: Operation): Promise<void> {
  const path = pathOf('apps', at.appId, 'outcomes', operation);
  const { script, remaining } = await at.transport.call<Outcomes>({ method: 'GET', path });
  if (script !== '' && remaining === '') return;
  const found =
    script === '' ? 'there is no script' : `of ${JSON.stringify(script)} is left ${JSON.stringify(remaining)}`;
  const claim = `expected the script of ${operation} to be used up by app ${at.appId}, found that ${found}`;
  throw await failure(at, claim, { expected: '', actual: remaining });
}

function countOf({ transport, appId }: At, filter: CallFilter): Promise<RequestCount> {
  return transport.call({ method: 'POST', path: '/requests/count', body: { ...filter, appId } });
}

function incomplete({ transport, appId }: At, { count }: RequestCount): ControlError {
  return new ControlError({
    code: 'ERR_CONTROL_INCOMPLETE',
    call: `POST ${transport.url}/_mock/requests/count`,
    detail: `the journal has ${count} such requests of app ${appId} and has dropped records that could be others: raise the mock's limits.journalRecordsMax, or forget() requests between tests`,
  });
}

async function failure(
  { transport, appId }: At,
  claim: string,
  values: { readonly expected: number | string; readonly actual: number | string },
): Promise<MockAssertionError> {
  return new MockAssertionError(`${claim}\n${await requestLines(transport, appId)}`, values);
}

function calls(times: number): string {
  if (times === 0) return 'no call';
  return times === 1 ? '1 call' : `${times} calls`;
}

function wordsOf({ operation, resultCode, token }: CallFilter): string {
  return [
    operation === undefined ? '' : ` of ${operation}`,
    resultCode === undefined ? '' : ` answered ${resultCode}`,
    token === undefined ? '' : ` with token ${token}`,
  ].join('');
}
