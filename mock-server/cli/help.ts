/** `--help`: the commands in one screen, or the flags of one. */
import type { Language } from '../../src/text/bilingual.js';
import { type HelpRow, helpRows, helpText } from '../../src/text/flag-help.js';
import type { FlagTable } from '../../src/text/flags.js';
import { type CommandName, NAMES } from './command.js';
import { EXEC_ROWS, SERVER_ROWS } from './exec/options.js';
import { OWN_VARIABLES } from './exec/own-variables.js';
import { EXIT_STATUS, EXIT_STATUS_OF_ALL, type StatusRow } from './exit-status.js';
import { EXPLAIN_ROWS } from './explain/options.js';
import { HELP } from './help-texts.js';
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

/** The commands in one screen. */
function overview(language: Language): string {
  const { head, commands, examples, overview: texts } = HELP[language];
  const rows = NAMES.map((name) => ({ name, help: commands[name].brief }));
  const shown = rows.map(({ name, help }) => `  ${name.padEnd(COMMAND_WIDTH)}${help}`);
  return `${[
    head,
    [texts.commands, ...shown].join('\n'),
    [examples, texts.examples].join('\n'),
    texts.flags,
  ].join('\n\n')}\n`;
}

const COMMAND_WIDTH = 2 + Math.max(...NAMES.map((name) => name.length));

/** Without a command, the list of commands. */
export function commandHelp(language: Language, command?: CommandName): string {
  if (command === undefined) return overview(language);
  const { usage, commands, given, ofServe, allCommands, variables, all, ...texts } = HELP[language];
  const { usage: ofCommand, words, examples } = commands[command];
  const statuses = [
    ...EXIT_STATUS[command].map(statusRow(command)),
    ...EXIT_STATUS_OF_ALL.map(statusRow(all)),
  ];
  const flags = helpRows(OWN_ROWS[command]);
  return helpText(
    [
      `${usage}cmpassport-mock ${ofCommand}`,
      ...(flags.length === 0 ? [words] : [words, flags]),
      ...(command === 'exec' ? [given, OWN_VARIABLES, ofServe, helpRows(SERVER_ROWS)] : []),
      ...[allCommands, OF_ALL, variables],
      ...(examples === undefined ? [] : [`${texts.examples}\n${examples}`]),
      ...[texts.exitStatus, statuses],
    ],
    language,
  );
}

function statusRow(command: string) {
  return ({ status, when }: StatusRow): HelpRow => ({ name: `${command} ${status}`, help: when });
}
