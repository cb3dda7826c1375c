/** The language of the page. Default: the browser's. */
import { effect } from '@preact/signals';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { storedChoice } from './stored-choice.js';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

export const language = storedChoice<Language>({
  name: 'language',
  options: LANGUAGES,
  otherwise: navigator.languages
    .find((tag) => /^(?:zh|en)\b/i.test(tag))
    ?.toLowerCase()
    .startsWith('zh')
    ? 'zh'
    : 'en',
});

effect(() => {
  document.documentElement.lang = TAGS[language.value];
});

export function localized(text: Bilingual): string {
  return text[language.value];
}
