/** What a case or a scenario is about, in either language. Its file has the English; descriptions.zh.json the Chinese, by id. */
import chinese from '../descriptions.zh.json' with { type: 'json' };
import type { Language } from './words.js';

const CHINESE: Readonly<Record<string, string>> = chinese;

export interface Described {
  readonly id: string;
  readonly description: string;
}

/** English where there is no Chinese. */
export function descriptionIn({ id, description }: Described, lang: Language): string {
  return lang === 'zh' && Object.hasOwn(CHINESE, id) ? (CHINESE[id] ?? description) : description;
}
