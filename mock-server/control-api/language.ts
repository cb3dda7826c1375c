/** The language of a response (`?lang`, else Accept-Language, else English), and whether it is text. */
import { LANGUAGES, type Language } from '../../src/text/bilingual.js';
import type { ControlRequest } from './control-exchange.js';

const LANG = /[?&]lang=(\w+)/;

export function languageOf({ url, headers }: Pick<ControlRequest, 'url' | 'headers'>): Language {
  const requested = LANG.exec(url)?.[1];
  return LANGUAGES.find((language) => language === requested) ?? acceptedLanguage(headers['accept-language']) ?? 'en';
}

/** The first supported language. Browsers list the preferred one first. */
function acceptedLanguage(header = ''): Language | undefined {
  const [first] = header.split(',').flatMap((range) => {
    const tag = range.trim().toLowerCase();
    return LANGUAGES.filter((each) => new RegExp(`^${each}(?![a-z0-9])`).test(tag));
  });
  return first;
}

const MEDIA_TYPES = ['text/plain', 'application/json', '*/*'];

/** Whether a caller prefers text over JSON. The first known media type of Accept decides. A client that accepts any type gets JSON. */
export function prefersText({ headers: { accept = '' } }: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return types.find((type) => MEDIA_TYPES.includes(type)) === 'text/plain';
}
