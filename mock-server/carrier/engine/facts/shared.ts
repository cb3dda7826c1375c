/** The facts that all operations share. The document, 1.2 and 2.3. */
import { signingsOf } from '../../../../src/protocol/fields.js';
import { type Operation, operationRow } from '../../../../src/protocol/operations.js';
import { isTokenLive, presentedToken } from '../state.js';
import { isTokenWellFormed } from '../token-format.js';
import { isFilled } from './parts.js';
import { isSignValid } from './signature.js';
import type { Fact } from './situation.js';

const SHARED_FACTS = {
  urlRight: ({ request }) => request.pathRight && request.methodRight,
  tokenPresent: ({ request }) => isFilled(request.token),
  appKnown: ({ state }) => state.app !== undefined,
  serviceUp: ({ state }) => state.storeUp && !state.unmetByNumber.includes('serviceUp'),
  tokenWellFormed: ({ request }) => isTokenWellFormed(request.token ?? ''),
  tokenKnown: ({ state, readings }) => {
    const { token, foreignToken } = state;
    if (foreignToken === undefined || token !== undefined) return token !== undefined;
    if (readings['other-apps-dead-token'] === '103133') return true;
    return (
      foreignToken.record.usedBy === undefined &&
      isTokenLive(foreignToken.record, foreignToken.nowMs)
    );
  },
  tokenOfThisApp: ({ state }) => state.token !== undefined,
  tokenLive: ({ state, nowMs }) => {
    const token = presentedToken(state);
    return token !== undefined && isTokenLive(token, state.foreignToken?.nowMs ?? nowMs);
  },
  tokenUnused: ({ state }) => presentedToken(state)?.usedBy === undefined,
  callsLeft: ({ state: { callLimit, callsUsed } }) =>
    callsUsed < (callLimit?.limit ?? Number.POSITIVE_INFINITY),
} satisfies Readonly<Record<string, Fact>>;

/** The facts that all operations have, for one of them. */
export function sharedFacts(operation: Operation) {
  const { capability } = operationRow(operation);
  const schemes = new Map(signingsOf(operation).map((scheme) => [scheme.name, scheme]));
  return {
    ...SHARED_FACTS,
    capabilityGranted: ({ state }) => state.app?.capabilities.has(capability) === true,
    tokenOfThisCapability: ({ state }) => presentedToken(state)?.capability === capability,
    signValid: (situation) => {
      const scheme = schemes.get(situation.request.signing);
      return scheme !== undefined && isSignValid(situation, scheme);
    },
  } satisfies Readonly<Record<string, Fact>>;
}
