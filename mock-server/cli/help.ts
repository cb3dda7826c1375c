/** `--help`: of all commands, or of one. */
import type { Language } from '../../src/text/bilingual.js';
import { type HelpPart, type HelpRow, helpRows, helpText } from '../../src/text/flag-help.js';
import type { FlagTable } from '../../src/text/flags.js';
import { columns } from '../../src/text/printable.js';
import { type CommandName, NAMES } from './command.js';
import { EXEC_ROWS, SERVER_ROWS } from './exec/options.js';
import { OWN_VARIABLES } from './exec/own-variables.js';
import { EXIT_STATUS, EXIT_STATUS_OF_ALL, type StatusRow } from './exit-status.js';
import { EXPLAIN_ROWS } from './explain/options.js';
import { type CommandTexts, HELP } from './help-texts.js';
import { INIT_ROWS } from './init/options.js';
import { SERVE_ROWS } from './serve-options.js';
import { WAIT_ROWS } from './wait.js';

/** Without the flags of serve that exec accepts too. */
const OWN_ROWS: Readonly<Record<CommandName, FlagTable>> = {
  serve: SERVE_ROWS,
  exec: EXEC_ROWS,
  wait: WAIT_ROWS,
  explain: EXPLAIN_ROWS,
  init: INIT_ROWS,
  contract: {},
  help: {},
};

const OF_ALL: readonly HelpRow[] = [
  {
    name: '--help, -h',
    help: {
      en: 'this text; in Chinese with --lang zh, or on a Chinese system',
      zh: '显示本帮助；--lang en 为英文，默认按系统语言',
    },
  },
  { name: '--version', help: { en: 'the version', zh: '版本号' } },
];

/** Without a command, the help of all. */
export function commandHelp(language: Language, command?: CommandName): string {
  const { head, usage, commands, given, ofServe, allCommands, variables, ...texts } =
    HELP[language];
  const names = command === undefined ? NAMES : [command];
  const linesOf = (part: keyof CommandTexts) => names.flatMap((name) => commands[name][part] ?? []);
  const examples = linesOf('examples');
  const usages = linesOf('usage').map((line) => `cmpassport-mock ${line}`);
  return helpText(
    [
      ...(command === undefined ? [head] : []),
      `${usage}${usages.join(`\n${' '.repeat(columns(usage))}`)}`,
      ...names.flatMap((name) => section(commands[name].words, OWN_ROWS[name])),
      ...(command === 'exec' ? [given, OWN_VARIABLES, ofServe, helpRows(SERVER_ROWS)] : []),
      ...[allCommands, OF_ALL, variables],
      ...(examples.length === 0 ? [] : [[texts.examples, ...examples].join('\n')]),
      texts.exitStatus,
      [
        ...names.flatMap((name) => EXIT_STATUS[name].map(statusRow(name))),
        ...EXIT_STATUS_OF_ALL.map(statusRow(texts.all)),
      ],
    ],
    language,
  );
}

function section(words: string, rows: FlagTable): readonly HelpPart[] {
  const shown = helpRows(rows);
  return shown.length === 0 ? [words] : [words, shown];
}

function statusRow(command: string) {
  return ({ status, when }: StatusRow): HelpRow => ({ name: `${command} ${status}`, help: when });
}
