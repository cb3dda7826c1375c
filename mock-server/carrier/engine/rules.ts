/** The rules of each operation with their facts, in the default order or in the order that a calibration observed. */
import { byOperation, type Operation } from '../../../src/protocol/operations.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import { resultRow } from '../../../src/protocol/result-codes.js';
import { isNull, type RequirementPart } from './facts/parts.js';
import type { Fact } from './facts/situation.js';
import type { OperationModule } from './operations/operation.js';
import { OPERATION_MODULES } from './operations/operations.js';
import { isDecidable, type Need, REQUIREMENTS, type Rule } from './requirements.js';
import { presentedToken } from './state.js';

/** A rule with its fact. The fact is only valid if the facts of all rules before it hold. */
export interface RuleWithFact extends Rule {
  readonly requires: Requirement;
  readonly holds: Fact;
  /** The parts of a rule that is not divided: the first that fails can have a code of its own. */
  readonly parts: readonly RequirementPart[];
  /** Sent instead of the code, with nothing else. */
  readonly bareStatus?: number | undefined;
  /** Whether the rule is checked when the token is known, so that its refusal can use the token. */
  readonly reachesToken: boolean;
  /** Whether the rule is checked after the msgid, so that its refusal makes the msgid known. */
  readonly reachesMsgId: boolean;
}

export type RuleSets = Readonly<Record<Operation, readonly RuleWithFact[]>>;

/** What a carrier does with a request whose only mistake violates a check: a requirement, or one part of it. */
export interface PlacedCheck {
  /** `signValid`, or `parametersValid/version.missing`. */
  readonly check: string;
  /** A result code, `accepted`, `afterToken`, or `http-415` for a response with this status and without a code. */
  readonly outcome: string;
}

/** The checks of an operation in the order of a carrier. The others keep their place after the check that they follow by default. */
export type Precedence = Partial<Readonly<Record<Operation, readonly PlacedCheck[]>>>;

export function ruleSetsOf(modules: Readonly<Record<Operation, OperationModule>>): RuleSets {
  return byOperation((operation) => {
    const { rules, facts, parts } = modules[operation];
    return reaching(
      rules.map((rule) => {
        const holds = facts[rule.requires];
        if (holds === undefined) throw new Error(`${operation} has no fact for ${rule.requires}`);
        return { ...rule, holds, parts: parts[rule.requires] ?? [] };
      }),
    );
  });
}

export const RULE_SETS = ruleSetsOf(OPERATION_MODULES);

interface Check extends Omit<RuleWithFact, 'reachesToken' | 'reachesMsgId'> {
  readonly id: string;
  readonly needs: Need;
  readonly isOfReading: boolean;
  readonly isExtra: boolean;
  readonly presenceOf: RequirementPart['presenceOf'];
  /** The id of the check whose place it takes if it has none of its own. */
  readonly like: string | undefined;
}

/** A carrier that looks for the token early finds there too that it is used or expired. */
const LIKE: Partial<Readonly<Record<Requirement, Requirement>>> = {
  tokenLive: 'tokenKnown',
  tokenUnused: 'tokenKnown',
};

const CHECKS: Readonly<Record<Operation, readonly Check[]>> = byOperation((operation) =>
  RULE_SETS[operation].flatMap((rule): readonly Check[] => {
    const { needs } = REQUIREMENTS[rule.requires];
    if (rule.parts.length === 0)
      return [
        {
          ...rule,
          id: rule.requires,
          needs,
          isOfReading: false,
          isExtra: false,
          presenceOf: undefined,
          like: LIKE[rule.requires],
        },
      ];
    return rule.parts.map((one) => {
      const { part, holds, codeReading, isOfReading = false, isExtra = false } = one;
      const { codeReading: _, ...whole } = rule;
      const id = `${rule.requires}/${part}`;
      return {
        ...whole,
        ...(codeReading && { codeReading }),
        id,
        needs: one.needs ?? needs,
        isOfReading,
        isExtra,
        presenceOf: one.presenceOf,
        like: one.like && `${rule.requires}/${one.like}`,
        parts: [],
        holds,
      };
    });
  }),
);

/** The names of the checks that can be placed. */
export function checkIds(operation: Operation): readonly string[] {
  return CHECKS[operation].map(({ id }) => id);
}

