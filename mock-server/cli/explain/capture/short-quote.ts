/** Quotes a part of a capture in an error: truncated, and as JSON, so that it cannot control a terminal. */

const SHOWN_LENGTH_MAX = 80;

export function shortQuote(text: string): string {
  return JSON.stringify(text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);
}
