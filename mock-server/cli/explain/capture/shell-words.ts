/** Splits a command of a POSIX shell into words: quotes, escapes, $'…' and continued lines. Nothing is expanded. */
import type { Bilingual } from '../../../../src/text/bilingual.js';

/** The pieces of a command, tried in this order. Pasting can add blanks after the backslash of a continued line. */
const PIECES = [
  String.raw`(?<continued>\\[ \t]*\r?\n)`,
  String.raw`(?<space>[ \t]+)`,
  // Our own commands send bytes that no argument can contain (NUL, invalid UTF-8) in this way.
  String.raw`@<\(echo (?<base64>[\w+/=]+) \| base64 -d\)`,
  String.raw`(?<end>\d*[<>]|[|;&()\r\n])`,
  "'(?<single>[^']*)'",
  String.raw`\$'(?<ansi>(?:[^'\\]|\\[\s\S])*)'`,
  String.raw`"(?<double>(?:[^"\\$${'`'}]|\\[\s\S]|\$(?![\w{(]))*)"`,
  String.raw`(?<expanded>"(?:[^"\\]|\\[\s\S])*"|\$\{?\w+\}?|\$[{(]|${'`'})`,
  String.raw`\$?(?<open>['"])`,
  String.raw`\\(?<escaped>[\s\S])`,
  String.raw`(?<windows>\^(?=["\r\n]))`,
  String.raw`(?<plain>[^\s\\'"|;&<>()$${'`'}^]+|[\s\S])`,
];
const PIECE = new RegExp(PIECES.join('|'), 'gy');

type Groups = Readonly<Record<string, string | undefined>>;

/** The words of the first command, or the reason why it cannot be read. */
export function shellWords(text: string): readonly string[] | Bilingual {
  const pieces = [...text.matchAll(PIECE)].map(({ groups = {} }) => groups);
  const end = pieces.findIndex(({ end }) => end !== undefined);
  const own = end === -1 ? pieces : pieces.slice(0, end);
  return own.map(problemOf).find((problem) => problem !== undefined) ?? wordsOf(own);
}

/** Adjacent texts are one word. An empty pair of quotes is a word too. */
function wordsOf(pieces: readonly Groups[]): readonly string[] {
  const words: string[] = [];
  let isOpen = false;
  for (const groups of pieces.filter(({ continued }) => continued === undefined)) {
    const isText = groups['space'] === undefined;
    if (isText) words.push((isOpen ? (words.pop() ?? '') : '') + meaningOf(groups));
    isOpen = isText;
  }
  return words;
}

function meaningOf({ base64, single, ansi, double, escaped, plain = '' }: Groups): string {
  if (base64 !== undefined) return Buffer.from(base64, 'base64').toString();
  if (ansi !== undefined) return unescapeAnsi(ansi);
  return single ?? double?.replace(/\\(?:\r?\n|([\\"$`]))/g, '$1') ?? escaped ?? plain;
}

const EXPANSION = /\$\{?\w+\}?|\$[{(]|`/;

function problemOf({ expanded, open, windows }: Groups): Bilingual | undefined {
  if (expanded !== undefined) {
    const quoted = JSON.stringify(EXPANSION.exec(expanded)?.[0] ?? expanded);
    return {
      en: `contains ${quoted}, which only the original shell can expand: replace it by its value`,
      zh: `含有 ${quoted}，只有原来的 shell 才能展开：请换成它的值`,
    };
  }
  if (open !== undefined)
    return { en: `has a quote (${open}) that is never closed`, zh: `有一个引号（${open}）没有闭合` };
  // The escapes of "Copy as cURL (cmd)".
  return windows === undefined
    ? undefined
    : {
        en: 'has the escapes (^) of the Windows command line: copy it as cURL (bash)',
        zh: '含有 Windows 命令行的转义符（^）：请改用“以 cURL (bash) 格式复制”',
      };
}

/** A byte, a UTF-16 unit, or another escape: what browsers and this project write. */
const ANSI_ESCAPE = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([\s\S]))/g;
const ANSI_LETTERS = new Map(Object.entries({ n: '\n', t: '\t', r: '\r' }));
const HEX = 16;

/** $'…' has the escapes of C. As bytes, because several can be one character. */
function unescapeAnsi(quoted: string): string {
  const bytes = bytesOf(quoted).replace(ANSI_ESCAPE, (_, byte?: string, unit?: string, letter = '') => {
    if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, HEX));
    if (unit !== undefined) return bytesOf(String.fromCharCode(Number.parseInt(unit, HEX)));
    return ANSI_LETTERS.get(letter) ?? (/[\\'"?]/.test(letter) ? letter : `\\${letter}`);
  });
  return Buffer.from(bytes, 'latin1').toString();
}

/** The UTF-8 bytes of a text, a character for each. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
