/** A piece of a capture as a sentence quotes it: in JSON, so that nothing in it steers a terminal, and short. */

const SHOWN_LENGTH_MAX = 80;

export function said(text: string): string {
  return JSON.stringify(text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text);
}
