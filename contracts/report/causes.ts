/** Groups failures by cause. The kinds of causes are tables; this module selects the groups. Pure. */

import type { Bilingual } from '../../src/text/bilingual.js';
import type { CaseResult, Run } from '../kit/result.js';
import {
  type CauseKind,
  type Context,
  fittingReadings,
  type Group,
  type Params,
} from './cause-kind.js';
import { CONSUMER_KINDS } from './consumer-kinds.js';
import { PROVIDER_KINDS } from './provider-kinds.js';

export interface Cause {
  readonly kind: string;
  readonly sentence: Bilingual;
  /** The results that show it, the more serious first, then its consequences. */
  readonly results: readonly CaseResult[];
  readonly weights: Weights;
  /** Listed before all others. */
  readonly isFirst: boolean;
}

interface Weights {
  /** Failed, or could not be judged. */
  readonly failed: number;
  readonly warned: number;
  /** Differences from a MAY, for information. */
  readonly reported: number;
}

/** Each result with a difference or without a verdict gets one cause. The most serious cause is first. */
export function causesOf(run: Pick<Run, 'suite' | 'results' | 'readings'>): readonly Cause[] {
  const context: Context = {
    results: run.results,
    readings: run.readings ?? [],
    fitting: fittingReadings(run.results),
    onlyAnswer: onlyAnswerOf(run.results),
  };
  const kinds = run.suite === 'provider' ? PROVIDER_KINDS : CONSUMER_KINDS;
  const causes: Cause[] = [];
  // The cause of a known deviation is already known.
  let remaining = run.results.filter(
    ({ status, differences, isKnown }) =>
      isKnown !== true && (status === 'error' || status === 'fail' || differences.length > 0),
  );
  while (remaining.length > 0) {
    const cause = bestCause(remaining, kinds, context);
    causes.push(cause);
    const own = new Set(cause.results);
    remaining = remaining.filter((result) => !own.has(result));
  }
  return causes.toSorted(
    (one, other) =>
      Number(other.isFirst) - Number(one.isFirst) ||
      other.weights.failed - one.weights.failed ||
      other.weights.warned - one.weights.warned ||
      other.weights.reported - one.weights.reported,
  );
}

const REQUESTS_MIN = 3;

/** The report has the exchanges whose response differs from the expected one. */
function onlyAnswerOf(results: readonly CaseResult[]): string | undefined {
  const exchanges = results.filter(({ answer }) => answer !== undefined);
  const requests = new Set(exchanges.map(({ curl }) => curl));
  const [answer, ...others] = new Set(exchanges.map((exchange) => exchange.answer));
  return requests.size >= REQUESTS_MIN && others.length === 0 ? answer : undefined;
}

interface Candidate {
  readonly kind: CauseKind;
  readonly group: Group;
  readonly consequences: readonly CaseResult[];
}

/** A more informative kind is preferred if it explains at least this share of what the largest one explains. */
const NEARLY = 0.8;

function bestCause(
  results: readonly CaseResult[],
  kinds: readonly CauseKind[],
  context: Context,
): Cause {
  const candidates = kinds.flatMap((kind) => candidatesOf(kind, results, context));
  const most = Math.max(...candidates.map(sizeOf));
  const chosen =
    candidates.find(({ kind }) => kind.isFirst) ??
    candidates.find((candidate) => sizeOf(candidate) >= NEARLY * most);
  // The last kind of each table matches every result.
  if (chosen === undefined) throw new TypeError('no kind of cause matches this failure');
  const { kind, group, consequences } = chosen;
  const all = [...group.results, ...consequences];
  const count = (...statuses: readonly CaseResult['status'][]) =>
    all.filter(({ status }) => statuses.includes(status)).length;
  return {
    kind: kind.name,
    isFirst: kind.isFirst === true,
    sentence: kind.sentence(group),
    results: all,
    weights: { failed: count('error', 'fail'), warned: count('warn'), reported: count('pass') },
  };
}

function sizeOf({ group, consequences }: Candidate): number {
  return group.results.length + consequences.length;
}

const BY_SEVERITY: readonly CaseResult['status'][] = ['error', 'fail', 'warn', 'pass'];

/** The largest group first. */
function candidatesOf(
  kind: CauseKind,
  results: readonly CaseResult[],
  context: Context,
): readonly Candidate[] {
  const groups = new Map<string, { readonly params: Params; readonly results: CaseResult[] }>();
  for (const result of results) {
    const shown = new Map(
      kind.shownBy(result, context).map((params) => [JSON.stringify(params), params]),
    );
    for (const [key, params] of shown) {
      const group = groups.get(key) ?? { params, results: [] };
      group.results.push(result);
      groups.set(key, group);
    }
  }
  const candidates = [...groups.values()].map(({ params, results: members }) => {
    const own = new Set(members);
    const bySeverity = members.toSorted(
      (a, b) => BY_SEVERITY.indexOf(a.status) - BY_SEVERITY.indexOf(b.status),
    );
    const group: Group = { params, results: bySeverity, context };
    const consequences = results.filter(
      (one) => !own.has(one) && kind.followedBy?.(one, group) === true,
    );
    return { kind, group, consequences };
  });
  return candidates.toSorted((one, other) => sizeOf(other) - sizeOf(one));
}
