/** The language of a command's output. */
import { LANGUAGES, type Language } from '../../src/protocol/bilingual.js';
import { quote } from '../schemas/schema-problem.js';
import { UsageError } from './usage-error.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** From the flag, else the variable, else the locale, where LC_ALL overrides LANG (POSIX, 8.2). Throws a UsageError. */
export function languageOf(flag: unknown, { CMPASSPORT_LANG, LC_ALL = '', LANG = '' }: Environment): Language {
  const given = flag ?? (CMPASSPORT_LANG === '' ? undefined : CMPASSPORT_LANG);
  if (given === undefined) return (LC_ALL === '' ? LANG : LC_ALL).startsWith('zh') ? 'zh' : 'en';
  const language = LANGUAGES.find((known) => known === given);
  if (language !== undefined) return language;
  throw new UsageError(`--lang must be one of ${LANGUAGES.join(', ')}, found ${quote(given)}`);
}
