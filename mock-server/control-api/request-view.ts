/** A journal record as the control API shows it. */
import { isUndocumented } from '../../src/protocol/result-codes.js';
import type { Carrier } from '../carrier/carrier.js';
import { formatStep } from '../carrier/outcomes/script.js';
import { headersIn } from '../carrier/store/journal-exchange.js';
import type { JournalRecord, RecordDelivery } from '../carrier/store/state-store.js';
import { HELD_MS_MAX } from '../http/deliver.js';

/** With the mark of a test, and without a delivery that is pending for ever. */
export function markedView(
  { expected, clock }: Pick<Carrier, 'expected' | 'clock'>,
  record: JournalRecord,
) {
  const view = requestView(record);
  return {
    ...view,
    ...(isAbandoned(record, clock.nowMs()) && { delivery: ABANDONED }),
    ...(expected.get(record.id) === true && { expected: true as const }),
  };
}

/** A server that was killed cannot record the end, and no other knows when it was. */
const ABANDONED = { state: 'notDelivered', atMs: null, reason: 'serverStopped' } as const;

/** No response waits for longer. */
function isAbandoned(record: JournalRecord, nowMs: number): boolean {
  return record.delivery?.state === 'pending' && nowMs - decidedAtMs(record) >= HELD_MS_MAX;
}

/** As it was written. */
export function requestView(record: JournalRecord) {
  const { id, atMs, appId, operation, exchange, resultCode, decidedBy, charged, taskId } = record;
  const { method, path, clientIp, headers, body } = exchange;
  return {
    id,
    atMs,
    appId: appId ?? null,
    operation,
    method,
    path,
    clientIp,
    resultCode: resultCode ?? null,
    ...(isUndocumented(operation, resultCode) && { undocumented: true as const }),
    decidedBy,
    ...forcedView(record),
    charged,
    taskId: taskId ?? null,
    phoneNumber: record.state.token?.phoneNumber ?? null,
    durationMs: record.durationMs,
    receivedAtMs: record.receivedAtMs,
    decidedAtMs: decidedAtMs(record),
    delivery: deliveryView(record.delivery ?? sentAtOnce(record)),
    request: { headers: headersView(headersIn(headers)), body },
    response: { status: record.status ?? null, body: record.responseBody },
  };
}

function decidedAtMs({ receivedAtMs, durationMs }: JournalRecord): number {
  return Math.round(receivedAtMs + durationMs);
}

function sentAtOnce(record: JournalRecord): RecordDelivery {
  return { state: 'delivered', atMs: decidedAtMs(record) };
}

function deliveryView(delivery: RecordDelivery) {
  return {
    state: delivery.state,
    atMs: delivery.state === 'pending' ? null : delivery.atMs,
    reason: delivery.state === 'notDelivered' ? delivery.reason : null,
  };
}

function forcedView({ decidedBy, outcome, outcomeBy }: JournalRecord) {
  return {
    forced: decidedBy === 'forced',
    outcome: outcome === undefined ? null : formatStep({ ...outcome, times: 1 }),
    outcomeBy: outcomeBy ?? null,
  };
}

/** By lower-case name: a string, or a list for a header that was sent more than once. */
function headersView(
  rawHeaders: readonly string[],
): Readonly<Record<string, string | readonly string[]>> {
  const values = new Map<string, string[]>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    values.set(name, [...(values.get(name) ?? []), rawHeaders[at + 1] ?? '']);
  }
  return Object.fromEntries(
    Array.from(values, ([name, sent]) => [name, sent.length === 1 ? (sent[0] ?? '') : sent]),
  );
}
