/** A text of the page in the language chosen. */
import { evidenceName as nameIn } from '../../text/evidence-names.js';
import { type Language, language } from '../state/language.js';
import { EN, type MessageId, type Messages } from './en.js';
import { ZH } from './zh.js';

const MESSAGES: Readonly<Record<Language, Messages>> = { en: EN, zh: ZH };
const PLACEHOLDER = /\{(\w+)\}/g;

export function t(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return MESSAGES[language.value][id].replace(PLACEHOLDER, (whole, name: string) => String(values[name] ?? whole));
}

export function evidenceName(name: string): string {
  return nameIn(name, language.value);
}
