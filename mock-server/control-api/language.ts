/** The language of a response (`?lang`, else Accept-Language, else English), and whether it is text. */
import { LANGUAGES, type Language } from '../../src/text/bilingual.js';
import type { ControlRequest } from './control-exchange.js';

const LANG = /[?&]lang=(\w+)/;

export function languageOf({ url, headers }: Pick<ControlRequest, 'url' | 'headers'>): Language {
  const requested = LANG.exec(url)?.[1];
  return LANGUAGES.find((language) => language === requested) ?? acceptedLanguage(headers['accept-language']) ?? 'en';
}

/** RFC 9110, 12.5.4: the supported language with the greatest weight. */
function acceptedLanguage(header = ''): Language | undefined {
  const ranges = header.split(',').map((range) => {
    const [tag = '', weight = ''] = range.split(';');
    return { tag: tag.trim().toLowerCase(), weight: Number(/q=([\d.]+)/.exec(weight)?.[1] ?? 1) };
  });
  const [first] = ranges
    .flatMap(({ tag, weight }) => {
      const language = LANGUAGES.find((each) => tag === each || tag.startsWith(`${each}-`));
      return language === undefined || weight === 0 ? [] : [{ language, weight }];
    })
    .sort((one, other) => other.weight - one.weight);
  return first?.language;
}

const MEDIA_TYPES = ['text/plain', 'application/json', '*/*'];

/** Whether a caller prefers text over JSON. The first known media type of Accept decides. A client that accepts any type gets JSON. */
export function prefersText({ headers: { accept = '' } }: Pick<ControlRequest, 'headers'>): boolean {
  const types = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  return types.find((type) => MEDIA_TYPES.includes(type)) === 'text/plain';
}
