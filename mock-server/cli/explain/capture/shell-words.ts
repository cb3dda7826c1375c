/** The words of a command as it is pasted from a POSIX shell: quotes, escapes, $'…' and continued lines; nothing is expanded. */

interface Piece {
  readonly kind: 'space' | 'text' | 'continued' | 'end' | 'problem';
  readonly pattern: RegExp;
  /** The text that it stands for, or the problem that it is. */
  readonly means: (match: RegExpExecArray) => string;
}

const NOTHING = () => '';
// What "Copy as cURL (cmd)" escapes with.
const OF_WINDOWS = 'has the escapes (^) of the Windows command line: copy it as cURL (bash)';
const EXPANSION = /\$\{?\w+\}?|\$[{(]|`/;

/** In this order at each place. A blank behind the last backslash of a line is how pasting goes wrong. */
const PIECES: readonly Piece[] = [
  { kind: 'continued', pattern: /\\[ \t]*\r?\n/y, means: NOTHING },
  { kind: 'space', pattern: /[ \t]+/y, means: NOTHING },
  // What our own commands send that no argument can hold: a NUL, bytes that are no text.
  { kind: 'text', pattern: /@<\(echo ([\w+/=]+) \| base64 -d\)/y, means: ([, base64 = '']) => decoded(base64) },
  { kind: 'end', pattern: /\d*[<>]|[|;&()\r\n]/y, means: NOTHING },
  { kind: 'text', pattern: /'([^']*)'/y, means: ([, quoted = '']) => quoted },
  { kind: 'text', pattern: /\$'((?:[^'\\]|\\[\s\S])*)'/y, means: ([, quoted = '']) => unescapeAnsi(quoted) },
  {
    kind: 'text',
    pattern: /"((?:[^"\\$`]|\\[\s\S]|\$(?![\w{(]))*)"/y,
    means: ([, quoted = '']) => unescapeDouble(quoted),
  },
  { kind: 'problem', pattern: /"(?:[^"\\]|\\[\s\S])*"/y, means: ([quoted]) => unknownValue(quoted) },
  { kind: 'problem', pattern: /\$?['"]/y, means: ([quote]) => `has a quote (${quote.at(-1)}) that is never closed` },
  { kind: 'text', pattern: /\\([\s\S])/y, means: ([, letter = '']) => letter },
  { kind: 'problem', pattern: /\$\{?\w+\}?|\$[{(]|`/y, means: ([found]) => unknownValue(found) },
  { kind: 'problem', pattern: /\^(?=["\r\n])/y, means: () => OF_WINDOWS },
  { kind: 'text', pattern: /[^\s\\'"|;&<>()$`^]+|[\s\S]/y, means: ([plain]) => plain },
];

/** A piece where it stands. */
interface Found {
  readonly kind: Piece['kind'];
  readonly length: number;
  readonly meaning: string;
}

/** The words of the first command in a text, or one sentence that says why they cannot be read. */
export function shellWords(text: string): readonly string[] | string {
  const pieces = piecesOf(text);
  const problem = pieces.find(({ kind }) => kind === 'problem');
  return problem === undefined ? wordsOf(pieces) : problem.meaning;
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

/** Texts that touch are one word; an empty pair of quotes is one as well. */
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
  for (const { kind, pattern, means } of PIECES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { kind, length: match[0].length, meaning: means(match) };
  }
  throw new Error('the last piece takes any character');
}

function unknownValue(found: string): string {
  const [expansion = found] = EXPANSION.exec(found) ?? [];
  return `has ${JSON.stringify(expansion)}, which only the shell that ran it can fill in: put the value in its place`;
}

function unescapeDouble(quoted: string): string {
  return quoted.replace(/\\(?:\r?\n|([\\"$`]))/g, (_, letter: string | undefined) => letter ?? '');
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

/** Bytes in a row, which may be a character together; or one of the others. */
const ANSI_ESCAPE = /((?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([\s\S]))/g;
const ANSI_BYTE = /\\(?:x([0-9a-fA-F]+)|([0-7]+))/g;
const ANSI_LETTERS = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['e', '\x1b'],
]);
const HEX = 16;
const OCTAL = 8;
const CODE_POINT_MAX = 0x10ffff;

/** $'…', as browsers and we write a request: the escapes of C. */
function unescapeAnsi(quoted: string): string {
  return quoted.replace(ANSI_ESCAPE, (_, bytes?: string, u?: string, long?: string, letter = '') => {
    if (bytes !== undefined) return textOfBytes(bytes);
    const hex = u ?? long;
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, HEX), CODE_POINT_MAX));
    return ANSI_LETTERS.get(letter) ?? (/[\\'"?]/.test(letter) ? letter : `\\${letter}`);
  });
}

function textOfBytes(escapes: string): string {
  const bytes = Array.from(escapes.matchAll(ANSI_BYTE), ([, hex = '', octal]) =>
    octal === undefined ? Number.parseInt(hex, HEX) : Number.parseInt(octal, OCTAL),
  );
  return Buffer.from(bytes).toString();
}
