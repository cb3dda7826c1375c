/** The forms of responses that differ (names, null or absent, the form of an id, text), each once with its results. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { Level } from '../kit/case.js';
import type { CaseResult, Run } from '../kit/result.js';
import type { Problem } from './cause-kind.js';
import { levelOf, STRICTNESS, type Weights, weightsOf } from './causes.js';
import { subjectOf } from './provider-kinds.js';

export interface Form {
  readonly sentence: Bilingual;
  readonly level: Level;
  readonly example: Problem;
  readonly results: readonly CaseResult[];
  readonly weights: Weights;
}

/** The strictest first; of these the most frequent. */
export function formsOf(problems: readonly Problem[], failOn: Run['failOn']): readonly Form[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.difference === undefined) continue;
    const key = JSON.stringify([levelOf(problem), subjectOf(problem.difference)]);
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  const forms = [...groups.values()].flatMap((group) => formOf(group, failOn));
  return forms.toSorted(
    (one, other) =>
      STRICTNESS.indexOf(one.level) - STRICTNESS.indexOf(other.level) ||
      other.results.length - one.results.length,
  );
}

function formOf(problems: readonly Problem[], failOn: Run['failOn']): readonly Form[] {
  const [example] = problems;
  if (example?.difference === undefined) return [];
  const { en = '', zh = '' } = subjectOf(example.difference);
  return [
    {
      sentence: { en, zh },
      level: levelOf(example),
      example,
      results: [...new Set(problems.map(({ result }) => result))],
      weights: weightsOf(problems, failOn),
    },
  ];
}
