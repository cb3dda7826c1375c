/** How we know something, in words. */
import type { Basis } from '../../src/protocol/readings.js';
import type { Bilingual } from '../../src/text/bilingual.js';

export const BASIS_WORDS: Readonly<Record<Basis, Bilingual>> = {
  documented: { en: 'documented', zh: '文档写明' },
  observed: { en: 'observed', zh: '公开资料可见' },
  inferred: { en: 'inferred', zh: '推断' },
  assumed: { en: 'assumed', zh: '本项目约定' },
};
