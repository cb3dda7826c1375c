/** A text that is wrong, as a sentence quotes it: in JSON, and cut where it is longer than anybody reads. */

const QUOTED_LENGTH_MAX = 120;

export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text);
}
