/** Failures grouped by what they have in common: the kinds of causes are tables, and here the groups are chosen. Pure. */
import type { CaseResult, Run } from '../../results/result.js';
import type { Bilingual } from '../words.js';
import type { CauseKind, Context, Group, Params } from './cause-kind.js';
import { CONSUMER_KINDS } from './consumer-kinds.js';
import { PROVIDER_KINDS } from './provider-kinds.js';
import { fittingSignatures } from './readings.js';

export interface Cause {
  readonly kind: string;
  readonly sentence: Bilingual;
  /** Those that show it, the more serious ones first, then its consequences. */
  readonly results: readonly CaseResult[];
}

/** Each result with a difference, or without a verdict, has one cause. The most serious cause is first. */
export function causesOf(run: Pick<Run, 'suite' | 'results' | 'readings'>): readonly Cause[] {
  const context: Context = {
    results: run.results,
    readings: run.readings ?? [],
    fitting: fittingSignatures(run.results),
  };
  const kinds = run.suite === 'provider' ? PROVIDER_KINDS : CONSUMER_KINDS;
  const causes: FoundCause[] = [];
  let left = run.results.filter(isTrouble);
  while (left.length > 0) {
    const cause = mostTelling(left, kinds, context);
    causes.push(cause);
    const own = new Set(cause.results);
    left = left.filter((result) => !own.has(result));
  }
  return causes.toSorted(bySeverity);
}

/** A known deviation has a cause that somebody knows. */
function isTrouble({ status, differences, isKnown }: CaseResult): boolean {
  return isKnown !== true && (status === 'error' || status === 'fail' || differences.length > 0);
}

interface FoundCause extends Cause {
  readonly isFirst: boolean;
}

interface Candidate {
  readonly kind: CauseKind;
  readonly params: Params;
  readonly results: CaseResult[];
}

/** A more telling kind may explain this much less than another, and is named all the same. */
const NEARLY = 0.8;

function mostTelling(left: readonly CaseResult[], kinds: readonly CauseKind[], context: Context): FoundCause {
  const candidates = kinds.flatMap((kind) => candidatesOf(kind, left, context));
  const most = Math.max(...candidates.map(({ results }) => results.length));
  const chosen =
    candidates.find(({ kind }) => kind.isFirst) ?? candidates.find(({ results }) => results.length >= NEARLY * most);
  // The last kind of each table takes every result.
  if (chosen === undefined) throw new TypeError('a failure that no kind of cause takes');
  const { kind, params, results } = chosen;
  const own = new Set(results);
  const inOrder = [...results].sort((one, other) => gravity(one) - gravity(other));
  const group: Group = { params, results: inOrder, context };
  const consequences = left.filter((result) => !own.has(result) && kind.followedBy?.(result, group) === true);
  return {
    kind: kind.name,
    isFirst: kind.isFirst === true,
    sentence: kind.sentence(group),
    results: [...inOrder, ...consequences],
  };
}

function candidatesOf(kind: CauseKind, left: readonly CaseResult[], context: Context): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const result of left) {
    const keys = new Map(kind.shownBy(result, context).map((params) => [JSON.stringify(params), params]));
    for (const [key, params] of keys) {
      const candidate = found.get(key) ?? { kind, params, results: [] };
      candidate.results.push(result);
      found.set(key, candidate);
    }
  }
  return [...found.values()].sort((one, other) => other.results.length - one.results.length);
}

function gravity({ status }: CaseResult): number {
  return ['error', 'fail', 'warn'].indexOf(status) + (status === 'pass' ? 4 : 0);
}

export interface Weights {
  /** Failed, or could not be judged. */
  readonly failed: number;
  readonly warned: number;
  /** A MAY: for information. */
  readonly reported: number;
}

export function weightsOf({ results }: Pick<Cause, 'results'>): Weights {
  const count = (...wanted: readonly CaseResult['status'][]) =>
    results.filter(({ status }) => wanted.includes(status)).length;
  return { failed: count('error', 'fail'), warned: count('warn'), reported: count('pass') };
}

function bySeverity(one: FoundCause, other: FoundCause): number {
  const [a, b] = [weightsOf(one), weightsOf(other)];
  return (
    Number(other.isFirst) - Number(one.isFirst) || b.failed - a.failed || b.warned - a.warned || b.reported - a.reported
  );
}
