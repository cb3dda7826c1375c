/** The language of the page, and its texts in this language. `{name}` in a text is a placeholder. */

import { effect } from '@preact/signals';
import { type Bilingual, LANGUAGES, type Language } from '../../../src/text/bilingual.js';
import { storedChoice } from '../state/stored-choice.js';
import APPS from './apps.json' with { type: 'json' };
import COMMON from './common.json' with { type: 'json' };
import HANDSET from './handset.json' with { type: 'json' };
import OPERATIONS from './operations.json' with { type: 'json' };
import OUTCOMES from './outcomes.json' with { type: 'json' };
import REQUESTS from './requests.json' with { type: 'json' };

const MESSAGES = {
  ...COMMON,
  ...OPERATIONS,
  ...REQUESTS,
  ...HANDSET,
  ...APPS,
  ...OUTCOMES,
} as const satisfies Readonly<Record<string, Bilingual>>;

export type MessageId = keyof typeof MESSAGES;

export const language = storedChoice<Language>({
  name: 'language',
  options: LANGUAGES,
  otherwise: /^zh/i.test(navigator.languages.find((tag) => /^(?:zh|en)\b/i.test(tag)) ?? '')
    ? 'zh'
    : 'en',
});

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en';
});

export function localized(text: Bilingual): string {
  return text[language.value];
}

export function t(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return MESSAGES[id][language.value].replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** Two texts with the punctuation of the language between them. */
export function pair(first: string, mark: Bilingual, second: string): string {
  return `${first}${mark[language.value]}${second}`;
}

export const SEMICOLON: Bilingual = { en: '; ', zh: '；' };
