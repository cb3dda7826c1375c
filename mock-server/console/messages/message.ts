/** The language of the page, and its texts in this language. `{name}` in a text is a placeholder. */

import { effect, signal } from '@preact/signals';
import { type Bilingual, LANGUAGES, type Language } from '../../../src/text/bilingual.js';
import { storedChoice } from '../state/stored-choice.js';
import type { MessageId } from './texts.js';

export type { MessageId };

/** A page loads only the texts of its language. */
const LOADERS = { en: () => import('./en.js'), zh: () => import('./zh.js') };

export const language = storedChoice<Language>({
  name: 'language',
  options: LANGUAGES,
  otherwise: /^zh/i.test(navigator.languages.find((tag) => /^(?:zh|en)\b/i.test(tag)) ?? '')
    ? 'zh'
    : 'en',
});

const texts = signal((await LOADERS[language.peek()]()).TEXTS);

effect(() => {
  const wanted = language.value;
  void LOADERS[wanted]().then(({ TEXTS }) => {
    if (language.peek() !== wanted) return;
    texts.value = TEXTS;
    document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en';
  });
});

export function localized(text: Bilingual): string {
  return text[language.value];
}

export function t(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return (texts.value[id] ?? id).replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** Two texts with the punctuation of the language between them. */
export function pair(first: string, mark: Bilingual, second: string): string {
  return `${first}${mark[language.value]}${second}`;
}

export const SEMICOLON: Bilingual = { en: '; ', zh: '；' };
