/** Medians, the rule for noisy figures, and tables. */

/** If the ratio of two equal measurements differs from 1 by more than this, the figure is too noisy. */
const CONTROL_TOLERANCE = 0.1;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures every contestant in each round. The order rotates by one place in each round. Resolves to a list of figures for
 * each contestant, in the given order.
 */
export async function measureRounds(contestants, rounds, measure) {
  const figures = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const turn of contestants.keys()) {
      const at = (round + turn) % contestants.length;
      figures[at].push(await measure(contestants[at]));
      process.stderr.write('.');
    }
  }
  process.stderr.write('\n');
  return figures;
}

/** The median of the ratios within each round. */
function ratioOf(measured, base, figure) {
  return median(measured.map((one, round) => one[figure] / base[round][figure]));
}

/** The ratio to the first contestant, with the median figure. The second contestant is the first again, as the control. */
function cellOf(all, measured, { figure, show, isRatio = true }) {
  const [base, again] = all;
  const text = show(median(measured.map((one) => one[figure])));
  if (!isRatio) return text;
  const isNoisy = Math.abs(ratioOf(again, base, figure) - 1) > CONTROL_TOLERANCE;
  return `${isNoisy ? 'too noisy: ' : ''}${ratioOf(measured, base, figure).toFixed(2)} (${text})`;
}

/** A table of the contestants' figures, with a column for each of `columns`. */
export function comparison(contestants, all, columns) {
  const rows = all.map((measured, at) => [
    contestants[at].name,
    ...columns.map((column) => cellOf(all, measured, column)),
  ]);
  return table(['', ...columns.map(({ head }) => head)], rows);
}

/** Returns a Markdown table. */
export function table(head, rows) {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
