/** The commands and their flags. */
import { basename, dirname, relative } from 'node:path';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { type Flag, type ParsedFlags, parseFlags, variableOf } from '../../src/text/flags.js';
import { quote } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
import { type Environment, languageOf } from '../options/language.js';
import { EXEC_FLAGS, EXEC_ROWS, type ExecOptions, toExecOptions } from './exec/options.js';
import { EXPLAIN_FLAGS, type ExplainOptions, type ExplainValues, toExplainOptions } from './explain/options.js';
import { HELP } from './help.js';
import {
  type FlagRow,
  fromEnvironment,
  SERVE_FLAGS,
  type ServeOptions,
  toServeOptions,
  withHelp,
} from './serve-options.js';
import { toWaitOptions, WAIT_FLAGS, type WaitOptions } from './wait.js';

const COMMANDS = ['serve', 'explain', 'wait'] as const;
/** The arguments after them include a command of the user, with its own flags. */
const FIRST_ONLY = ['exec', 'contract'] as const;
type CommandName = (typeof COMMANDS)[number];
const FLAGS_OF: Readonly<Record<CommandName, readonly FlagRow[]>> = {
  serve: SERVE_FLAGS,
  explain: EXPLAIN_FLAGS,
  wait: WAIT_FLAGS,
};

/** The variables of all flags. */
const VARIABLES = [...Object.values(FLAGS_OF).flat(), ...EXEC_FLAGS].map(({ flag }) => variableOf(flag));

export type Command =
  | { readonly kind: 'serve'; readonly options: ServeOptions & { readonly variables: readonly string[] } }
  | { readonly kind: 'exec'; readonly options: ExecOptions }
  | { readonly kind: 'wait'; readonly options: WaitOptions }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | { readonly kind: 'help'; readonly language: Language }
  | { readonly kind: 'version' };

/** Reads the arguments and variables. A flag overrides its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  const [name, ...args] = argv;
  if (name === 'contract') return { kind: 'contract', args };
  const end = name === 'exec' && args.includes('--') ? args.indexOf('--') : args.length;
  const { values, positionals } =
    name === 'exec' ? parse(args.slice(0, end), EXEC_FLAGS) : parse(argv, Object.values(FLAGS_OF).flat());
  if (values['help'] === true) return { kind: 'help', language: languageOf(values['lang'], env) };
  if (values['version'] === true) return { kind: 'version' };
  if (name === 'exec') {
    const given = { ...fromEnvironment(EXEC_FLAGS, env), ...values };
    return { kind: 'exec', options: toExecOptions(given, { before: positionals, command: args.slice(end + 1), env }) };
  }
  const [first = 'serve', ...rest] = positionals;
  const command = COMMANDS.find((known) => known === first);
  if (command === undefined) throw new UsageError(withHelp(unknownCommand(first, env)));
  checkFlagsOf(command, Object.keys(values));
  const options = { ...fromEnvironment(FLAGS_OF[command], env), ...values };
  switch (command) {
    case 'serve':
      if (rest.length > 0) {
        throw new UsageError(
          withHelp({
            en: `serve accepts flags only, found ${quote(rest[0])}: remove it`,
            zh: `serve 后面只能写以 -- 开头的参数，实际为 ${quote(rest[0])}：请去掉`,
          }),
        );
      }
      return { kind: 'serve', options: { ...toServeOptions(options, env), variables: VARIABLES } };
    case 'explain':
      return { kind: 'explain', options: toExplainOptions(options as ExplainValues, { files: rest, env }) };
    case 'wait':
      return { kind: 'wait', options: toWaitOptions(options, { urls: rest, env }) };
    default:
      return command satisfies never;
  }
}

function parse(argv: readonly string[], flags: readonly FlagRow[]): ParsedFlags {
  const parsed = parseFlags(argv, [...flags, VERSION]);
  if ('values' in parsed) return parsed;
  throw new UsageError(withHelp(parsed));
}

function unknownCommand(found: string, env: Environment): Bilingual {
  // In PowerShell, npm does not receive the `--` of `npm start -- --port 0`, and reads the flag as its own.
  if (env['npm_lifecycle_event'] === 'start') {
    return {
      en: `found ${quote(found)} without its flag, because npm read the flag as its own: run "node dist/main.js" with your flags`,
      zh: `只收到 ${quote(found)}，它前面的参数名被 npm 当成了自己的：请直接运行 "node dist/main.js" 并带上参数`,
    };
  }
  if (FIRST_ONLY.some((known) => known === found)) {
    return {
      en: `${found} must be the first argument: write its flags after it`,
      zh: `${found} 须是第一个参数：它的参数请写在后面`,
    };
  }
  const commands = [...COMMANDS, ...FIRST_ONLY];
  return {
    en: `unknown command ${quote(found)}: the commands are ${commands.join(', ')}`,
    zh: `未知命令 ${quote(found)}：可用的有 ${commands.join('、')}`,
  };
}

const VERSION: Flag = { flag: 'version' };

/** Refuses a flag of the other command: it would have no effect. */
function checkFlagsOf(command: CommandName, given: readonly string[]): void {
  const own = FLAGS_OF[command].filter(({ variableOnly }) => variableOnly !== true).map(({ flag }) => flag);
  const foreign = given.find((flag) => !own.includes(flag));
  if (foreign === undefined) return;
  const owner = COMMANDS.find((name) => FLAGS_OF[name].some(({ flag }) => flag === foreign));
  throw new UsageError(
    withHelp({
      en: `--${foreign} is a flag of ${owner}, and the command is ${command}: use one of its flags, --${own.join(', --')}`,
      zh: `--${foreign} 是 ${owner} 的参数，而当前命令是 ${command}，它的参数有 --${own.join('、--')}`,
    }),
  );
}

export function helpText(language: Language): string {
  const all = { ...FLAGS_OF, exec: EXEC_ROWS };
  const width =
    Math.max(
      ...Object.values(all)
        .flat()
        .map((row) => flagText(row).length),
    ) + 2;
  const rowsOf = (flags: readonly FlagRow[]) =>
    flags.map((row) => `  ${flagText(row).padEnd(width)}${row.help[language]}`).join('\n');
  const row = (name: string, text: string) => `  ${name.padEnd(width)}${text}`;
  return HELP[language]({
    serve: rowsOf(all.serve),
    exec: rowsOf(all.exec),
    wait: rowsOf(all.wait),
    explain: rowsOf(all.explain),
    row,
  });
}

function flagText({ flag, value, variableOnly }: FlagRow): string {
  if (variableOnly === true) return variableOf(flag);
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}

const NAME = 'cmpassport-mock';
const PLAIN = /^[\w./-]+$/;

export interface Invocation {
  /** The path of the script that Node.js runs. */
  readonly script: string;
  readonly cwd: string;
  readonly env: Environment;
}

export function invocationOf({ script, cwd, env: { npm_command: npm } }: Invocation): string {
  const isBin = basename(script) === NAME;
  // The variable alone is not enough: another program that npx started may have called this one.
  if (isBin && npm === 'exec') return `npx --no -- ${NAME}`;
  if (isBin && basename(dirname(script)) !== '.bin') return NAME;
  const path = relative(cwd, script);
  const shown = path.startsWith('..') ? script : path;
  const word = PLAIN.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
  return isBin ? word : `node ${word}`;
}
