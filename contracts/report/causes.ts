/** Groups the rows of judgement by cause. The kinds of causes are tables; this module selects the groups. Pure. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { Level } from '../kit/case.js';
import type { CaseResult, Run } from '../kit/result.js';
import { gravityOf } from '../kit/rules.js';
import {
  type CauseKind,
  type Context,
  fittingReadings,
  type Group,
  type Params,
  type Problem,
} from './cause-kind.js';
import { CONSUMER_KINDS } from './consumer-kinds.js';
import { PROVIDER_KINDS } from './provider-kinds.js';

export interface Cause {
  readonly kind: string;
  readonly sentence: Bilingual;
  /** The example: of the strictest rows of judgement, one of a result that shows the cause. */
  readonly example: Problem;
  /** The results that show it, the more serious first, then its consequences. */
  readonly results: readonly CaseResult[];
  readonly weights: Weights;
  /** Listed before all others. */
  readonly isFirst: boolean;
}

/** How many results have a row of judgement of each strictness. */
export interface Weights {
  /** Failed, or could not be judged. */
  readonly failed: number;
  readonly warned: number;
  /** Differences from a MAY, for information. */
  readonly reported: number;
}

export interface Causes {
  /** The strictest first, then those that most cases show. */
  readonly causes: readonly Cause[];
  /** The differences in the form of a response that no interpretation explains. A form is the cause of nothing else. */
  readonly forms: readonly Problem[];
}

/** Each row of judgement gets one cause, or is a form. */
export function causesOf(run: Pick<Run, 'suite' | 'results' | 'readings' | 'failOn'>): Causes {
  const context: Context = {
    results: run.results,
    readings: run.readings ?? [],
    fitting: fittingReadings(run.results),
    onlyAnswer: onlyAnswerOf(run.results),
  };
  const kinds = run.suite === 'provider' ? PROVIDER_KINDS : CONSUMER_KINDS;
  const causes: Cause[] = [];
  let remaining = run.results.flatMap(problemsOf);
  for (
    let best = bestCause(remaining, kinds, context);
    best !== undefined;
    best = bestCause(remaining, kinds, context)
  ) {
    causes.push(causeFrom(best, run.failOn));
    const own = new Set(best.problems);
    remaining = remaining.filter((problem) => !own.has(problem));
  }
  return { causes: causes.toSorted(inOrder), forms: remaining };
}

function inOrder(one: Cause, other: Cause): number {
  return (
    Number(other.isFirst) - Number(one.isFirst) ||
    strictnessOf(one.example) - strictnessOf(other.example) ||
    other.weights.failed - one.weights.failed ||
    other.weights.warned - one.weights.warned ||
    other.weights.reported - one.weights.reported
  );
}

/** Of each gravity the first difference, which is the strictest, and every form. The cause of a known deviation is already known. */
function problemsOf(result: CaseResult): readonly Problem[] {
  const { status, differences, isKnown } = result;
  if (isKnown === true) return [];
  if (status === 'error') return [{ result, difference: undefined }];
  const shown = differences.filter(({ rule }, at) => {
    const gravity = gravityOf(rule);
    return (
      gravity === 'form' || differences.findIndex((one) => gravityOf(one.rule) === gravity) === at
    );
  });
  return shown.map((difference) => ({ result, difference }));
}

export const STRICTNESS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

export function levelOf({ result, difference }: Problem): Level {
  return difference === undefined ? 'MUST' : (difference.clause?.level ?? result.level);
}

function strictnessOf(problem: Problem): number {
  return STRICTNESS.indexOf(levelOf(problem));
}

const REQUESTS_MIN = 3;

/** The report has the exchanges whose response differs from the expected one. */
function onlyAnswerOf(results: readonly CaseResult[]): string | undefined {
  // Another address is not the carrier's.
  const exchanges = results.filter(
    ({ answer, about }) => answer !== undefined && about?.rule !== 'urlRight',
  );
  const requests = new Set(exchanges.map(({ curl }) => curl));
  const [answer, ...others] = new Set(exchanges.map((exchange) => exchange.answer));
  return requests.size >= REQUESTS_MIN && others.length === 0 ? answer : undefined;
}

