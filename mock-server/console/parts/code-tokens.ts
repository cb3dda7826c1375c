/** A command for a shell in coloured pieces, with a line for each argument. */

export type TokenKind = 'command' | 'option' | 'string' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

// $'…' with escapes, '…' and "…", an escaped character, an option, a word, spaces, and anything else.
const TOKEN = /\$'(?:[^'\\]|\\.)*'|'[^']*'|"(?:[^"\\]|\\.)*"|\\[\s\S]|--?[A-Za-z][\w-]*|[^\s'"$\\]+|[ \t]+|[\s\S]/g;
const KINDS: readonly { readonly kind: TokenKind; readonly shape: RegExp }[] = [
  { kind: 'string', shape: /^\$?['"]/ },
  { kind: 'option', shape: /^--?[A-Za-z]/ },
  { kind: 'command', shape: /^curl$/ },
];

export function shellTokens(text: string): readonly Token[] {
  return (text.match(TOKEN) ?? []).map((token) => ({
    kind: KINDS.find(({ shape }) => shape.test(token))?.kind ?? 'plain',
    text: token,
  }));
}

/** Options of which each has a line of its own. */
const OWN_LINE = /^(?:-H|--data-raw|--data-binary)$/;

/** The same commands, wrapped before each header and before the body. */
export function wrapArguments(text: string): string {
  let wrapped = '';
  for (const { kind, text: token } of shellTokens(text)) {
    const begins = kind === 'option' && OWN_LINE.test(token) && WORD_BEGINS.test(wrapped);
    wrapped = begins && !LINE_BEGINS.test(wrapped) ? `${wrapped.trimEnd()} \\\n  ${token}` : wrapped + token;
  }
  return wrapped;
}

const WORD_BEGINS = /[ \t\n]$/;
const LINE_BEGINS = /(?:^|\n)[ \t]*$/;
