/** A text of the page in the chosen language. */
import { evidenceName as nameIn } from '../../text/evidence-names.js';
import { language } from '../state/language.js';
import { MESSAGES, type MessageId } from './messages.js';

const PLACEHOLDER = /\{(\w+)\}/g;

export function t(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return MESSAGES[id][language.value].replace(PLACEHOLDER, (whole, name: string) => String(values[name] ?? whole));
}

const MARKS = {
  colon: { en: ': ', zh: '：' },
  semicolon: { en: '; ', zh: '；' },
} as const;

/** Two texts with the punctuation of the language between them. */
export function pair(first: string, mark: keyof typeof MARKS, second: string): string {
  return `${first}${MARKS[mark][language.value]}${second}`;
}

export function evidenceName(name: string): string {
  return nameIn(name, language.value);
}