interface Candidate {
  readonly kind: CauseKind;
  readonly group: Group;
  readonly consequences: readonly Problem[];
  /** How many of the strictest remaining problems it explains. */
  readonly size: number;
}

/** A more informative kind is preferred if it explains at least this share of what the largest one explains. */
const NEARLY = 0.8;

function bestCause(
  problems: readonly Problem[],
  kinds: readonly CauseKind[],
  context: Context,
): Chosen | undefined {
  const causable = problems.filter((problem) => kinds.some(isShownBy(problem, context)));
  const strictest = Math.min(...causable.map(strictnessOf));
  const candidates = kinds.flatMap((kind) => candidatesOf(kind, problems, context, strictest));
  const most = Math.max(...candidates.map(({ size }) => size));
  const chosen =
    candidates.find(({ kind }) => kind.isFirst) ??
    candidates.find(({ size }) => size >= NEARLY * most);
  if (chosen === undefined) return undefined;
  const all = [...chosen.group.problems, ...chosen.consequences];
  return { kind: chosen.kind, group: chosen.group, problems: all };
}

interface Chosen extends Pick<Candidate, 'kind' | 'group'> {
  /** Those of the group, and their consequences. */
  readonly problems: readonly Problem[];
}

function isShownBy(problem: Problem, context: Context): (kind: CauseKind) => boolean {
  return (kind) => kind.shownBy(problem, context).length > 0;
}

function causeFrom({ kind, group, problems }: Chosen, failOn: Run['failOn']): Cause {
  const [example] = group.problems;
  if (example === undefined) throw new TypeError('a cause without a problem');
  return {
    kind: kind.name,
    isFirst: kind.isFirst === true,
    sentence: kind.sentence(group),
    example,
    results: [...new Set(problems.map(({ result }) => result))],
    weights: weightsOf(problems, failOn),
  };
}

/** Each result counts once, by its strictest problem. */
export function weightsOf(problems: readonly Problem[], failOn: Run['failOn']): Weights {
  const levels = new Map<CaseResult, Level>();
  for (const problem of problems.toSorted(byStrictness)) {
    if (!levels.has(problem.result)) levels.set(problem.result, levelOf(problem));
  }
  const count = (level: Level) => [...levels.values()].filter((one) => one === level).length;
  const [must, should] = [count('MUST'), count('SHOULD')];
  return failOn === 'SHOULD'
    ? { failed: must + should, warned: 0, reported: count('MAY') }
    : { failed: must, warned: should, reported: count('MAY') };
}

/** The largest group first. */
function candidatesOf(
  kind: CauseKind,
  problems: readonly Problem[],
  context: Context,
  strictest: number,
): readonly Candidate[] {
  const groups = new Map<string, { readonly params: Params; readonly problems: Problem[] }>();
  for (const problem of problems) {
    const shown = new Map(
      kind.shownBy(problem, context).map((params) => [JSON.stringify(params), params]),
    );
    for (const [key, params] of shown) {
      const group = groups.get(key) ?? { params, problems: [] };
      group.problems.push(problem);
      groups.set(key, group);
    }
  }
  const candidates = [...groups.values()].map(({ params, problems: members }) => {
    const own = new Set(members);
    const group: Group = { params, problems: members.toSorted(byStrictness), context };
    const consequences = problems.filter(
      (one) => !own.has(one) && kind.followedBy?.(one, group) === true,
    );
    const size = [...members, ...consequences].filter((one) => strictnessOf(one) === strictest);
    return { kind, group, consequences, size: size.length };
  });
  return candidates.toSorted((one, other) => other.size - one.size);
}

const ERRORS_FIRST = ({ result }: Problem) => (result.status === 'error' ? 0 : 1);

function byStrictness(one: Problem, other: Problem): number {
  return strictnessOf(one) - strictnessOf(other) || ERRORS_FIRST(one) - ERRORS_FIRST(other);
}
