/** Medians, the rule for noisy figures, and tables. */

/** If the ratio of two equal measurements differs from 1 by more than this, the figure is too noisy. */
const CONTROL_TOLERANCE = 0.1;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns the text, or `too noisy to tell` if the control differs too much from 1. */
function unlessNoisy(text, control) {
  return Math.abs(control - 1) > CONTROL_TOLERANCE ? 'too noisy to tell' : text;
}

/** Rotates the list by one place in each round, so that each item is first sometimes. */
function rotated(list, round) {
  const by = round % list.length;
  return [...list.slice(by), ...list.slice(0, by)];
}

/** Measures every contestant in each round. Resolves to a list of figures for each contestant, in the given order. */
export async function measureRounds(contestants, rounds, measure) {
  const figures = new Map(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of rotated(contestants, round)) {
      figures.get(contestant).push(await measure(contestant));
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  return contestants.map((contestant) => figures.get(contestant));
}

/** The median of the ratios within each round. */
export function ratioOf(measured, base, figure) {
  return median(measured.map((one, round) => one[figure] / base[round][figure]));
}

/** The ratio to the first contestant, with the median figure. The second contestant is the first again, as the control. */
export function cellOf(all, measured, { figure, show }) {
  const [base, again] = all;
  const text = `${ratioOf(measured, base, figure).toFixed(2)} (${show(median(measured.map((one) => one[figure])))})`;
  return unlessNoisy(text, ratioOf(again, base, figure));
}

/** Returns a Markdown table. */
export function table(head, rows) {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