/** Compiled once for each precedence, so that a decision costs the same. */
export function orderedRuleSets(precedence: Precedence): RuleSets {
  return byOperation((operation) => {
    const placed = precedence[operation];
    return placed === undefined ? RULE_SETS[operation] : reaching(ordered(operation, placed));
  });
}

/** Each check that is not placed follows the placed one before it. */
function ordered(operation: Operation, placed: readonly PlacedCheck[]): readonly Check[] {
  const refusals = new Map(placed.filter(isRefusal).map((one) => [one.check, one] as const));
  const accepted = new Set(placed.filter((one) => !isRefusal(one)).map(({ check }) => check));
  const groups = new Map<string, Check[]>([FIRST, ...refusals.keys()].map((id) => [id, []]));
  let group = groups.get(FIRST);
  const isNullMissing = [...accepted].some((id) => id.endsWith('/required.null'));
  const isPlaced = (id: string) => refusals.has(id) || accepted.has(id);
  for (const own of CHECKS[operation]) {
    const check = isNullMissing ? withoutNull(own) : own;
    const { id, like = id } = check;
    const place = isPlaced(id) ? id : like;
    const refusal = refusals.get(place);
    if (refusal !== undefined) group = groups.get(place);
    if (refusal !== undefined || !isDropped({ ...check, id: place }, accepted))
      group?.push(independent(check, refusal));
  }
  return successesLast(operation, [...groups.values()].flat());
}

/** A check that a field is there, for a carrier that takes null for a missing field. */
function withoutNull({ presenceOf, holds, ...check }: Check): Check {
  return {
    ...check,
    presenceOf,
    holds:
      presenceOf === undefined
        ? holds
        : (situation) => holds(situation) && !isNull(presenceOf, situation.request),
  };
}

function isRefusal({ outcome }: PlacedCheck): boolean {
  return outcome !== ACCEPTED;
}

/** An app can have another reading than the one that the calibration observed. */
function isDropped({ id, isExtra, isOfReading }: Check, accepted: ReadonlySet<string>): boolean {
  return isExtra || (accepted.has(id) && !isOfReading);
}

/** The results that are no refusals come last. */
function successesLast(operation: Operation, checks: readonly Check[]): readonly Check[] {
  const isSuccess = ({ otherwise }: Check) => resultRow(operation, otherwise)?.charged === true;
  return [...checks.filter((check) => !isSuccess(check)), ...checks.filter(isSuccess)];
}

export const ACCEPTED = 'accepted';
/** An unknown token hides the mistake, so the check comes later. Its code is not known. */
export const AFTER_TOKEN = 'afterToken';
const FIRST = '';

/** The check at its new place: it holds if what it reads does not exist, because the check of that refuses the request. */
function independent(check: Check, placed: PlacedCheck | undefined): Check {
  const isReadable = READABLE[check.needs];
  const [, bareStatus, code] = /^(?:http-(\d{3})|(\d+))$/.exec(placed?.outcome ?? '') ?? [];
  return {
    ...check,
    ...(placed && { basis: 'observed' }),
    ...(bareStatus !== undefined && { bareStatus: Number(bareStatus) }),
    ...(code !== undefined && { otherwise: code }),
    holds:
      isReadable === undefined
        ? check.holds
        : (situation) => !isReadable(situation) || check.holds(situation),
  };
}

const hasJson: Fact = ({ request }) => request.json !== undefined;
const READABLE: Readonly<Record<string, Fact | undefined>> = {
  body: hasJson,
  store: hasJson,
  app: ({ state }) => state.app !== undefined,
  token: ({ state }) => presentedToken(state) !== undefined,
};

function reaching(
  rules: readonly Omit<RuleWithFact, 'reachesToken' | 'reachesMsgId'>[],
): readonly RuleWithFact[] {
  const token = rules.findIndex(({ requires }) => requires === 'tokenKnown');
  const isPlaced = rules.findIndex(({ codeReading }) => codeReading === 'msgid-replay');
  const replay =
    isPlaced === -1
      ? rules.findLastIndex(({ requires }) => isDecidable(requires, 'body'))
      : isPlaced;
  // All have one shape: otherwise each decision takes twice as long (measured).
  return rules.map((rule, at) => ({
    requires: rule.requires,
    otherwise: rule.otherwise,
    basis: rule.basis,
    codeReading: rule.codeReading,
    holds: rule.holds,
    parts: rule.parts,
    bareStatus: rule.bareStatus,
    reachesToken: at >= token,
    reachesMsgId: at > replay,
  }));
}
