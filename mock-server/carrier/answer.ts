/** Turns an exchange into a reply: load, decide, commit; again if another request committed first. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { UNATTRIBUTED_SHORT_ID } from './apps/apps.js';
import type { Call } from './call.js';
import type { Carrier } from './carrier.js';
import { latencyAt } from './engine/calibration.js';
import { parseDraft } from './engine/parse.js';
import type { Exchange } from './engine/request.js';
import { type LoadedState, load, loadedWithoutStore } from './load.js';
import type { Step } from './outcomes/outcome.js';
import { headerStep } from './outcomes/outcome-header.js';
import { problemReply, type Reply, replyOf } from './reply.js';
import { resultOf } from './result.js';
import { type ForcedStep, scriptedStep } from './scripted-step.js';
import { chain, type MaybePromise } from './store/maybe-promise.js';
import { SERVER_PARTITION, StoreUnavailableError } from './store/state-store.js';
import { writesOf } from './writes.js';

export type Answer = (exchange: Exchange) => MaybePromise<Reply>;

// After a stale commit the next attempt loads what the other request wrote. Two attempts suffice for a token; calls that
// race for the last calls of a package may need more. The limit guards against a broken store.
const COMMIT_ATTEMPTS_MAX = 8;

export function createAnswer(carrier: Carrier): Answer {
  return (exchange) => {
    const step = headerStep(exchange.row.operation, exchange.rawHeaders);
    if (step !== undefined && 'problem' in step) return invalidHeader(step.problem.en);
    const call = startCall(carrier, exchange);
    const failed = (error: unknown) => replyWithoutStore(carrier, call, { error, step });
    try {
      const reply = attempt(carrier, call, {
        forced: step && { step, source: 'header' },
        attemptsLeft: COMMIT_ATTEMPTS_MAX,
      });
      return reply instanceof Promise ? reply.catch(failed) : reply;
    } catch (error) {
      return failed(error);
    }
  };
}

/** The header is the mock's own, so the carrier has no result for it. */
function invalidHeader(detail: string): Reply {
  return problemReply({ status: 400, title: 'Invalid request', detail });
}

function startCall({ clock, random }: Carrier, exchange: Exchange): Call {
  return {
    draft: parseDraft(exchange),
    startedMs: clock.elapsedMs(),
    realNowMs: clock.nowMs(),
    requestNumber: random.hex(16),
    taskId: random.hex(32),
  };
}

interface Attempt {
  /** From a header or from the script in an earlier attempt; undefined in the first attempt without a header. */
  readonly forced: ForcedStep | undefined;
  readonly attemptsLeft: number;
}

function attempt(carrier: Carrier, call: Call, { forced: alreadyForced, attemptsLeft }: Attempt): MaybePromise<Reply> {
  if (attemptsLeft === 0) throw new Error(`no commit succeeded in ${COMMIT_ATTEMPTS_MAX} attempts`);
  return chain(load(carrier, call), (loaded) =>
    chain(alreadyForced ?? scriptedStep(carrier, call, loaded), (forced) => {
      const { step } = forced;
      const { app } = loaded;
      const result = resultOf(carrier, call, loaded, step);
      const requestId = requestIdOf(call, loaded);
      const durationMs = elapsedMs(carrier, call);
      const { accessTokenTtlMs } = carrier.settings;
      const writes = writesOf({ call, loaded, forced, result, requestId, durationMs, accessTokenTtlMs });
      return chain(carrier.store.commit(app?.settings.appId ?? SERVER_PARTITION, writes), (outcome) => {
        if (outcome === 'stale') return attempt(carrier, call, { forced, attemptsLeft: attemptsLeft - 1 });
        return recordReply(carrier, call, {
          reply: replyOf(result, {
            requestId,
            step,
            latencyMs: latencyFor(carrier, call),
            controlUrl: carrier.controlUrl,
          }),
          known: app !== undefined,
        });
      });
    }),
  );
}

const HEX = 16;
const HEX_DIGITS = 8;

/** 0 without a calibration. */
function latencyFor({ settings: { calibration }, random }: Carrier, { draft }: Call): number {
  const latency = calibration?.latencyMs?.[draft.exchange.row.operation];
  return latency === undefined
    ? 0
    : latencyAt(latency, Number.parseInt(random.hex(HEX_DIGITS), HEX) / HEX ** HEX_DIGITS);
}

function requestIdOf({ requestNumber }: Call, { app }: LoadedState): string {
  return `${app?.shortId ?? UNATTRIBUTED_SHORT_ID}-${requestNumber}`;
}

const MICROSECONDS = 1000;

/** Since the start of the call, rounded to a microsecond. */
function elapsedMs({ clock }: Carrier, { startedMs }: Call): number {
  return Math.round((clock.elapsedMs() - startedMs) * MICROSECONDS) / MICROSECONDS;
}

/** Counts and logs the reply. */
function recordReply(
  carrier: Carrier,
  call: Call,
  { reply, known }: { readonly reply: Reply; readonly known: boolean },
): Reply {
  const { tallies, log } = carrier;
  const durationMs = elapsedMs(carrier, call);
  tallies.requests.answered(call.draft.exchange.row.operation, reply, durationMs);
  log.request({ call, reply, durationMs, known });
  return reply;
}

/** Without its store, the carrier responds with its own code for that. */
function replyWithoutStore(
  carrier: Carrier,
  call: Call,
  { error, step }: { readonly error: unknown; readonly step: Step | undefined },
): Reply {
  const loaded = loadedWithoutStore(carrier, call);
  const requestId = requestIdOf(call, loaded);
  const latencyMs = latencyFor(carrier, call);
  const reply = replyOf(resultOf(carrier, call, loaded, step), { requestId, step, latencyMs });
  const { decidedBy } = reply;
  const message = ({ en, zh }: Bilingual) => ({
    en: `request ${requestId} could not be written to the journal (decidedBy ${decidedBy}): ${en}`,
    zh: `请求 ${requestId} 没能写入请求记录（decidedBy ${decidedBy}）：${zh}`,
  });
  const fields = { requestId, decidedBy };
  // The store itself logs its failure once. Any other error is a bug of this program, and nothing else logs it.
  if (error instanceof StoreUnavailableError) carrier.log.debug(message(error.words), { fields });
  else {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    carrier.log.error(message({ en: cause, zh: cause }), { fields });
  }
  return recordReply(carrier, call, { reply, known: false });
}
