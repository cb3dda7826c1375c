/** The forms of responses that differ (names, null or absent, the form of an id, text), each once with its results. */
import { type Bilingual, bilingual } from '../../src/text/bilingual.js';
import type { Level } from '../kit/case.js';
import type { CaseResult, Difference, Run } from '../kit/result.js';
import type { Params, Problem } from './cause-kind.js';
import { levelOf, STRICTNESS, type Weights, weightsOf } from './causes.js';
import { descriptionIn } from './descriptions.js';
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
    const words = wordsOf(problem.result, problem.difference);
    const key = JSON.stringify([levelOf(problem), words]);
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
  const { en = '', zh = '' } = wordsOf(example.result, example.difference);
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

/** A text that a pattern describes has the words of the case. */
function wordsOf(result: CaseResult, difference: Difference): Params {
  if (difference.rule !== 'text') return subjectOf(difference);
  const { en, zh } = bilingual((lang) => descriptionIn(result, lang));
  return { en: `not met: ${en}`, zh: `不满足：${zh}` };
}
