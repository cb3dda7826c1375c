/** Turns an exchange into a reply: load, decide, commit; again if another request committed first. */

import { acceptedLanguage, type Bilingual, type Language } from '../../src/text/bilingual.js';
import { type CarrierCall, elapsedMs, startCall } from './call.js';
import type { Carrier } from './carrier.js';
import type { Exchange } from './engine/request.js';
import { type LoadedState, loadedFrom, loadedWithoutStore, readStored } from './load.js';
import {
  type ForcedOutcome,
  forcedOutcome,
  magicStep,
  NOTHING,
} from './outcomes/forced-outcome.js';
import type { CounterCall, Counting } from './outcomes/next-step.js';
import { headerStep } from './outcomes/outcome-header.js';
import { type DeliveryFailure, INVALID_REQUEST, problemReply, type Reply } from './reply.js';
import { deliveryOf, type Result, replyOf, resultOf } from './result.js';
import type { MaybePromise } from './store/maybe-promise.js';
import {
  type AppRecord,
  type JournalRecord,
  type PartitionId,
  type RecordDelivery,
  SERVER_PARTITION,
  type StateStore,
  StoreUnavailableError,
} from './store/state-store.js';
import { requestsOfTeam } from './tallies.js';
import { writesOf } from './writes.js';

export type Answer = (exchange: Exchange) => MaybePromise<Reply>;

/** Like `await` before the rest of a function, but synchronous if the value is not a promise. */
export function chain<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

// After a stale commit the next attempt loads what the other request wrote. Two attempts suffice for a token; calls that
// race for the last calls of a package may need more. The limit guards against a broken store.
const COMMIT_ATTEMPTS_MAX = 8;

export function createAnswer(carrier: Carrier): Answer {
  return (exchange) => {
    const header = headerStep(exchange.row.operation, exchange.rawHeaders);
    // The header is the mock's own, so the carrier has no result for it.
    if (header !== undefined && 'problem' in header) {
      const language = languageFor(carrier, exchange);
      return problemReply({
        status: 400,
        title: INVALID_REQUEST[language],
        detail: header.problem[language],
      });
    }
    const call = startCall(carrier, exchange, header);
    try {
      const reply = attempt(carrier, call, { left: COMMIT_ATTEMPTS_MAX });
      return reply instanceof Promise
        ? reply.catch((error) => replyWithoutStore(carrier, call, error))
        : reply;
    } catch (error) {
      return replyWithoutStore(carrier, call, error);
    }
  };
}

/** That of Accept-Language, else the server's. */
function languageFor({ log }: Carrier, { rawHeaders }: Exchange): Language {
  const at = rawHeaders.findIndex(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'accept-language',
  );
  return (at === -1 ? undefined : acceptedLanguage(rawHeaders[at + 1])) ?? log.language;
}

interface Attempt {
  readonly left: number;
  /** What the first attempt found: a call uses one step. */
  readonly forced?: ForcedOutcome;
}

function attempt(carrier: Carrier, call: CarrierCall, at: Attempt): MaybePromise<Reply> {
  if (at.left === 0) throw new Error(`no commit succeeded in ${COMMIT_ATTEMPTS_MAX} attempts`);
  return chain(readStored(carrier, call), (stored) => {
    const loaded = loadedFrom(carrier, call, stored);
    return chain(at.forced ?? forcedFor(carrier, call, loaded), (forced) => {
      const result = resultOf(carrier, call, loaded, forced.step);
      const delivery = deliveryOf(forced.step);
      const { writes, record } = writesOf(carrier, { call, loaded, forced, result, delivery });
      const partition = loaded.app?.settings.appId ?? SERVER_PARTITION;
      return chain(carrier.store.commit(partition, writes), (outcome) =>
        outcome === 'stale'
          ? attempt(carrier, call, { left: at.left - 1, forced })
          : complete(carrier, call, {
              result,
              delivery,
              app: loaded.app,
              controlUrl: carrier.controlUrl,
              onEnd: (failure) => endDelivery(carrier, call, { partition, record, failure }),
            }),
      );
    });
  });
}

