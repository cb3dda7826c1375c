/** The commands and their flags. */
import { basename, dirname, relative } from 'node:path';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { quoted } from '../../src/text/curl-command.js';
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

/** The first argument; `serve` if it is a flag. `contract` reads its own arguments. */
const FLAGS_OF = { serve: SERVE_FLAGS, explain: EXPLAIN_FLAGS, wait: WAIT_FLAGS, exec: EXEC_FLAGS } as const;
type CommandName = keyof typeof FLAGS_OF;
const NAMES = Object.keys(FLAGS_OF) as readonly CommandName[];

export type Command =
  | { readonly kind: 'serve'; readonly options: ServeOptions }
  | { readonly kind: 'exec'; readonly options: ExecOptions }
  | { readonly kind: 'wait'; readonly options: WaitOptions }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | { readonly kind: 'help'; readonly language: Language }
  | { readonly kind: 'version' };

/** Reads the arguments and variables. A flag overrides its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  const [first = '', ...others] = argv;
  const isNamed = first !== '' && !first.startsWith('-');
  if (first === 'contract') return { kind: 'contract', args: others };
  const command = isNamed ? NAMES.find((known) => known === first) : 'serve';
  if (command === undefined) throw new UsageError(withHelp(unknownCommand(first)));
  const args = isNamed ? others : argv;
  // The arguments after "--" are those of the user's command.
  const end = command === 'exec' && args.includes('--') ? args.indexOf('--') : args.length;
  const flags: readonly FlagRow[] = FLAGS_OF[command];
  const { values, positionals } = parse(args.slice(0, end), flags);
  if (values['help'] === true) return { kind: 'help', language: languageOf(values['lang'], env) };
  if (values['version'] === true) return { kind: 'version' };
  const options = { ...fromEnvironment(flags, env), ...values };
  switch (command) {
    case 'serve':
      if (positionals.length > 0) throw new UsageError(withHelp(serveTakesFlags(positionals[0])));
      return { kind: 'serve', options: toServeOptions(options, env) };
    case 'exec':
      return {
        kind: 'exec',
        options: toExecOptions(options, { before: positionals, command: args.slice(end + 1), env }),
      };
    case 'explain':
      return { kind: 'explain', options: toExplainOptions(options as ExplainValues, { files: positionals, env }) };
    case 'wait':
      return { kind: 'wait', options: toWaitOptions(options, { urls: positionals, env }) };
    default:
      return command satisfies never;
  }
}

function parse(argv: readonly string[], flags: readonly FlagRow[]): ParsedFlags {
  const parsed = parseFlags(argv, [...flags, VERSION]);
  if ('values' in parsed) return parsed;
  throw new UsageError(withHelp(parsed));
}

const VERSION: Flag = { flag: 'version' };

function serveTakesFlags(found: string | undefined): Bilingual {
  return {
    en: `serve accepts flags only, found ${quote(found)}: remove it, or write it first if it is the command`,
    zh: `serve 后面只能写以 -- 开头的参数，实际为 ${quote(found)}：请去掉；如果它是命令，请写在最前面`,
  };
}

function unknownCommand(found: string): Bilingual {
  const commands = [...NAMES, 'contract'];
  return {
    en: `unknown command ${quote(found)}: the commands are ${commands.join(', ')}`,
    zh: `未知命令 ${quote(found)}：可用的有 ${commands.join('、')}`,
  };
}

export function helpText(language: Language): string {
  const all: Readonly<Record<CommandName, readonly FlagRow[]>> = { ...FLAGS_OF, exec: EXEC_ROWS };
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
}

/** A dependency of a project, a global package, or a clone. */
export function invocationOf({ script, cwd }: Invocation): string {
  if (basename(script) === NAME) return basename(dirname(script)) === '.bin' ? `npx --no -- ${NAME}` : NAME;
  const path = relative(cwd, script);
  const shown = path.startsWith('..') ? script : path;
  return `node ${PLAIN.test(shown) ? shown : quoted(shown)}`;
}
