/** Finds Chinese words that are a second name of a concept: chinese-terms.json has each with the word to use. */
import ts from 'typescript';
import TERMS from './chinese-terms.json' with { type: 'json' };

interface Term {
  readonly words: string;
  readonly use: string;
  /** A line with these words may use the term. */
  readonly unless?: string;
}

const WORDS: readonly Term[] = TERMS;
const HAN = /\p{Script=Han}/u;
// Quotes of the carrier's document, and what the carrier sends, are verbatim.
const QUOTE = /"(?:\$comment|sentence|document|summary)":|\b(?:desc|quote): '/;
const TEXTS = /^(?:src|mock-server|contracts|scripts\/pages)\/.*\.(?:tsx?|json)$|\.zh-CN\.md$/;
// In Markdown: a block of code with a language (output has none), and code in a sentence.
const CODE = /^```\w[\s\S]*?^```|`[^`\n]+`/gm;
// English, also with Chinese names in it.
const ENGLISH = /^\W?(?:en|description)\W?$/;

const blank = (text: string) => text.replace(/[^\n`]/g, ' ');

/** One line for each word to replace, in the format of compilers; none for a file without Chinese texts of ours. */
export function secondNames(source: string, file: string): readonly string[] {
  if (!TEXTS.test(file) || !HAN.test(source)) return [];
  const texts = file.endsWith('.md') ? source.replace(CODE, blank) : chineseStrings(source, file);
  const quotes = source.split('\n').map((line) => QUOTE.test(line));
  return texts
    .split('\n')
    .flatMap((line, index) =>
      HAN.test(line) && quotes[index] !== true
        ? namesIn(line).map((found) => `${file}:${index + 1}:${found}`)
        : [],
    );
}

function namesIn(line: string): readonly string[] {
  return WORDS.flatMap(({ words, use, unless }) =>
    unless !== undefined && new RegExp(unless, 'u').test(line)
      ? []
      : [...line.matchAll(new RegExp(words, 'gu'))].map(
          ({ 0: found, index }) => `${index + 1}: Incorrect term: “${found}”, use “${use}” instead`,
        ),
  );
}

/** The Chinese strings and templates. The rest is spaces, so that each word keeps its line and column. */
function chineseStrings(source: string, path: string): string {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  let texts = blank(source);
  const keep = (node: ts.Node) => {
    const [start, end] = [node.getStart(file), node.end];
    texts = texts.slice(0, start) + source.slice(start, end) + texts.slice(end);
  };
  const visit = (node: ts.Node) => {
    if (ts.isPropertyAssignment(node) && ENGLISH.test(node.name.getText(file))) return;
    if (ts.isStringLiteralLike(node) && isChinese(node.text)) keep(node);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
      if (isChinese(parts.map(({ text }) => text).join(''))) parts.forEach(keep);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

/** An English text can name a key or a field in Chinese, and a Chinese text a command. */
function isChinese(text: string): boolean {
  const characters = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const pairsOfWords = text.match(/[A-Za-z] (?=[A-Za-z])/g)?.length ?? 0;
  return characters > 2 * pairsOfWords;
}
