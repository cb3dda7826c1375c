/** Wrong carriers: the order of refusals, charges and counts, access. */
import { callLimit } from '../../../mock-server/carrier/engine/quota.js';
import {
  BEIJING_OFFSET_MS,
  BOTH,
  LOGIN,
  LOGIN_RULES,
  moveRule,
  VERIFY,
  VERIFY_RULES,
  type WrongCarrier,
  withCallLimit,
  withDecision,
  withFacts,
  withLoginRules,
  withoutEffect,
  withReadings,
  withRequest,
  withVerifyRules,
  withWhitelists,
} from './wrong-carrier.js';

export const ORDER_CHARGES_AND_ACCESS: readonly WrongCarrier[] = [
  {
    id: 'sign-before-whitelist',
    does: 'checks the signature before the whitelist at verify',
    operations: VERIFY,
    wrong: withVerifyRules(moveRule(VERIFY_RULES.rules, 'signValid', { before: 'ipAllowed' })),
  },
  {
    id: 'token-before-parameters',
    does: 'checks the parameters before the token at login',
    operations: LOGIN,
    wrong: withLoginRules(
      moveRule(LOGIN_RULES.rules, 'parametersValid', { before: 'tokenPresent' }),
    ),
  },
  {
    id: 'quota-before-token',
    does: 'checks the quota at login before it checks whether the token is expired or consumed',
    operations: LOGIN,
    wrong: withLoginRules(moveRule(LOGIN_RULES.rules, 'callsLeft', { before: 'tokenLive' })),
  },
  {
    id: 'refusals-are-counted',
    does: 'counts refused calls against the daily quota',
    operations: BOTH,
    wrong: withReadings(() => ({ 'daily-quota-counts': 'every-call' })),
  },
  {
    id: 'success-is-not-charged',
    does: 'writes nothing to the ledger',
    operations: BOTH,
    wrong: withDecision((decision) => withoutEffect(decision, 'charge')),
  },
  {
    id: 'not-own-number-is-free',
    does: 'does not charge 001',
    operations: VERIFY,
    wrong: withDecision((decision) =>
      decision.decidedBy === 'numberMatches' ? withoutEffect(decision, 'charge') : decision,
    ),
  },
  {
    id: 'midnight-in-london',
    does: 'resets the daily quota at midnight UTC',
    operations: BOTH,
    wrong: withCallLimit((operation, inputs) =>
      callLimit(operation, { ...inputs, nowMs: inputs.nowMs - BEIJING_OFFSET_MS }),
    ),
  },
  {
    id: 'quota-one-too-many',
    does: 'allows one call more than the limit',
    operations: BOTH,
    wrong: withCallLimit((operation, inputs) => {
      const right = callLimit(operation, inputs);
      return right === undefined || right.limit === null
        ? right
        : { ...right, limit: right.limit + 1 };
    }),
  },
  {
    id: 'contract-keeps-free-calls',
    does: 'allows the free daily calls to an app under contract whose call package is 0',
    operations: BOTH,
    wrong: withCallLimit((operation, { settings, ...inputs }) =>
      callLimit(operation, {
        ...inputs,
        settings: { ...settings, contracted: settings.contracted && settings.callPackage !== 0 },
      }),
    ),
  },
  {
    id: 'cidr-admits',
    does: 'admits every address if the whitelist has a CIDR entry',
    operations: BOTH,
    wrong: withWhitelists((list) => (list.includes('/') ? null : list)),
  },
  {
    id: 'half-width-commas-only',
    does: 'does not accept the full-width comma as a separator',
    operations: BOTH,
    // The comma then joins two addresses into one malformed entry.
    wrong: withWhitelists((list) => list.replaceAll('，', ';')),
  },
  {
    id: 'whitelist-at-login-always',
    does: 'checks the whitelist at login even with strictcheck 0',
    operations: LOGIN,
    wrong: withReadings(() => ({ 'login-ip-check': 'always' })),
  },
  {
    id: 'whitelist-at-verify-never',
    does: 'does not check the whitelist at verify',
    operations: VERIFY,
    wrong: withFacts({ verify: { ipAllowed: () => true } }),
  },
  {
    id: 'capability-ignored',
    does: 'does not check the capability',
    operations: BOTH,
    wrong: withFacts({ all: { capabilityGranted: () => true } }),
  },
  {
    id: 'get-works',
    does: 'accepts GET as well as POST',
    operations: BOTH,
    wrong: withRequest((request) => ({ ...request, methodRight: true })),
  },
];
