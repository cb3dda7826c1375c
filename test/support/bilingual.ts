/** Messages in both languages. Tests assert the English sentences and only check that the Chinese ones are plausible. */
import { expect } from 'vitest';
import { type Bilingual, BilingualError } from '../../src/text/bilingual.js';

const CHINESE = /\p{Script=Han}/u;
const QUOTED = /"[^"]*"/g;

/** Returns the English text, after checking that the Chinese text is Chinese and has the same quotations. */
export function english(text: Bilingual): string {
  expect(text.zh).toMatch(CHINESE);
  expect(text.zh.match(QUOTED)?.toSorted()).toEqual(text.en.match(QUOTED)?.toSorted());
  return text.en;
}

/** Returns the English text of the error that a function throws or rejects with, checked as above. */
export async function refusalOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof BilingualError) return english(error.words);
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Returns the English text of the reason why something cannot be read, checked as above. */
export function problemOf(read: object): string {
  if (!('en' in read)) throw new Error(`read: ${JSON.stringify(read)}`);
  return english(read as Bilingual);
}
