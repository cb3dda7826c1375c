/** A text of the page in the chosen language. */
import { evidenceName as nameIn } from '../../text/evidence-names.js';
import { language } from '../state/language.js';
import { MESSAGES, type MessageId } from './messages.js';

const PLACEHOLDER = /\{(\w+)\}/g;

export function t(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return MESSAGES[id][language.value].replace(PLACEHOLDER, (whole, name: string) => String(values[name] ?? whole));
}

export function evidenceName(name: string): string {
  return nameIn(name, language.value);
}
