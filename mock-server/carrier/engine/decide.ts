/** Decides the code of a request, by which rule, and with which effects. Reads nothing, waits for nothing, writes nothing. */
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import { isUndocumented, resultRow } from '../../../src/protocol/result-codes.js';
import type { Decision, Effect } from './decision.js';
import { type Fact, readingsOf, type Situation, situationOf } from './facts/situation.js';
import type { OperationModule } from './operations/operation.js';
import { moduleOf, OPERATION_MODULES } from './operations/operations.js';
import type { Readings, Rule } from './readings.js';
import type { CarrierRequest } from './request.js';
import type { Requirement } from './requirements.js';
import { isDecidable, requirementOf } from './requirements.js';
import { isTokenLive, type State } from './state.js';

/** A rule with its fact. The fact is only valid if the facts of all rules before it hold. */
export interface RuleWithFact extends Rule {
  readonly requires: Requirement;
  readonly holds: Fact;
}

/** The rules of each operation with their facts, in order of precedence. */
export type RuleSets = Readonly<Record<Operation, readonly RuleWithFact[]>>;

export function ruleSetsOf(modules: Readonly<Record<Operation, OperationModule>>): RuleSets {
  return byOperation((operation) => {
    const { rules, facts } = modules[operation];
    return rules.map((rule) => {
      const holds = facts[rule.requires];
      if (holds === undefined) throw new Error(`${operation} has no fact for ${rule.requires}`);
      return { ...rule, holds };
    });
  });
}

export const RULE_SETS = ruleSetsOf(OPERATION_MODULES);

export interface DecisionContext {
  /** By the app's clock. */
  readonly nowMs: number;
  readonly clientIp: string;
}

export type Decide = (request: CarrierRequest, state: State, at: DecisionContext) => Decision;

export const decide: Decide = createDecide(RULE_SETS);

export function createDecide(ruleSets: RuleSets): Decide {
  return (request, state, { nowMs, clientIp }) => {
    const rules = ruleSets[request.operation];
    const { allMet, returnsNumber } = moduleOf(request.operation);
    const situation = situationOf({ request, state, nowMs, clientIp });
    const decidable = state.storeUp ? rules : rules.filter(({ requires }) => needsNoStore(requires));
    const unmet = decidable.find((rule) => !rule.holds(situation));
    const resultCode = unmet === undefined ? allMet : codeOf(unmet, readingsOf(state));
    const charged = resultRow(request.operation, resultCode)?.charged === true;
    const grants = grantsAccessToken(unmet?.requires, state);
    const decidedBy = unmet?.requires ?? 'allMet';
    return {
      resultCode,
      decidedBy,
      charged,
      phoneNumber: unmet === undefined && returnsNumber ? state.token?.phoneNumber : undefined,
      grantsAccessToken: grants,
      effects: effectsOf(situation, { charged, grantsAccessToken: grants, decidedBy }),
    };
  };
}

/** A rule for one request. */
export interface RequestRule extends Pick<RuleWithFact, 'requires' | 'basis'> {
  /** The result code if it is not met, according to the app's readings. */
  readonly otherwise: string;
  readonly holds: () => boolean;
}

/** The rules for one request, so that an explanation can evaluate them one by one. */
export function rulesFor(
  request: CarrierRequest,
  state: State,
  { nowMs, clientIp }: DecisionContext,
): readonly RequestRule[] {
  const situation = situationOf({ request, state, nowMs, clientIp });
  return RULE_SETS[request.operation].map((rule) => ({
    requires: rule.requires,
    otherwise: codeOf(rule, readingsOf(state)),
    basis: rule.basis,
    holds: () => rule.holds(situation),
  }));
}

/** Whether the response has the credential for the SMS code: the number is not the token's, and the app has the capability. The document, 2.3. */
export function grantsAccessToken(unmet: string | undefined, { app }: State): boolean {
  return unmet === 'numberMatches' && app?.capabilities.has('smsFallback') === true;
}

/** Whether it is checked while the store is down. */
export function needsNoStore(requires: Requirement): boolean {
  return requires === 'serviceUp' || isDecidable(requires, 'body');
}

/** The code of an unmet rule. */
export function codeOf({ otherwise, codeReading }: Rule, readings: Readings): string {
  return codeReading === undefined ? otherwise : readings[codeReading];
}

const NOTHING: readonly Effect[] = [];
const USE_TOKEN: Effect = { kind: 'useToken' };
const CHARGE: Effect = { kind: 'charge' };
const GRANT_ACCESS_TOKEN: Effect = { kind: 'grantAccessToken' };
const REMEMBER_MSG_ID: Effect = { kind: 'rememberMsgId' };

function effectsOf(
  situation: Situation,
  { charged, grantsAccessToken, decidedBy }: Pick<Decision, 'charged' | 'grantsAccessToken' | 'decidedBy'>,
): readonly Effect[] {
  const { app, storeUp } = situation.state;
  if (!storeUp || app === undefined) return NOTHING;
  const { readings } = app.settings;
  const effects: Effect[] = [];
  if (charged || (readings['refused-call-uses-token'] === 'yes' && isTokenStillGood(situation))) {
    effects.push(USE_TOKEN);
  }
  if (charged || readings['daily-quota-counts'] === 'every-call') effects.push(...callCount(situation.state, charged));
  if (charged) effects.push(CHARGE);
  if (grantsAccessToken) effects.push(GRANT_ACCESS_TOKEN);
  if (readings['msgid-replay'] === 'refused' && !isBeforeApp(decidedBy)) effects.push(REMEMBER_MSG_ID);
  return effects;
}

/** Whether the request was refused before its app was read. */
function isBeforeApp(decidedBy: Decision['decidedBy']): boolean {
  const unmet = requirementOf(decidedBy);
  return unmet !== undefined && isDecidable(unmet, 'body');
}

function isTokenStillGood({ state: { token }, nowMs }: Situation): boolean {
  return token !== undefined && token.usedBy === undefined && isTokenLive(token, nowMs);
}

function callCount({ app, callLimit }: State, charged: boolean): readonly Effect[] {
  if (app === undefined || callLimit === undefined) return NOTHING;
  // A contract has no daily quota, so only charged calls draw on the package.
  if (app.settings.contracted && !charged) return NOTHING;
  // A refused call is counted without a limit: it is refused anyway.
  return [{ kind: 'countCall', counter: callLimit.counter, limit: charged ? callLimit.limit : null }];
}

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
    ...(isUndocumented(request.operation, resultCode) && { desc }),
    decidedBy: 'forced',
    charged: false,
    phoneNumber: returnsNumber && resultCode === allMet ? (state.token?.phoneNumber ?? fallbackNumber) : undefined,
    grantsAccessToken: grants,
    effects: grants ? [{ kind: 'grantAccessToken' }] : [],
  };
}
