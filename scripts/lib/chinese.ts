/** Finds Chinese words that are a second name of a concept: chinese-terms.json has each with the word to use. */
import TERMS from './chinese-terms.json' with { type: 'json' };

const HAN = /\p{Script=Han}/u;
// Quotes of the carrier's document, and what the carrier sends, are verbatim.
const QUOTE = /"(?:sentence|document|summary)":|\b(?:desc|quote): '|^\s*(?:\/\/|\/?\*)/;
const TEXTS = /^(?:src|mock-server|contracts|scripts\/pages)\/.*\.(?:tsx?|json)$|\.zh-CN\.md$/;

/** One line for each word to replace, in the format of compilers; none for a file without Chinese texts of ours. */
export function secondNames(text: string, file: string): readonly string[] {
  if (!TEXTS.test(file)) return [];
  const lines = text.split('\n').map((line, index) => ({ line, at: `${file}:${index + 1}` }));
  return lines
    .filter(({ line }) => HAN.test(line) && !QUOTE.test(line))
    .flatMap(({ line, at }) => namesIn(line).map((found) => `${at}:${found}`));
}

function namesIn(line: string): readonly string[] {
  return TERMS.flatMap(({ words, use }) =>
    [...line.matchAll(new RegExp(words, 'gu'))].map(
      ({ 0: found, index }) => `${index + 1}: Incorrect term: “${found}”, use “${use}” instead`,
    ),
  );
}
