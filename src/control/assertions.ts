/** Assertions about an app's calls. If the journal dropped records that could change the result, an assertion throws a ControlError. */
import type { Ledger, Operation, Outcomes, RequestCount } from './api.js';
import { ControlError, MockAssertionError } from './errors.js';
import type { CallFilter } from './mock-app.js';
import { requestLines } from './request-lines.js';
import { pathOf, type Transport } from './transport.js';

interface AppConnection {
  readonly transport: Transport;
  readonly appId: string;
}

export async function countCalls(app: AppConnection, filter: CallFilter): Promise<number> {
  const counted = await countOf(app, filter);
  if (!counted.complete) throw incomplete(app, counted);
  return counted.count;
}

export async function assertCalled(app: AppConnection, times: number, filter: CallFilter): Promise<void> {
  const counted = await countOf(app, filter);
  // Dropped records can only increase the count.
  if (!counted.complete && counted.count <= times) throw incomplete(app, counted);
  if (counted.count === times) return;
  const claim = `expected ${calls(times)}${wordsOf(filter)} by app ${app.appId}, found ${counted.count}`;
  throw await failure(app, claim, { expected: times, actual: counted.count });
}

export async function assertCharged(app: AppConnection, times: number): Promise<void> {
  const path = pathOf('apps', app.appId, 'ledger');
  const { charged } = await app.transport.call<Ledger>({ method: 'GET', path, query: { limit: 1 } });
  if (charged === times) return;
  const claim = `expected ${times} charged ${times === 1 ? 'call' : 'calls'} of app ${app.appId}, found ${charged}`;
  throw await failure(app, claim, { expected: times, actual: charged });
}

export async function assertScriptUsedUp(app: AppConnection, operation: Operation): Promise<void> {
  const path = pathOf('apps', app.appId, 'outcomes', operation);
  const { script, remaining } = await app.transport.call<Outcomes>({ method: 'GET', path });
  if (script !== '' && remaining === '') return;
  const found =
    script === '' ? 'no script' : `the remaining steps ${JSON.stringify(remaining)} of ${JSON.stringify(script)}`;
  const claim = `expected app ${app.appId} to use up its script of ${operation}, found ${found}`;
  throw await failure(app, claim, { expected: '', actual: remaining });
}

function countOf({ transport, appId }: AppConnection, filter: CallFilter): Promise<RequestCount> {
  return transport.call({ method: 'POST', path: '/requests/count', body: { ...filter, appId } });
}

function incomplete({ transport, appId }: AppConnection, { count }: RequestCount): ControlError {
  return new ControlError({
    code: 'ERR_CONTROL_INCOMPLETE',
    call: `POST ${transport.url}/_mock/requests/count`,
    detail: `the journal has ${count} matching requests of app ${appId}, and has dropped records that could match. Raise limits.journalRecordsMax of the mock, or call forget() between tests.`,
  });
}

async function failure(
  { transport, appId }: AppConnection,
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
    resultCode === undefined ? '' : ` with result code ${resultCode}`,
    token === undefined ? '' : `${resultCode === undefined ? ' with' : ' and'} token ${token}`,
  ].join('');
}
