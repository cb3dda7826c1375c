/** Decides the code of a request, by which rule, and with which effects. Reads nothing, waits for nothing, writes nothing. */

import type { ReadingId, Readings } from '../../../src/protocol/readings.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { isUndocumented, resultRow } from '../../../src/protocol/result-codes.js';
import type { Decision, Effect } from './decision.js';
import { type Situation, situationOf } from './facts/situation.js';
import { moduleOf } from './operations/operations.js';
import type { CarrierRequest } from './request.js';
import { isDecidable } from './requirements.js';
import { RULE_SETS, type RuleSets, type RuleWithFact } from './rules.js';
import { isTokenLive, type State } from './state.js';

export interface DecisionContext {
  /** By the app's clock. */
  readonly nowMs: number;
  readonly clientIp: string;
  /** By default in the default order. */
  readonly rules?: RuleSets | undefined;
  /** The code that a test forces; undefined if the rules decide. */
  readonly forced?: ForcedCode | undefined;
}

export interface ForcedCode {
  readonly resultCode: string;
  /** The text of an undocumented code. */
  readonly desc?: string;
  /** The number in a success if the presented token has none. */
  readonly fallbackNumber: string;
}

export type Decide = (request: CarrierRequest, state: State, at: DecisionContext) => Decision;

export const decide: Decide = createDecide();

/** `ruleSets` replaces the rules of every decision. */
export function createDecide(ruleSets?: RuleSets): Decide {
  return (request, state, { nowMs, clientIp, rules: own = RULE_SETS, forced }) => {
    if (forced !== undefined) return forcedDecision(request, state, forced);
    const rules = (ruleSets ?? own)[request.operation];
    const situation = situationOf(request, state, { nowMs, clientIp });
    return decisionFor(situation, firstUnmet(rules, situation));
  };
}

function firstUnmet(
  rules: readonly RuleWithFact[],
  situation: Situation,
): RuleWithFact | undefined {
  const { storeUp } = situation.state;
  for (const rule of rules)
    if ((storeUp || needsNoStore(rule.requires)) && !rule.holds(situation)) return rule;
  return undefined;
}

function decisionFor(situation: Situation, unmet: RuleWithFact | undefined): Decision {
  const { request, state } = situation;
  const { allMet, returnsNumber } = moduleOf(request.operation);
  const resultCode = unmet === undefined ? allMet : codeOf(unmet, situation);
  const charged = resultRow(request.operation, resultCode)?.charged === true;
  const grants = grantsAccessToken(unmet?.requires, state);
  return {
    resultCode,
    decidedBy: unmet?.requires ?? 'allMet',
    charged,
    phoneNumber: unmet === undefined && returnsNumber ? state.token?.phoneNumber : undefined,
    grantsAccessToken: grants,
    effects: effectsOf(situation, { charged, grantsAccessToken: grants, unmet }),
    bareStatus: unmet?.bareStatus,
  };
}

export interface RequestRule extends Pick<RuleWithFact, 'requires' | 'basis'> {
  /** The result code if it is not met, according to the app's readings. */
  readonly otherwise: string;
  readonly holds: () => boolean;
}

