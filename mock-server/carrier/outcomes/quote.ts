/** Quotes an invalid text in an error message: as JSON, shortened if it is long. */

const QUOTED_LENGTH_MAX = 120;

export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED_LENGTH_MAX ? `${text.slice(0, QUOTED_LENGTH_MAX)}…` : text);
}
