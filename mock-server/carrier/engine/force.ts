/** A decision with a forced code: no rule is evaluated, no token is used, nothing is charged. */
import { isUndocumented } from '../../../src/protocol/result-codes.js';
import { grantsAccessToken } from './decide.js';
import type { Decision } from './decision.js';
import { moduleOf } from './operations/operations.js';
import type { CarrierRequest } from './request.js';
import type { State } from './state.js';

export interface ForcedOutcome {
  readonly resultCode: string;
  /** The text of an undocumented code. */
  readonly desc?: string;
  /** The number in a success if the presented token has none. */
  readonly fallbackNumber: string;
}

export function force(
  request: CarrierRequest,
  state: State,
  { resultCode, desc = '', fallbackNumber }: ForcedOutcome,
): Decision {
  const { rules, allMet, returnsNumber } = moduleOf(request.operation);
  const unmet = rules.find(({ otherwise }) => otherwise === resultCode)?.requires;
  const grants = grantsAccessToken(unmet, state);
  return {
    resultCode,
    ...(isUndocumented(resultCode) && { desc }),
    decidedBy: 'forced',
    charged: false,
    phoneNumber: returnsNumber && resultCode === allMet ? (state.token?.phoneNumber ?? fallbackNumber) : undefined,
    grantsAccessToken: grants,
    effects: grants ? [{ kind: 'grantAccessToken' }] : [],
  };
}
