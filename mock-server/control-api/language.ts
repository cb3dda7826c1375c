/** The language of a response (`?lang`, else Accept-Language, else English), and whether it is text. */
import { LANGUAGES, type Language } from '../../src/text/bilingual.js';
import type { ControlRequest } from './control-exchange.js';

/** Browsers list the preferred language first. */
const ACCEPTED = /(?:^|[\s,])(en|zh)(?![a-z0-9])/i;

export function languageOf({ url, headers }: Pick<ControlRequest, 'url' | 'headers'>): Language {
  const known = (name: string | undefined) => LANGUAGES.find((language) => language === name?.toLowerCase());
  return known(/[?&]lang=(\w+)/.exec(url)?.[1]) ?? known(ACCEPTED.exec(headers['accept-language'] ?? '')?.[1]) ?? 'en';
}

/** Whether a caller prefers text over JSON. The first known media type of Accept decides. A client that accepts any type gets JSON. */
export function prefersText({ headers: { accept = '' } }: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return types.find((type) => ['text/plain', 'application/json', '*/*'].includes(type)) === 'text/plain';
}
