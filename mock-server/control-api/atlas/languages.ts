/** The languages of the programs: the template in programs/, the command that runs it, and the syntax of string literals. */
import type { Literals } from './fill-template.js';

interface LanguageRow extends Literals {
  readonly language: string;
  /** The file name of the template and of the program. */
  readonly file: string;
  readonly run: string;
}

export const LANGUAGES = [
  {
    language: 'java',
    file: 'ResultCode.java',
    run: 'java ResultCode.java',
    quoted: javaText,
    joint: ' +',
    step: '    ',
  },
  { language: 'go', file: 'result_code.go', run: 'go run result_code.go', quoted: goText, joint: ' +', step: '\t' },
  { language: 'php', file: 'result_code.php', run: 'php result_code.php', quoted: phpText, joint: ' .', step: '    ' },
  {
    language: 'python',
    file: 'result_code.py',
    run: 'python3 result_code.py',
    quoted: pythonText,
    joint: ' \\',
    step: '    ',
  },
  {
    language: 'node',
    file: 'result-code.mjs',
    run: 'node result-code.mjs',
    quoted: nodeText,
    joint: ' +',
    step: '  ',
  },
] as const satisfies readonly LanguageRow[];

export type Language = (typeof LANGUAGES)[number]['language'];
export const LANGUAGE_NAMES: readonly Language[] = LANGUAGES.map(({ language }) => language);

const PRINTABLE = /^[ -~]*$/;

/** A string literal with backslash escapes. Characters other than printable ASCII are escaped. */
function between(quote: string, text: string, { special, escaped }: Escapes): string {
  const inside = Array.from(text.toWellFormed(), (character) => {
    if (!PRINTABLE.test(character)) return escaped(character);
    return character === quote || special.includes(character) ? `\\${character}` : character;
  });
  return `${quote}${inside.join('')}${quote}`;
}

interface Escapes {
  readonly special: string;
  readonly escaped: (character: string) => string;
}

const BACKSLASH = '\\';

/** Java replaces \u000a by a line end before it parses the literal, so control characters have octal escapes. */
function javaText(text: string): string {
  const escaped = (character: string) =>
    character < '\u0080' ? `\\${hexOf(character, 3, 8)}` : unitEscapes(character);
  return between('"', text, { special: BACKSLASH, escaped });
}

function goText(text: string): string {
  return PRINTABLE.test(text) && text.includes('"') && !text.includes('`') ? `\`${text}\`` : pointText('"', text);
}

function pythonText(text: string): string {
  return pointText(text.includes('"') && !text.includes("'") ? "'" : '"', text);
}

/** Escapes a code point, not its surrogates. */
function pointText(quote: string, text: string): string {
  const escaped = (character: string) => {
    if (character < '\u0080') return `\\x${hexOf(character, 2)}`;
    return character.length === 1 ? `\\u${hexOf(character, 4)}` : `\\U${hexOf(character, 8)}`;
  };
  return between(quote, text, { special: BACKSLASH, escaped });
}

/** A single-quoted literal has no escapes for characters; a double-quoted one interpolates variables. */
function phpText(text: string): string {
  const escaped = (character: string) => `\\u{${hexOf(character, 1)}}`;
  return PRINTABLE.test(text)
    ? between("'", text, { special: BACKSLASH, escaped })
    : between('"', text, { special: '\\$', escaped });
}

function nodeText(text: string): string {
  return between("'", text, { special: BACKSLASH, escaped: unitEscapes });
}

function unitEscapes(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${hexOf(unit, 4)}`)
    .join('');
}

function hexOf(character: string, width: number, base = 16): string {
  return (character.codePointAt(0) ?? 0).toString(base).padStart(width, '0');
}
