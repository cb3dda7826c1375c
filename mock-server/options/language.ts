/** The language of a command's output. */
import { LANGUAGES, type Language } from '../../src/text/bilingual.js';
import { OPTION_ROWS } from './option-rows.js';
import { invalidFlag } from './options.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** From the flag, else the variable, else the locale. Throws a UsageError. */
export function languageOf(flag: unknown, env: Environment): Language {
  const { CMPASSPORT_LANG } = env;
  const given = flag ?? (CMPASSPORT_LANG === '' ? undefined : CMPASSPORT_LANG);
  if (given === undefined) return localeIn(env)?.startsWith('zh') === true ? 'zh' : 'en';
  const language = LANGUAGES.find((known) => known === given);
  if (language !== undefined) return language;
  throw invalidFlag(OPTION_ROWS.lang, given);
}

/** The first of the variables that is not empty overrides the others (POSIX, 8.2). */
function localeIn({ LC_ALL, LC_MESSAGES, LANG }: Environment): string | undefined {
  return [LC_ALL, LC_MESSAGES, LANG].find((locale) => locale !== undefined && locale !== '');
}

/** Windows has its locale in no variable. LANG is the system's locale if the variables have none. */
export function withSystemLocale(env: Environment, systemLocale = localeOfSystem): Environment {
  return localeIn(env) === undefined ? { ...env, LANG: systemLocale() } : env;
}

function localeOfSystem(): string {
  return new Intl.DateTimeFormat().resolvedOptions().locale;
}

/** The value of a valid `--lang`, also if other arguments are invalid. Those after "--" belong to another command. */
export function askedLanguage(args: readonly string[]): Language | undefined {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return LANGUAGES.find(
    (language) => own.includes(`--lang=${language}`) || own[own.indexOf('--lang') + 1] === language,
  );
}

/** The language of a mistake, also if it is in the language itself. */
export function mistakeLanguage(
  args: readonly string[],
  { CMPASSPORT_LANG, ...locale }: Environment,
): Language {
  return (
    askedLanguage(args) ??
    LANGUAGES.find((known) => known === CMPASSPORT_LANG) ??
    languageOf(undefined, locale)
  );
}
