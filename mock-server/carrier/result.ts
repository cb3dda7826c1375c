/** The carrier's result for a call: decided by the rules, or forced by a test. */

import { UNATTRIBUTED_SHORT_ID } from './apps/apps.js';
import type { Call } from './call.js';
import type { Carrier } from './carrier.js';
import { force } from './engine/decide.js';
import { readingsOf } from './engine/facts/situation.js';
import type { LoadedState } from './load.js';
import { magicResultCode } from './outcomes/magic-tokens.js';
import { isWithheld, type Step } from './outcomes/outcome.js';
import type { Result } from './reply.js';
import { inOnePiece } from './store/journal-exchange.js';

const HTTP_OK = 200;
/** A response that is not rendered. */
const WITHHELD = {
  decision: undefined,
  accessToken: undefined,
  contentType: undefined,
  headers: [],
  body: '',
} as const;

/** `step` is the step that a header or a script forces. Without one, a magic token may force a code. */
export function resultOf(carrier: Carrier, call: Call, loaded: LoadedState, step: Step | undefined): Result {
  // Joined, because a template literal keeps its parts, and the journal and the used token keep the id.
  const requestId = [loaded.app?.shortId ?? UNATTRIBUTED_SHORT_ID, call.requestNumber].join('-');
  if (step !== undefined && isWithheld(step.outcome)) {
    const status = step.outcome.kind === 'status' ? step.outcome.status : undefined;
    return { ...WITHHELD, requestId, status };
  }
  const { engine, settings, random } = carrier;
  const { draft, taskId } = call;
  const { state, nowMs } = loaded;
  const readings = readingsOf(state);
  const request = engine.toRequest(draft, readings);
  const forced = forcedCode(call, step);
  const decision =
    forced === undefined
      ? engine.decide(request, state, { nowMs, clientIp: draft.exchange.clientIp, rules: settings.rules })
      : force(request, state, { ...forced, fallbackNumber: settings.subscribers[0].phoneNumber });
  const accessToken = decision.grantsAccessToken ? random.hex(32) : undefined;
  const { operation } = request;
  if (decision.reply !== undefined) return { ...WITHHELD, requestId, decision, ...decision.reply };
  const { texts, statuses, contentTypes } = settings.calibration ?? {};
  const text = texts?.[operation]?.[decision.resultCode];
  const { headers, body } = engine.render(request, {
    decision,
    app: state.app,
    readings,
    text,
    nowMs,
    taskId,
    accessToken,
  });
  return {
    requestId,
    decision,
    accessToken,
    status: statuses?.[operation]?.[decision.resultCode] ?? HTTP_OK,
    contentType: contentTypes?.[operation],
    headers,
    body: step?.outcome.kind === 'malformed' ? firstHalf(body) : body,
  };
}

function forcedCode({ draft: { exchange, token } }: Call, step: Step | undefined) {
  if (step !== undefined) return step.outcome.kind === 'code' ? step.outcome : undefined;
  const resultCode = magicResultCode(exchange.row.operation, token);
  return resultCode === undefined ? undefined : { resultCode };
}

/** Not valid JSON, and without some of the fields. */
function firstHalf(body: string): string {
  return inOnePiece(body.slice(0, body.length / 2));
}