/** The rules for one request, so that an explanation can evaluate them one by one. */
export function rulesFor(
  request: CarrierRequest,
  state: State,
  { nowMs, clientIp, rules = RULE_SETS }: DecisionContext,
): readonly RequestRule[] {
  const situation = situationOf(request, state, { nowMs, clientIp });
  return rules[request.operation].map((rule) => ({
    requires: rule.requires,
    otherwise: codeOf(rule, situation),
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

/** The code of an unmet rule, or of its first unmet part. An extra part is not why the rule is unmet. */
function codeOf({ otherwise, codeReading, parts }: RuleWithFact, situation: Situation): string {
  const unmet = parts.find(({ isExtra, holds }) => isExtra !== true && !holds(situation));
  const reading = unmet?.codeReading ?? codeReading;
  return codeByReading(otherwise, reading, {
    request: situation.request,
    readings: situation.readings,
  });
}

export function codesOf(
  { otherwise, codeReading, parts }: RuleWithFact,
  at: CodeContext,
): readonly string[] {
  return [codeReading, ...parts.map((part) => part.codeReading)].map((each) =>
    codeByReading(otherwise, each, at),
  );
}

interface CodeContext {
  readonly request: Pick<CarrierRequest, 'operation'>;
  readonly readings: Readings;
}

/** That of the reading, if it is a code of the operation. */
function codeByReading(
  otherwise: string,
  reading: ReadingId | undefined,
  { request, readings }: CodeContext,
): string {
  const option = reading && readings[reading];
  if (option === undefined) return otherwise;
  if (IS_CODE.test(option)) return option;
  const codes: readonly string[] = option.match(CODES_IN_OPTION) ?? [];
  return codes.find((code) => !isUndocumented(request.operation, code)) ?? otherwise;
}

const IS_CODE = /^\d+$/;
const CODES_IN_OPTION = /\d{3,6}/g;

const NOTHING: readonly Effect[] = [];
const USE_TOKEN: Effect = { kind: 'useToken' };
const CHARGE: Effect = { kind: 'charge' };
const GRANT_ACCESS_TOKEN: Effect = { kind: 'grantAccessToken' };
const REMEMBER_MSG_ID: Effect = { kind: 'rememberMsgId' };

function effectsOf(
  situation: Situation,
  decided: Pick<Decision, 'charged' | 'grantsAccessToken'> & {
    readonly unmet: RuleWithFact | undefined;
  },
): readonly Effect[] {
  const { charged, grantsAccessToken, unmet } = decided;
  const { readings, state } = situation;
  if (!state.storeUp || state.app === undefined) return NOTHING;
  const effects: Effect[] = [];
  if (charged || refusalUsesToken(situation, readings, unmet)) effects.push(USE_TOKEN);
  const count = callCount(situation.state, readings, charged);
  if (count !== undefined) effects.push(count);
  if (charged) effects.push(CHARGE);
  if (grantsAccessToken) effects.push(GRANT_ACCESS_TOKEN);
  if (remembersMsgId(readings, unmet)) effects.push(REMEMBER_MSG_ID);
  return effects;
}

/** Only a token that is still good can be used up. */
function refusalUsesToken(
  { state: { token }, nowMs }: Situation,
  readings: Readings,
  unmet: RuleWithFact | undefined,
): boolean {
  const reading = readings['refused-call-uses-token'];
  const isUsing = reading === 'yes' || (reading === 'reached' && unmet?.reachesToken === true);
  if (!isUsing || token === undefined) return false;
  return token.usedBy === undefined && isTokenLive(token, nowMs);
}

function remembersMsgId(readings: Readings, unmet: RuleWithFact | undefined): boolean {
  return readings['msgid-replay'] !== 'allowed' && unmet?.reachesMsgId !== false;
}

function callCount(
  { app, callLimit }: State,
  readings: Readings,
  charged: boolean,
): Effect | undefined {
  if (callLimit === undefined) return undefined;
  const { counter, limit } = callLimit;
  if (charged) return { kind: 'countCall', counter, limit };
  // A contract has no daily quota, so only charged calls draw on the package.
  if (readings['daily-quota-counts'] !== 'every-call' || app?.settings.contracted === true)
    return undefined;
  // A refused call is counted without a limit: it is refused anyway.
  return { kind: 'countCall', counter, limit: null };
}

/** No rule is checked. */
function forcedDecision(
  request: CarrierRequest,
  state: State,
  { resultCode, desc = '', fallbackNumber }: ForcedCode,
): Decision {
  const { rules, allMet, returnsNumber } = moduleOf(request.operation);
  const unmet = rules.find(({ otherwise }) => otherwise === resultCode)?.requires;
  const grants = grantsAccessToken(unmet, state);
  return {
    resultCode,
    ...(isUndocumented(request.operation, resultCode) && { desc }),
    decidedBy: 'forced',
    charged: false,
    phoneNumber:
      returnsNumber && resultCode === allMet
        ? (state.token?.phoneNumber ?? fallbackNumber)
        : undefined,
    grantsAccessToken: grants,
    effects: grants ? [{ kind: 'grantAccessToken' }] : [],
  };
}
