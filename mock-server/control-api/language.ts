/** The language of a response (`?lang`, else Accept-Language, else the server's), and whether it is text. */
import { acceptedLanguage, LANGUAGES, type Language } from '../../src/text/bilingual.js';
import type { Log } from '../carrier/log.js';
import type { ControlRequest } from './control-exchange.js';

export function languageOf(
  { url, headers }: Pick<ControlRequest, 'url' | 'headers'>,
  log: Log,
): Language {
  const [, name] = /[?&]lang=(\w+)/.exec(url) ?? [];
  const asked = LANGUAGES.find((language) => language === name?.toLowerCase());
  return asked ?? acceptedLanguage(headers['accept-language']) ?? log.language;
}

/** Whether a caller prefers text over JSON. The first known media type of Accept decides. A client that accepts any type gets JSON. */
export function prefersText({
  headers: { accept = '' },
}: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return (
    types.find((type) => ['text/plain', 'application/json', '*/*'].includes(type)) === 'text/plain'
  );
}
