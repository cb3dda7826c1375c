/** Each reading: the sentence of the document that leaves it open, the meaning of its options, and the reason for the default. */

import type { ReadingId } from '../../src/protocol/readings.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import words from './reading-words.json' with { type: 'json' };

export interface ReadingWords {
  readonly title: Bilingual;
  /** The sections of the document. */
  readonly section: string;
  /** Quoted from the document; a slash separates two places. */
  readonly sentence: string;
  /** In the order of the options, then what a pattern allows. An array, because integer-like keys re-order. */
  readonly meanings: readonly { readonly option: string; readonly meaning: Bilingual }[];
  readonly why: Bilingual;
}

/** The sections in a sentence, such as `2.3 answer resultDesc, 2.4`. What is observed has none. */
export function sectionWords(section: string): Bilingual {
  const inChinese = section
    .replaceAll(', ', '、')
    .replace('answer', '响应')
    .replace('observed', '公开资料');
  return { en: section, zh: inChinese };
}

export const READING_WORDS: Readonly<Record<ReadingId, ReadingWords>> = words;
