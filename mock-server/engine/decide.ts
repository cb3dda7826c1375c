/** The decision: which code a request gets, which rule says so, and what has to be written. It reads nothing, waits for nothing, writes nothing. */
import type { Operation } from '../../src/protocol/operations.js';
import { resultRow } from '../../src/protocol/result-codes.js';
import { LOGIN_TOKEN_VALIDATE_FACTS, type Login } from './facts/login-token-validate.js';
import { type Facts, readingsOf, type Situation } from './facts/situation.js';
import { TOKEN_VALIDATE_FACTS, type Verify, verifySituation } from './facts/token-validate.js';
import type { Basis, Readings } from './readings.js';
import type { CarrierRequest } from './request.js';
import {
  LOGIN_TOKEN_VALIDATE_ALL_MET,
  LOGIN_TOKEN_VALIDATE_RULES,
  type LoginTokenValidateRequirement,
} from './rules/login-token-validate.js';
import type { Rule } from './rules/rule.js';
import { TOKEN_VALIDATE_ALL_MET, TOKEN_VALIDATE_RULES, type TokenValidateRequirement } from './rules/token-validate.js';
import { isTokenLive, type State } from './state.js';

export type Requirement = LoginTokenValidateRequirement | TokenValidateRequirement;

/** What has to be written, together or not at all. */
export type Effect =
  | { readonly kind: 'useToken' }
  /** Draws one call on a limit; where none is left, another request took the last one and the decision is stale. */
  | { readonly kind: 'countCall'; readonly counter: string; readonly limit: number | null }
  /** A line in the ledger. */
  | { readonly kind: 'charge' }
  | { readonly kind: 'grantAccessToken' }
  | { readonly kind: 'rememberMsgId' };

export interface Decision {
  readonly resultCode: string;
  readonly decidedBy: Requirement | 'allMet' | 'forced';
  readonly charged: boolean;
  /** The number that login's answer carries. */
  readonly phoneNumber: string | undefined;
  readonly grantsAccessToken: boolean;
  readonly effects: readonly Effect[];
}

/** A rule and the fact that it asks for. */
interface Gate<S> {
  readonly rule: Rule<Requirement, string>;
  readonly holds: (situation: S) => boolean;
}

interface OperationGates<S> {
  readonly gates: readonly Gate<S>[];
  readonly allMet: string;
}

/** What an operation is decided by. */
interface OperationRules<Q extends Requirement, S extends Situation<CarrierRequest>> {
  readonly rules: readonly Rule<Q, string>[];
  readonly facts: Facts<Q, S>;
  /** The code of a request that meets every requirement. */
  readonly allMet: string;
}

export interface DecisionRules {
  readonly loginTokenValidate: OperationRules<LoginTokenValidateRequirement, Login>;
  readonly tokenValidate: OperationRules<TokenValidateRequirement, Verify>;
}

export const DECISION_RULES: DecisionRules = {
  loginTokenValidate: {
    rules: LOGIN_TOKEN_VALIDATE_RULES,
    facts: LOGIN_TOKEN_VALIDATE_FACTS,
    allMet: LOGIN_TOKEN_VALIDATE_ALL_MET,
  },
  tokenValidate: { rules: TOKEN_VALIDATE_RULES, facts: TOKEN_VALIDATE_FACTS, allMet: TOKEN_VALIDATE_ALL_MET },
};

function gatesOf<Q extends Requirement, S extends Situation<CarrierRequest>>({
  rules,
  facts,
  allMet,
}: OperationRules<Q, S>): OperationGates<S> {
  return { gates: rules.map((rule) => ({ rule, holds: facts[rule.requires] })), allMet };
}

const LOGIN = gatesOf(DECISION_RULES.loginTokenValidate);
const VERIFY = gatesOf(DECISION_RULES.tokenValidate);

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

export const decide: Decide = createDecide(DECISION_RULES);

export function createDecide({ loginTokenValidate, tokenValidate }: DecisionRules): Decide {
  const login = gatesOf(loginTokenValidate);
  const verify = gatesOf(tokenValidate);
  return (request, state, { nowMs, clientIp }) =>
    request.operation === 'loginTokenValidate'
      ? decideBy(login, { request, state, nowMs, clientIp })
      : decideBy(verify, verifySituation({ request, state, nowMs, clientIp }));
}

/** A rule as it stands for one request; `holds` asks its fact, which means something only where those before it hold. */
export interface AskedRule {
  readonly requires: Requirement;
  /** The code that names it unmet, by the app's readings. */
  readonly otherwise: string;
  readonly basis: Basis;
  readonly holds: () => boolean;
}

/** The rules of the operation in order of precedence, for an explanation: a decision asks them itself. */
export function askRules(request: CarrierRequest, state: State, { nowMs, clientIp }: At): readonly AskedRule[] {
  return request.operation === 'loginTokenValidate'
    ? askedBy(LOGIN, { request, state, nowMs, clientIp })
    : askedBy(VERIFY, verifySituation({ request, state, nowMs, clientIp }));
}

function askedBy<S extends Situation<CarrierRequest>>(
  { gates }: OperationGates<S>,
  situation: S,
): readonly AskedRule[] {
  return gates.map(({ rule, holds }) => ({
    requires: rule.requires,
    otherwise: codeOf(rule, readingsOf(situation.state)),
    basis: rule.basis,
    holds: () => holds(situation),
  }));
}

/** The code of a request that meets every requirement. */
export function codeWhenAllMet(operation: Operation): string {
  return operation === 'loginTokenValidate' ? LOGIN.allMet : VERIFY.allMet;
}

function decideBy<S extends Situation<CarrierRequest>>({ gates, allMet }: OperationGates<S>, situation: S): Decision {
  const { request, state } = situation;
  const asked = state.storeUp ? gates : gates.filter(({ rule }) => canBeToldWithoutStore(rule.requires));
  const unmet = asked.find(({ holds }) => !holds(situation))?.rule;
  const resultCode = unmet === undefined ? allMet : codeOf(unmet, readingsOf(state));
  const charged = resultRow(request.operation, resultCode)?.charged === true;
  const grantsAccessToken = unmet?.requires === 'numberMatches' && state.app?.capabilities.has('smsFallback') === true;
  const decidedBy = unmet?.requires ?? 'allMet';
  const phoneNumber =
    unmet === undefined && request.operation === 'loginTokenValidate' ? state.token?.phoneNumber : undefined;
  const effects = effectsOf(situation, { charged, grantsAccessToken, decidedBy });
  return { resultCode, decidedBy, charged, phoneNumber, grantsAccessToken, effects };
}

function canBeToldWithoutStore(requires: Requirement): boolean {
  return requires === 'serviceUp' || BEFORE_APP.includes(requires);
}

function codeOf({ otherwise, codeReading }: Rule<Requirement, string>, readings: Readings): string {
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
