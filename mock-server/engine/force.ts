/** A decision that the test asked for: the code is given, no rule is asked, no token is used, nothing is charged. */
import type { Decision } from './decide.js';
import type { CarrierRequest } from './request.js';
import type { State } from './state.js';

export interface ForcedOutcome {
  readonly resultCode: string;
  /** The number that a success carries where the presented token has none. */
  readonly fallbackNumber: string;
}

const SUCCESS_AT_LOGIN = '103000';
const NOT_OWN_NUMBER = '001';

export function force(request: CarrierRequest, state: State, { resultCode, fallbackNumber }: ForcedOutcome): Decision {
  const success = request.operation === 'loginTokenValidate' && resultCode === SUCCESS_AT_LOGIN;
  const grantsAccessToken =
    request.operation === 'tokenValidate' &&
    resultCode === NOT_OWN_NUMBER &&
    state.app?.capabilities.has('smsFallback') === true;
  return {
    resultCode,
    decidedBy: 'forced',
    charged: false,
    phoneNumber: success ? (state.token?.phoneNumber ?? fallbackNumber) : undefined,
    grantsAccessToken,
    effects: grantsAccessToken ? [{ kind: 'grantAccessToken' }] : [],
  };
}
