/** Requests to a path that the carrier does not have. Each leaves a record in the server's journal, without an app and without a result. */
import { fieldsOf } from '../../src/protocol/fields.js';
import { OPERATIONS, type OperationRow, operationByPrefix } from '../../src/protocol/operations.js';
import { singleSlashes } from '../../src/protocol/paths.js';
import { UNATTRIBUTED_SHORT_ID } from './apps/apps.js';
import { elapsedMs, startCall } from './call.js';
import type { Carrier } from './carrier.js';
import type { Exchange } from './engine/request.js';
import { loadedWithoutStore } from './load.js';
import { keptBody, toJournalExchange } from './store/journal-exchange.js';
import { type JournalRecord, SERVER_PARTITION } from './store/state-store.js';

/** Returns the id of the record. Its operation is the one whose paths begin like this, or else the one that the body resembles. */
export async function recordUnknownPath(
  carrier: Carrier,
  sent: Omit<Exchange, 'row'>,
  response: { readonly status: number; readonly body: string },
): Promise<string> {
  const row = operationByPrefix(singleSlashes(sent.path)) ?? resembledBy(sent.body);
  const exchange = { ...sent, row };
  const call = startCall(carrier, exchange);
  const record: JournalRecord = {
    id: `${UNATTRIBUTED_SHORT_ID}-${call.requestNumber}`,
    receivedAtMs: call.realNowMs,
    atMs: call.realNowMs,
    appId: undefined,
    operation: exchange.row.operation,
    resultCode: undefined,
    decidedBy: 'urlRight',
    charged: false,
    taskId: undefined,
    durationMs: elapsedMs(carrier, call),
    token: undefined,
    exchange: toJournalExchange(exchange),
    outcome: undefined,
    outcomeBy: undefined,
    status: response.status,
    responseBody: keptBody(response.body),
    state: { ...loadedWithoutStore(carrier, call).state, storeUp: true },
  };
  await carrier.store.commit(SERVER_PARTITION, [{ kind: 'append', log: 'journal', record }]);
  return record.id;
}

/** The operation most of whose field names are in the body. */
function resembledBy(body: string): OperationRow {
  const [first, ...others] = OPERATIONS;
  const namesIn = ({ operation }: OperationRow) =>
    fieldsOf(operation).filter(({ name }) => body.includes(`"${name}"`)).length;
  return others.reduce<OperationRow>(
    (best, row) => (namesIn(row) > namesIn(best) ? row : best),
    first,
  );
}
