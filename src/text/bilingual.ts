/** Texts in both languages of the product. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Bilingual = Readonly<Record<Language, string>>;

/** Clients list the preferred language first. */
const ACCEPTED = /(?:^|[\s,])(en|zh)(?![a-z0-9])/i;

/** The first of our languages in the value of Accept-Language. */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  const name = ACCEPTED.exec(header ?? '')?.[1]?.toLowerCase();
  return LANGUAGES.find((language) => language === name);
}

/** A text; a string is the same in both languages: a code, a path, a text from the wire. */
export type Words = string | Bilingual;

export function wordsIn(words: Words, language: Language): string {
  return typeof words === 'string' ? words : words[language];
}

export function mapWords(words: Words, change: (text: string) => string): Words {
  return typeof words === 'string'
    ? change(words)
    : bilingual((language) => change(words[language]));
}

/** A text that is put together the same way in both languages. */
export function bilingual(text: (language: Language) => string): Bilingual {
  return { en: text('en'), zh: text('zh') };
}

/** Between a text and what it introduces. */
export const COLON: Bilingual = { en: ': ', zh: '：' };
/** Between the items of a list. */
export const LIST_COMMA: Bilingual = { en: ', ', zh: '、' };

export function listed(items: readonly string[]): Bilingual {
  return bilingual((language) => items.join(LIST_COMMA[language]));
}

/** Texts with the same separator, or with one in each language. */
export function joined(texts: readonly Bilingual[], separator: Words): Bilingual {
  return bilingual((language) =>
    texts.map((text) => text[language]).join(wordsIn(separator, language)),
  );
}

const withoutSpace = () => /\p{Script=Han}{2}|[\u3000-\u303f\uff01-\uff60]/u;

/** No space is between two Chinese characters, or next to Chinese punctuation. */
function isSpaced(before: string, after: string): boolean {
  return !withoutSpace().test(before.slice(-1) + after.slice(0, 1));
}

/** Joins Chinese texts, with a space where one is needed. */
export function joinedChinese(before: string, after: string): string {
  return isSpaced(before, after) ? `${before} ${after}` : before + after;
}

const PLACE = /( ?)\{("?)(\w+)\2\}( ?)/g;

/** Replaces `{name}` and `{"name"}`. A space next to it goes if a Chinese value needs none. */
export function filledIn(
  text: string,
  valueFor: (name: string, isQuoted: boolean) => string,
): string {
  return text.replace(PLACE, (place, before, mark, name, after, at: number) => {
    const value = valueFor(name, mark !== '');
    const start = isSpaced(text.slice(0, at), value) ? before : '';
    const end = isSpaced(value, text.slice(at + place.length)) ? after : '';
    return start + value + end;
  });
}

export interface BilingualErrorOptions extends ErrorOptions {
  readonly id?: string | undefined;
}

/** An error for users. Its message is in English, for developers who read an exception. */
export class BilingualError extends Error {
  readonly words: Bilingual;
  /** The id of its row in a catalogue; undefined without one. */
  readonly id: string | undefined;

  constructor(words: Bilingual, { id, ...options }: BilingualErrorOptions = {}) {
    super(words.en, options);
    this.words = words;
    this.id = id;
  }
}
