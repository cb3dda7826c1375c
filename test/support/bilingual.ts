/** A message in both languages: what tests check of the Chinese, whose sentences they don't repeat. */
import { expect } from 'vitest';
import type { Bilingual } from '../../src/protocol/bilingual.js';

const CHINESE = /\p{Script=Han}/u;
const QUOTED = /"[^"]*"/g;

/** The English text, once its Chinese was found to be Chinese and to quote the same. */
export function english(text: Bilingual): string {
  expect(text.zh).toMatch(CHINESE);
  expect(text.zh.match(QUOTED)?.toSorted()).toEqual(text.en.match(QUOTED)?.toSorted());
  return text.en;
}
