/** `--list`: what would be run, a line each. */
import { columns, padded } from '../report/text.js';

export interface ListedCase {
  readonly id: string;
  readonly level: string;
  readonly description: string;
}

export function listText(cases: readonly ListedCase[]): string {
  const width = Math.max(...cases.map(({ id }) => columns(id)));
  const lines = cases.map(({ id, level, description }) => `${padded(id, width)}  ${level.padEnd(6)}  ${description}\n`);
  return lines.join('');
}
