/** Messages in both languages. Tests assert the English sentences and only check that the Chinese ones are plausible. */
import { expect } from 'vitest';
import type { Bilingual } from '../../src/protocol/bilingual.js';

const CHINESE = /\p{Script=Han}/u;
const QUOTED = /"[^"]*"/g;

/** Returns the English text, after checking that the Chinese text is Chinese and has the same quotations. */
export function english(text: Bilingual): string {
  expect(text.zh).toMatch(CHINESE);
  expect(text.zh.match(QUOTED)?.toSorted()).toEqual(text.en.match(QUOTED)?.toSorted());
  return text.en;
}
