/** Commands and JSON as coloured tokens. */

/** The kind is the name of the token's group. */
export interface Token {
  readonly kind: string;
  readonly text: string;
}

function tokensOf(text: string, pattern: RegExp): readonly Token[] {
  return Array.from(text.matchAll(pattern), ({ 0: token, groups = {} }) => ({
    kind: Object.keys(groups).find((kind) => groups[kind] !== undefined) ?? 'plain',
    text: token,
  }));
}

// $'…' with escapes, '…' and "…", an escaped character, an option, a word, spaces, and anything else.
const SHELL =
  /(?<string>\$'(?:[^'\\]|\\.)*'|'[^']*'|"(?:[^"\\]|\\.)*")|\\[\s\S]|(?<option>--?[A-Za-z][\w-]*)|(?<command>curl)(?=\s)|[^\s'"$\\]+|[ \t]+|[\s\S]/g;
const JSON_TOKENS =
  /(?<name>"(?:[^"\\]|\\.)*")(?=:)|(?<string>"(?:[^"\\]|\\.)*")|(?<literal>[\w.+-]+)|[^\w."+-]+|[\s\S]/g;

export function shellTokens(text: string): readonly Token[] {
  return tokensOf(text, SHELL);
}

/** Indented. A text that is not JSON stays unchanged. */
export function jsonTokens(text: string): readonly Token[] {
  try {
    return tokensOf(JSON.stringify(JSON.parse(text), undefined, 2), JSON_TOKENS);
  } catch {
    return [{ kind: 'plain', text }];
  }
}

// A quoted text or an escaped character, or the spaces before an option that starts a new line.
const ARGUMENT =
  /(\$'(?:[^'\\]|\\.)*'|'[^']*'|"(?:[^"\\]|\\.)*"|\\[\s\S])|(?<!\n[ \t]*)[ \t]+(?=(?:-H|--data-raw|--data-binary)\s)/g;

/** Adds line breaks before each header and before the body. The command stays the same. */
export function wrapArguments(text: string): string {
  return text.replace(ARGUMENT, (_, quoted?: string) => quoted ?? ' \\\n  ');
}
