/** The decision: which code a request gets, which rule says so, and what has to be written. It reads nothing, waits for nothing, writes nothing. */
import type { Operation } from '../../../src/protocol/operations.js';
import { resultRow } from '../../../src/protocol/result-codes.js';
import type { Decision, Effect, Requirement } from './decision.js';
import { readingsOf, type Situation } from './facts/situation.js';
import type { OperationModule } from './operations/operation.js';
import { OPERATION_MODULES } from './operations/operations.js';
import type { Readings } from './readings.js';
import type { CarrierRequest } from './request.js';
import type { Rule } from './rules/rule.js';
import { isTokenLive, type State } from './state.js';

/** A rule and the fact that it asks for, which means something only where those of the rules before it hold. */
export interface JudgedRule extends Rule<Requirement, string> {
  holds(situation: Situation<CarrierRequest>): boolean;
}

/** What an operation's requests are judged by. */
export interface Judge {
  /** In order of precedence. */
  readonly rules: readonly JudgedRule[];
  readonly module: OperationModule;
}

export type Judges = Readonly<Record<Operation, Judge>>;

/** The operations, or changed ones, made ready for deciding. */
export function judgesOf({ loginTokenValidate, tokenValidate }: typeof OPERATION_MODULES): Judges {
  return { loginTokenValidate: judgeOf(loginTokenValidate), tokenValidate: judgeOf(tokenValidate) };
}

function judgeOf<Request extends CarrierRequest, Q extends Requirement, Case extends Situation<Request>>(
  module: OperationModule<Request, Q, Case>,
): Judge {
  const { rules, facts } = module;
  return {
    rules: rules.map((rule) => ({ ...rule, holds: facts[rule.requires] as JudgedRule['holds'] })),
    module: module as unknown as OperationModule,
  };
}

/** By the rules of the document, as the operations' modules have them. */
export const JUDGES = judgesOf(OPERATION_MODULES);

/** What can be told before the app is known. */
const BEFORE_APP: readonly Decision['decidedBy'][] = [
  'urlRight',
  'bodyReadable',
  'valuesAreStrings',
  'tokenPresent',
  'parametersValid',
];

export interface At {
  /** By the app's clock. */
  readonly nowMs: number;
  readonly clientIp: string;
}

export type Decide = (request: CarrierRequest, state: State, at: At) => Decision;

export const decide: Decide = createDecide(JUDGES);

export function createDecide(judges: Judges): Decide {
  return (request, state, { nowMs, clientIp }) => {
    const { rules, module } = judges[request.operation];
    const situation = module.situation({ request, state, nowMs, clientIp });
    const asked = state.storeUp ? rules : rules.filter(({ requires }) => canBeToldWithoutStore(requires));
    const unmet = asked.find((rule) => !rule.holds(situation));
    const resultCode = unmet === undefined ? module.allMet : codeOf(unmet, readingsOf(state));
    const charged = resultRow(request.operation, resultCode)?.charged === true;
    const grants = grantsAccessToken(unmet?.requires, state);
    const decidedBy = unmet?.requires ?? 'allMet';
    return {
      resultCode,
      decidedBy,
      charged,
      phoneNumber: unmet === undefined && module.answersNumber ? state.token?.phoneNumber : undefined,
      grantsAccessToken: grants,
      effects: effectsOf(situation, { charged, grantsAccessToken: grants, decidedBy }),
    };
  };
}

/** A rule as it stands for one request. */
export interface AskedRule extends Pick<JudgedRule, 'requires' | 'basis'> {
  /** The code that names it unmet, by the app's readings. */
  readonly otherwise: string;
  readonly holds: () => boolean;
}

/** The same rules for an explanation, which asks them one by one. */
export function askRules(request: CarrierRequest, state: State, { nowMs, clientIp }: At): readonly AskedRule[] {
  const { rules, module } = JUDGES[request.operation];
  const situation = module.situation({ request, state, nowMs, clientIp });
  return rules.map((rule) => ({
    requires: rule.requires,
    otherwise: codeOf(rule, readingsOf(state)),
    basis: rule.basis,
    holds: () => rule.holds(situation),
  }));
}

/** Whether the credential for the SMS way comes with the answer: where the number is not the token's. The document, 2.3. */
export function grantsAccessToken(unmet: string | undefined, { app }: State): boolean {
  return unmet === 'numberMatches' && app?.capabilities.has('smsFallback') === true;
}

function canBeToldWithoutStore(requires: Requirement): boolean {
  return requires === 'serviceUp' || BEFORE_APP.includes(requires);
}

/** The code of a rule that is not met. */
export function codeOf({ otherwise, codeReading }: Rule<Requirement, string>, readings: Readings): string {
  return codeReading === undefined ? otherwise : readings[codeReading];
}

const NOTHING: readonly Effect[] = [];
const USE_TOKEN: Effect = { kind: 'useToken' };
const CHARGE: Effect = { kind: 'charge' };
const GRANT_ACCESS_TOKEN: Effect = { kind: 'grantAccessToken' };
const REMEMBER_MSG_ID: Effect = { kind: 'rememberMsgId' };

function effectsOf(
  situation: Situation<CarrierRequest>,
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
  if (readings['msgid-replay'] === 'refused' && !BEFORE_APP.includes(decidedBy)) effects.push(REMEMBER_MSG_ID);
  return effects;
}

function isTokenStillGood({ state: { token }, nowMs }: Situation<CarrierRequest>): boolean {
  return token !== undefined && token.usedBy === undefined && isTokenLive(token, nowMs);
}

function callCount({ app, callLimit }: State, charged: boolean): readonly Effect[] {
  if (app === undefined || callLimit === undefined) return NOTHING;
  // A contract has no daily quota, so only charged calls draw on the package.
  if (app.settings.contracted && !charged) return NOTHING;
  // A refused call is counted, and not bounded: it has nothing more to lose.
  return [{ kind: 'countCall', counter: callLimit.counter, limit: charged ? callLimit.limit : null }];
}
