/** How we know something, in words, and how many results are known in each way: the evidence of a run. */
import type { Bilingual } from './bilingual.js';

/** In the order of the strength of the evidence. */
export const BASIS_WORDS = {
  documented: { en: 'documented', zh: '文档写明' },
  observed: { en: 'observed', zh: '公开资料可见' },
  inferred: { en: 'inferred', zh: '推断' },
  assumed: { en: 'assumed', zh: '本项目约定' },
} as const satisfies Readonly<Record<string, Bilingual>>;

type Basis = keyof typeof BASIS_WORDS;

const BASES = ['documented', 'observed', 'inferred', 'assumed'] as const satisfies readonly Basis[];

export type BasisCounts = Readonly<Record<Basis, number>>;

export function basisCounts(bases: readonly Basis[]): BasisCounts {
  const count = (basis: Basis) => bases.filter((each) => each === basis).length;
  return {
    documented: count('documented'),
    observed: count('observed'),
    inferred: count('inferred'),
    assumed: count('assumed'),
  };
}

export function totalOf(counts: BasisCounts): number {
  return BASES.reduce((sum, basis) => sum + counts[basis], 0);
}

/** `of the 11 responses, 9 are documented, 2 assumed`. The results, with their number, are in `of`. */
export function basisText(of: Bilingual, counts: BasisCounts): Bilingual {
  const known = BASES.map((basis) => ({ count: counts[basis], words: BASIS_WORDS[basis] })).filter(
    ({ count }) => count > 0,
  );
  const verb = known[0]?.count === 1 ? 'is' : 'are';
  const en = known.map(({ count, words }, at) =>
    at === 0 ? `${count} ${verb} ${words.en}` : `${count} ${words.en}`,
  );
  const zh = known.map(({ count, words }) => `${words.zh} ${count} 个`);
  return { en: [of.en, ...en].join(', '), zh: `${of.zh}：${zh.join('，')}` };
}
