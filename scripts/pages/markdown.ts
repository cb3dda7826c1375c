/** The Markdown of generated tables. */

export type Row = readonly string[];

export function code(text: string): string {
  return `\`${text}\``;
}

export function table(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${line(cells)} |\n`).join('');
}

function line(cells: Row): string {
  return cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', '<br>')).join(' | ');
}

/** A text outside of code: what looks like an element is none. */
export function plain(text: string): string {
  return text.replaceAll('<', '&lt;');
}
