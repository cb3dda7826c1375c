/** Medians, the rule for noisy figures, and tables. */

/** If the ratio of two equal measurements differs from 1 by more than this, the figure is too noisy. */
const CONTROL_TOLERANCE = 0.1;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns the text, or `too noisy to tell` if the control differs too much from 1. */
export function unlessNoisy(text, control) {
  return Math.abs(control - 1) > CONTROL_TOLERANCE ? 'too noisy to tell' : text;
}

/** Rotates the list by one place in each round, so that each item is first sometimes. */
export function rotated(list, round) {
  const by = round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

/** Returns a Markdown table. */
export function table(head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
