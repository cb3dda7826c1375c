/** The flags of each command, with their variables. */
import { COMMANDS } from '../../contracts/command/contract-command.js';
import { EXEC_ROWS } from '../../mock-server/cli/exec/options.js';
import { EXPLAIN_ROWS } from '../../mock-server/cli/explain/options.js';
import { INIT_ROWS } from '../../mock-server/cli/init/options.js';
import { SERVE_ROWS } from '../../mock-server/cli/serve-options.js';
import { WAIT_ROWS } from '../../mock-server/cli/wait.js';
import type { Language } from '../../src/text/bilingual.js';
import { type Flag, type FlagTable, variableOf } from '../../src/text/flags.js';
import { code, plain, table } from './markdown.js';

const COMMAND_FLAGS: ReadonlyMap<string, FlagTable> = new Map<string, FlagTable>([
  ['serve', SERVE_ROWS],
  ['exec', EXEC_ROWS],
  ['init', INIT_ROWS],
  ['wait', WAIT_ROWS],
  ['explain', EXPLAIN_ROWS],
  ...COMMANDS.map(({ name, flags }) => [`contract-${name}`, flags] as const),
]);

const HEAD = { en: ['Flag', 'Variable', 'Meaning'], zh: ['参数', '环境变量', '含义'] };

export function flags(language: Language, command: string): string {
  const rows = COMMAND_FLAGS.get(command);
  if (rows === undefined)
    throw new Error(`no command ${command}; known: ${[...COMMAND_FLAGS.keys()].join(', ')}`);
  const isOfKit = command.startsWith('contract-');
  return table(
    HEAD[language],
    Object.values(rows).map((row) => [
      nameOf(row),
      isOfKit ? '' : variableIn(row),
      plain(row.help[language]),
    ]),
  );
}

function nameOf({ flag, value, variableOnly }: Flag): string {
  if (variableOnly === true) return '';
  return code(value === undefined ? `--${flag}` : `--${flag} <${value}>`);
}

/** A flag without a value has no variable. */
function variableIn({ flag, value }: Flag): string {
  return value === undefined ? '' : code(variableOf(flag));
}
