/** A row of the reference, which has a heading on its page: a code, a mistake or a problem. */
import {
  type Bilingual,
  bilingual,
  COLON,
  type Language,
  type Words,
  wordsIn,
} from '../../src/text/bilingual.js';

export interface Entry {
  /** The heading on the page, and the word that finds it. */
  readonly id: string;
  readonly title: Bilingual;
  /** In Markdown. A link leads to a heading of a page. */
  readonly lines: readonly Bilingual[];
}

/** The pages with a heading for each row. */
export type LookupPage = 'codes' | 'mistakes' | 'problems';

/** The anchor of a heading: lower case, no punctuation, dashes for spaces. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

export function linkTo(
  page: LookupPage | 'rules' | 'readings',
  heading: string,
  text = heading,
): Bilingual {
  const to = (suffix: string) => `[${text}](${page}${suffix}.md#${anchorOf(heading)})`;
  return { en: to(''), zh: to('.zh-CN') };
}

/** `**Label**: text`. */
export function labelled(label: Bilingual, text: Bilingual): Bilingual {
  return bilingual((language) => `**${label[language]}**${COLON[language]}${text[language]}`);
}

/** `text (more)`. */
export function inBrackets(text: Words, more: Words): Bilingual {
  return {
    en: `${wordsIn(text, 'en')} (${wordsIn(more, 'en')})`,
    zh: `${wordsIn(text, 'zh')}（${wordsIn(more, 'zh')}）`,
  };
}

/** A text whose characters are no marks of Markdown. */
export function escaped(text: string): string {
  return text.replaceAll(/[*`<\\]/g, '\\$&');
}

/** The text of a line without its marks, for a terminal. A link keeps its target. */
function withoutMarks(markdown: string, linkText: LinkText): string {
  return markdown
    .replaceAll(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(([^)]*)\)/g, (_, text, target) =>
      linkText(text, target),
    )
    .replaceAll(/(?<!\\)(?:\*\*|`)/g, '')
    .replaceAll(/\\(?=[*`<\\])/g, '');
}

type LinkText = (text: string, target: string) => string;

export function entryText({ id, title, lines }: Entry, language: Language, link: LinkText): string {
  const texts = [`${id}  ${title[language]}`, ...lines.map((line) => `  ${line[language]}`)];
  return texts.map((line) => `${withoutMarks(line, link)}\n`).join('');
}
