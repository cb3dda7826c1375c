/** Requests as curl commands, and commands as coloured tokens. */
import { curlParts } from '../../../src/text/curl-command.js';
import { type CarrierRequest, headerLines } from '../state/carrier.js';

/** Headers that curl sets itself, and headers of one connection. */
const NOT_COPIED =
  /^(?:host|content-length|connection|accept|accept-encoding|accept-language|user-agent|origin|referer|cookie|sec-.*|transfer-encoding|expect|x-forwarded-.*)$/i;

export function curlCommand({ method, path, headers, body }: CarrierRequest, base: string): string {
  const copied = headerLines(headers).filter(([name]) => !NOT_COPIED.test(name));
  const parts = curlParts({
    options: '-sS',
    method,
    url: `${base}${path.startsWith('/') ? '' : '/'}${path}`,
    headers: copied,
    body: body === '' ? undefined : body,
  });
  return parts.join(' \\\n  ');
}

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

/** Options that start a new line. */
const OWN_LINE = /^(?:-H|--data-raw|--data-binary)$/;

/** Adds line breaks before each header and before the body. The command stays the same. */
export function wrapArguments(text: string): string {
  let wrapped = '';
  for (const { kind, text: token } of shellTokens(text)) {
    const breaks = kind === 'option' && OWN_LINE.test(token) && WORD_BEGINS.test(wrapped);
    wrapped = breaks && !LINE_BEGINS.test(wrapped) ? `${wrapped.trimEnd()} \\\n  ${token}` : wrapped + token;
  }
  return wrapped;
}

const WORD_BEGINS = /[ \t\n]$/;
const LINE_BEGINS = /(?:^|\n)[ \t]*$/;
