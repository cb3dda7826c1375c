/** Splits a command of a POSIX shell into words: quotes, escapes, $'…' and continued lines. Nothing is expanded. */
import type { Bilingual } from '../../../../src/text/bilingual.js';

interface Piece {
  readonly kind: 'space' | 'text' | 'continued' | 'end' | 'problem';
  readonly pattern: RegExp;
  /** The value of a text. */
  readonly means?: (match: RegExpExecArray) => string;
  readonly problem?: (match: RegExpExecArray) => Bilingual;
}

// The escapes of "Copy as cURL (cmd)".
const OF_WINDOWS: Bilingual = {
  en: 'has the escapes (^) of the Windows command line: copy it as cURL (bash)',
  zh: '含有 Windows 命令行的转义符（^）：请改用“以 cURL (bash) 格式复制”',
};
const EXPANSION = /\$\{?\w+\}?|\$[{(]|`/;

/** Tried in this order. Pasting can add blanks after the backslash of a continued line. */
const PIECES: readonly Piece[] = [
  { kind: 'continued', pattern: /\\[ \t]*\r?\n/y },
  { kind: 'space', pattern: /[ \t]+/y },
  // Our own commands send bytes that no argument can contain (NUL, invalid UTF-8) in this way.
  {
    kind: 'text',
    pattern: /@<\(echo ([\w+/=]+) \| base64 -d\)/y,
    means: ([, base64 = '']) => Buffer.from(base64, 'base64').toString(),
  },
  { kind: 'end', pattern: /\d*[<>]|[|;&()\r\n]/y },
  { kind: 'text', pattern: /'([^']*)'/y, means: ([, quoted = '']) => quoted },
  { kind: 'text', pattern: /\$'((?:[^'\\]|\\[\s\S])*)'/y, means: ([, quoted = '']) => unescapeAnsi(quoted) },
  {
    kind: 'text',
    pattern: /"((?:[^"\\$`]|\\[\s\S]|\$(?![\w{(]))*)"/y,
    means: ([, quoted = '']) => quoted.replace(/\\(?:\r?\n|([\\"$`]))/g, '$1'),
  },
  { kind: 'problem', pattern: /"(?:[^"\\]|\\[\s\S])*"/y, problem: ([quoted]) => unknownValue(quoted) },
  { kind: 'problem', pattern: /\$?['"]/y, problem: ([quote]) => openQuote(quote.at(-1)) },
  { kind: 'text', pattern: /\\([\s\S])/y, means: ([, letter = '']) => letter },
  { kind: 'problem', pattern: /\$\{?\w+\}?|\$[{(]|`/y, problem: ([found]) => unknownValue(found) },
  { kind: 'problem', pattern: /\^(?=["\r\n])/y, problem: () => OF_WINDOWS },
  { kind: 'text', pattern: /[^\s\\'"|;&<>()$`^]+|[\s\S]/y, means: ([plain]) => plain },
];

/** A piece of the command. */
interface Found {
  readonly kind: Piece['kind'];
  readonly length: number;
  readonly meaning: string;
  readonly problem: Bilingual | undefined;
}

/** The words of the first command, or the reason why it cannot be read. */
export function shellWords(text: string): readonly string[] | Bilingual {
  const pieces = piecesOf(text);
  return pieces.find(({ problem }) => problem !== undefined)?.problem ?? wordsOf(pieces);
}

function piecesOf(text: string): readonly Found[] {
  const pieces: Found[] = [];
  for (let at = 0; at < text.length; ) {
    const piece = pieceAt(text, at);
    if (piece.kind === 'end') break;
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}

/** Adjacent texts are one word. An empty pair of quotes is a word too. */
function wordsOf(pieces: readonly Found[]): readonly string[] {
  const words: string[] = [];
  let open = false;
  for (const { kind, meaning } of pieces) {
    if (kind === 'text') words.push((open ? (words.pop() ?? '') : '') + meaning);
    if (kind !== 'continued') open = kind === 'text';
  }
  return words;
}

function pieceAt(text: string, at: number): Found {
  for (const { kind, pattern, means, problem } of PIECES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null)
      return { kind, length: match[0].length, meaning: means?.(match) ?? '', problem: problem?.(match) };
  }
  throw new Error('the last piece takes any character');
}

function unknownValue(found: string): Bilingual {
  const [expansion = found] = EXPANSION.exec(found) ?? [];
  const quoted = JSON.stringify(expansion);
  return {
    en: `contains ${quoted}, which only the original shell can expand: replace it by its value`,
    zh: `含有 ${quoted}，只有原来的 shell 才能展开：请换成它的值`,
  };
}

function openQuote(quote: string | undefined): Bilingual {
  return { en: `has a quote (${quote}) that is never closed`, zh: `有一个引号（${quote}）没有闭合` };
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
