/** What a text that was sent as a token looks like: the other things that are called tokens, and a genuine one spoilt on the way. */
import { isTokenWellFormed } from '../../carrier/engine/token-format.js';

export type TokenKind = 'wrapped' | 'other-product' | 'legacy';

interface Shape {
  readonly kind: TokenKind;
  readonly shape: RegExp;
}

/** An aggregator's wrapper, with the carrier's own token at its end. Seen with `CM`, for 移动. */
const WRAPPER = /^C[MUT]__\d+__[0-9A-Fa-f]{32}__[\d.]+__(.+)$/;

/** Observed: what real clients send. */
const SHAPES: readonly Shape[] = [
  { kind: 'wrapped', shape: WRAPPER },
  { kind: 'other-product', shape: /^(?:H5|CTH5|CUH5)/ },
  { kind: 'legacy', shape: /^84840100[0-9A-F]{32,}$/i },
];

const ANY_TOKEN = /^(?:STsid|C[MUT]__\d|H5|CTH5|CUH5|84840100)/;
const WHITE_SPACE = /\s+/g;
const PERCENT = /%[0-9A-Fa-f]{2}/;
// A text may have been encoded once by the phone and once more by the server behind it.
const ENCODINGS_MAX = 2;

/** Read after mending: a wrapper may be encoded as well. */
export function tokenKind(text: string): TokenKind | undefined {
  const mended = mendToken(text);
  return SHAPES.find(({ shape }) => shape.test(mended))?.kind;
}

/** The carrier's token within a wrapper; a text without one as it is. */
export function innerToken(text: string): string {
  return WRAPPER.exec(mendToken(text))?.[1] ?? text;
}

/** Decoded, and without white space: neither belongs into any token. */
export function mendToken(text: string): string {
  return decoded(text, ENCODINGS_MAX).replace(WHITE_SPACE, '');
}

/** Percent-encoded, or broken by white space inside; white space around it is another mistake. */
export function isSpoilt(text: string): boolean {
  const mended = mendToken(text);
  return mended !== text.trim() && (isTokenWellFormed(mended) || ANY_TOKEN.test(mended));
}

function decoded(text: string, times: number): string {
  if (times === 0 || !PERCENT.test(text)) return text;
  const once = decodeOnce(text);
  return once === undefined ? text : decoded(once, times - 1);
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no UTF-8.
    return undefined;
  }
}