function forcedFor(
  { store }: Carrier,
  { header, draft }: CarrierCall,
  loaded: LoadedState,
): MaybePromise<ForcedOutcome> {
  const { app, script, numberScript } = loaded;
  const token = magicStep(draft.exchange.row.operation, draft.token);
  // Most calls have none, and need no generator.
  if ((header ?? script ?? token ?? numberScript) === undefined) return NOTHING;
  const finding = forcedOutcome({ header, script, token, numberScript }, loaded);
  return counting(store, app?.settings.appId ?? SERVER_PARTITION, finding);
}

/** Carries out what a script needs of the store, one call after the other. */
function counting<T>(
  store: StateStore,
  partition: PartitionId,
  finding: Counting<T>,
  before?: number,
): MaybePromise<T> {
  const { done, value } = finding.next(before);
  if (done === true) return value;
  return chain(countedBefore(store, partition, value), (count) =>
    counting(store, partition, finding, count),
  );
}

function countedBefore(store: StateStore, partition: PartitionId, call: CounterCall) {
  if (call.kind === 'take') return store.take(partition, call.counter, call.limit);
  const writes = call.counters.map((counter) => ({ kind: 'uncount', counter }) as const);
  return chain<unknown, undefined>(store.commit(partition, writes), () => undefined);
}

interface Completed extends Pick<Reply, 'delivery'> {
  readonly result: Result;
  /** undefined if there is no app of that id. */
  readonly app: AppRecord | undefined;
  /** For the address of the explanation; undefined for a request that is not in the journal. */
  readonly controlUrl?: string | undefined;
  readonly onEnd?: Reply['onEnd'];
}

/** Creates, counts and logs the reply. */
function complete(
  carrier: Carrier,
  call: CarrierCall,
  { result, app, delivery, controlUrl, onEnd }: Completed,
): Reply {
  const { tallies, log } = carrier;
  const { draft } = call;
  const reply = replyOf(result, { delivery, controlUrl, onEnd });
  const durationMs = elapsedMs(carrier, call);
  const { operation } = draft.exchange.row;
  tallies.requests.answered(operation, reply, durationMs);
  requestsOfTeam(tallies, app?.settings.lock ?? null)?.answered(operation, reply, durationMs);
  log.request({ draft, reply, durationMs, known: app !== undefined });
  return reply;
}

interface Ended {
  readonly partition: PartitionId;
  readonly record: JournalRecord;
  readonly failure: DeliveryFailure | undefined;
}

/** In the background: the caller does not wait for the journal. */
function endDelivery(carrier: Carrier, call: CarrierCall, { partition, record, failure }: Ended) {
  const atMs = Math.round(call.realNowMs + elapsedMs(carrier, call));
  const delivery: RecordDelivery =
    failure === undefined
      ? { state: 'delivered', atMs }
      : { state: 'notDelivered', atMs, reason: failure };
  const written = carrier.store.endDelivery(partition, { record, delivery });
  // The store logs its own failure. The record remains pending.
  if (written instanceof Promise) written.catch(() => undefined);
}

/** Without its store, the carrier responds with its own code for that. */
function replyWithoutStore(
  carrier: Carrier,
  call: CarrierCall,
  error: unknown,
): MaybePromise<Reply> {
  const loaded = loadedWithoutStore(carrier, call);
  return chain(forcedFor(carrier, call, loaded), ({ step }) => {
    const result = resultOf(carrier, call, loaded, step);
    logUnwritten(carrier, result, error);
    const delivery = deliveryOf(step);
    return complete(carrier, call, { result, delivery, app: undefined });
  });
}

function logUnwritten({ log }: Carrier, { requestId, decision }: Result, error: unknown): void {
  const decidedBy = decision?.decidedBy ?? 'forced';
  const message = ({ en, zh }: Bilingual) => ({
    en: `request ${requestId} could not be written to the journal (decidedBy ${decidedBy}): ${en}`,
    zh: `请求 ${requestId} 没能写入请求记录（decidedBy ${decidedBy}）：${zh}`,
  });
  const fields = { requestId, decidedBy };
  // The store itself logs its failure once. Any other error is a bug of this program, and nothing else logs it.
  if (error instanceof StoreUnavailableError) log.debug(message(error.words), { fields });
  else {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error(message({ en: cause, zh: cause }), { fields });
  }
}
