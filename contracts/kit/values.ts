/** Values in the differences of results, and the words for what is expected of them. */
import type { Bilingual, Words } from '../../src/text/bilingual.js';

export const PRESENT: Bilingual = { en: 'present', zh: '有' };
export const ABSENT: Bilingual = { en: 'absent', zh: '没有' };
export const NOTHING: Bilingual = { en: 'nothing', zh: '没有' };

export function matching(pattern: string): Bilingual {
  return { en: `text that matches ${pattern}`, zh: `匹配 ${pattern} 的文本` };
}

const SHOWN_LENGTH_MAX = 120;

/** A value with a limited length. */
export function shown(value: unknown): Words {
  if (value === undefined) return NOTHING;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}
