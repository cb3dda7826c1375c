/** The facts of both operations. */
import { isTimestamp, parseTimestamp } from '../../../../src/protocol/timestamp.js';
import { parseDuration } from '../../../../src/text/duration.js';
import type { CarrierRequest } from '../request.js';
import { type ForeignToken, isTokenLive, type State } from '../state.js';
import { isTokenWellFormed } from '../token-format.js';
import { readingsOf, type Situation } from './situation.js';

type AnySituation = Situation<CarrierRequest>;

export const MSG_ID_LENGTH_MAX = 36;

export function isFilled(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** The document, 1.2 msgid: 1 to 36 characters, counted in UTF-16 units as in Java. For tokenValidate that is inferred. With a reading, it must also be new. */
export function isMsgIdValid({ request: { msgId }, state }: AnySituation): boolean {
  if (!isFilled(msgId) || msgId.length > MSG_ID_LENGTH_MAX) return false;
  return readingsOf(state)['msgid-replay'] === 'allowed' || !state.msgIdSeen;
}

/** 17 digits. Depending on `system-time`, also a valid date, or a time within a window around the app's clock. */
export function isSentAtValid({ request: { sentAt }, state, nowMs }: AnySituation): boolean {
  if (sentAt === undefined || !isTimestamp(sentAt)) return false;
  const reading = readingsOf(state)['system-time'];
  if (reading === 'digits') return true;
  const sentAtMs = parseTimestamp(sentAt);
  return sentAtMs !== undefined && Math.abs(sentAtMs - nowMs) <= (windowMs(reading) ?? Number.POSITIVE_INFINITY);
}

/** The duration of `window:<duration>`, before and after the app's time; undefined for another option. */
function windowMs(reading: string): number | undefined {
  const [, duration] = reading.split('window:');
  return duration === undefined ? undefined : parseDuration(duration);
}

export const SHARED_FACTS = {
  urlRight: ({ request }: AnySituation) => request.urlRight,
  appKnown: ({ state }: AnySituation) => state.app !== undefined,
  capabilityGranted: ({ request, state }: AnySituation) => state.app?.capabilities.has(request.operation) === true,
  serviceUp: ({ state }: AnySituation) => state.storeUp && !state.unmetByPersona.includes('serviceUp'),
  tokenWellFormed: ({ request }: AnySituation) => isTokenWellFormed(request.token ?? ''),
  tokenKnown: ({ state }: AnySituation) =>
    state.token !== undefined ||
    (state.foreignToken !== undefined &&
      (readingsOf(state)['other-apps-dead-token'] === '103133' || isForeignTokenAlive(state.foreignToken))),
  tokenOfThisApp: ({ state }: AnySituation) => state.token !== undefined,
  tokenOfThisCapability: ({ request, state }: AnySituation) => state.token?.capability === request.operation,
  tokenLive: ({ state, nowMs }: AnySituation) => state.token !== undefined && isTokenLive(state.token, nowMs),
  tokenUnused: ({ state }: AnySituation) => state.token?.usedBy === undefined,
  callsLeft: ({ state }: AnySituation) => hasCallsLeft(state),
} as const;

function isForeignTokenAlive({ record, nowMs }: ForeignToken): boolean {
  return record.usedBy === undefined && isTokenLive(record, nowMs);
}

function hasCallsLeft({ callLimit, callsUsed }: State): boolean {
  const limit = callLimit?.limit ?? null;
  return limit === null || callsUsed < limit;
}
