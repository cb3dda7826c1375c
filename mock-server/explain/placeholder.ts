/** Placeholders that stand for a value: of a template that was not filled in, or of a log that hides the value. */

/** `${token}`, `{{token}}`, `[REDACTED]`, `***`. No documented value has one of these. */
const PLACEHOLDER = /\$\{[^{}]*\}|\{\{[^{}]*\}\}|\[(?:REDACTED|FILTERED|MASKED)\]|\*{3}/i;
// The pattern is fast, but a field can have 64 KiB.
const LENGTH_MAX = 1024;

/** The first placeholder in a text; undefined if it has none. */
export function placeholderIn(text: string): string | undefined {
  return PLACEHOLDER.exec(text.slice(0, LENGTH_MAX))?.[0];
}
