/** Checks that only a calibrated order has: some carriers refuse these requests, by default the mock does not. */
import { expect, test } from 'vitest';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import { orderedRuleSets } from '../../../mock-server/carrier/engine/rules.js';
import {
  IP,
  loginBody,
  NOW_MS,
  requestOf,
  stateOf,
  verdict,
  verifyBody,
} from '../../support/engine.js';
import { MSG_ID } from '../../support/requests.js';

const OUTCOMES = { loginTokenValidate: '103113', tokenValidate: '102' } as const;

test.each([
  {
    description: 'a msgid that is no UUID',
    check: 'parametersValid/msgId.uuid',
    operation: 'loginTokenValidate',
    wrong: loginBody({ msgid: `x${MSG_ID}` }),
    right: loginBody(),
  },
  {
    description: 'an unknown field',
    check: 'parametersValid/unknownField',
    operation: 'loginTokenValidate',
    wrong: { ...loginBody(), other: 'x' },
    right: loginBody(),
  },
  {
    description: 'an unknown field of the envelope',
    check: 'parametersValid/unknownField',
    operation: 'tokenValidate',
    wrong: verifyBody({ body: { other: 'x' } }),
    right: verifyBody(),
  },
] as const)(
  '$description is refused where a carrier refuses it',
  ({ check, operation, ...bodies }) => {
    const rules = orderedRuleSets({ [operation]: [{ check, outcome: OUTCOMES[operation] }] });
    const verdictOn = (body: unknown, inputs: object = {}) => {
      const place = { nowMs: NOW_MS, clientIp: IP, ...inputs };
      return verdict(ENGINE.decide(requestOf(operation, body), stateOf(operation), place));
    };
    expect(verdictOn(bodies.wrong, { rules })).toBe(`${OUTCOMES[operation]} parametersValid`);
    expect(verdictOn(bodies.right, { rules })).toMatch(/ allMet$/);
    expect(verdictOn(bodies.wrong)).toMatch(/ allMet$/);
  },
);
