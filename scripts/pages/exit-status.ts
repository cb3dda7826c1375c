/** The exit status of a command, or of all. */
import {
  EXIT_STATUS,
  EXIT_STATUS_OF_ALL,
  type StatusRow,
} from '../../mock-server/cli/exit-status.js';
import type { Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

const HEAD = { en: ['Exit status', 'When'], zh: ['退出码', '什么时候'] };
const ROWS: Readonly<Record<string, readonly StatusRow[]>> = {
  ...EXIT_STATUS,
  all: EXIT_STATUS_OF_ALL,
};

export function exitStatus(language: Language, command: string): string {
  const rows = ROWS[command];
  if (rows === undefined) throw new Error(`no exit status of ${command}`);
  return table(
    HEAD[language],
    rows.map(({ status, when }) => [code(status), when[language]]),
  );
}
