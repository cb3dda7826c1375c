/** Medians, ratios and the rule for when a figure is none. */

/** A control, the same thing measured twice, that differs from 1 by more than this makes its figure worthless. */
const CONTROL_TOLERANCE = 0.1;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The figure as text, or a confession where the control says that this run could not tell. */
export function unlessNoisy(text, control) {
  return Math.abs(control - 1) > CONTROL_TOLERANCE ? 'too noisy to tell' : text;
}

/** The list turned by one place a round, so that nobody always comes first. */
export function rotated(list, round) {
  const by = round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

/** A Markdown table. */
export function table(head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
