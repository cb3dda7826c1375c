/** The commands `serve` and `explain`, their flags, and the environment variables of the same names. */
import { basename, dirname, relative } from 'node:path';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { type Flag, type ParsedFlags, parseFlags, variableOf } from '../../src/text/flags.js';
import { quote } from '../../src/text/shown-json.js';
import { UsageError } from '../../src/text/usage-error.js';
import { type Environment, languageOf } from '../options/language.js';
import { OPTION_ROWS, type Shell } from '../options/option-rows.js';
import { checkTogether, FLAG_NAMES, type Options, optionsOfFlags } from '../options/options.js';
import { storePassword } from '../options/store-password.js';
import { EXPLAIN_FLAGS, type ExplainOptions, type ExplainValues, toExplainOptions } from './explain/options.js';
import { HELP } from './help.js';

export interface FlagRow extends Flag {
  readonly help: Bilingual;
}

const FLAGS: readonly FlagRow[] = Object.values(OPTION_ROWS);

const COMMANDS = ['serve', 'explain'] as const;
/** The contract kit reads the arguments after it, which include a team's test command. */
const CONTRACT = 'contract';
type CommandName = (typeof COMMANDS)[number];
const FLAGS_OF: Readonly<Record<CommandName, readonly FlagRow[]>> = { serve: FLAGS, explain: EXPLAIN_FLAGS };

export type Command =
  | { readonly kind: 'serve'; readonly options: Options }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | { readonly kind: 'help'; readonly language: Language }
  | { readonly kind: 'version' };

/** Reads the arguments and variables. A flag overrides its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  if (argv[0] === CONTRACT) return { kind: 'contract', args: argv.slice(1) };
  const { values, positionals } = parse(argv);
  if (values['help'] === true) return { kind: 'help', language: languageOf(values['lang'], env) };
  if (values['version'] === true) return { kind: 'version' };
  const [first = 'serve', ...rest] = positionals;
  const command = COMMANDS.find((name) => name === first);
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
      return { kind: 'serve', options: toOptions(options, env) };
    case 'explain':
      return { kind: 'explain', options: toExplainOptions(options as ExplainValues, { files: rest, env }) };
    default:
      return command satisfies never;
  }
}

function parse(argv: readonly string[]): ParsedFlags {
  const parsed = parseFlags(argv, [...COMMANDS.flatMap((command) => FLAGS_OF[command]), VERSION]);
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
  const commands = [...COMMANDS, CONTRACT];
  return {
    en: `unknown command ${quote(found)}: the commands are ${commands.join(', ')}`,
    zh: `未知命令 ${quote(found)}：可用的有 ${commands.join('、')}`,
  };
}

const VERSION: Flag = { flag: 'version' };

function withHelp({ en, zh }: Bilingual): Bilingual {
  return { en: `${en} (see --help)`, zh: `${zh}（见 --help）` };
}

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

function fromEnvironment(flags: readonly FlagRow[], env: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flags.flatMap(({ flag, value: kind }) => {
      const value = kind === undefined ? undefined : env[variableOf(flag)];
      return value === undefined || value === '' ? [] : [[flag, value]];
    }),
  );
}

type Values = ParsedFlags['values'];

function toOptions(values: Values, env: Environment): Options {
  const { storePasswordFile: file, ...read } = optionsOfFlags(values);
  const given = {
    ...read,
    store: read.store === IN_MEMORY ? undefined : read.store,
    lang: languageOf(values['lang'], env),
    shell: read.shell ?? defaultShell(env),
    // The proxy leads to HTTPS, so it starts HTTPS on a free port if no port is set.
    httpsPort: read.httpsPort ?? (read.proxyPort === undefined ? undefined : 0),
  };
  checkTogether(given, FLAG_NAMES);
  checkTls(values);
  const { store, storePassword: variable } = given;
  return { ...given, storePassword: storePassword({ store, variable, file }) };
}

/** Windows sets OS. The shells of MSYS2 and Git for Windows set MSYSTEM. */
function defaultShell({ OS, MSYSTEM }: Environment): Shell {
  return OS === 'Windows_NT' && MSYSTEM === undefined ? 'powershell' : 'bash';
}

/** The value of `--store` for the default store. */
const IN_MEMORY = 'memory';
const FOR_HTTPS_ONLY = ['tls-cert', 'tls-key', 'tls-name'] as const;

function checkTls(values: Values): void {
  if ((values['tls-cert'] === undefined) !== (values['tls-key'] === undefined)) {
    throw new UsageError({
      en: '--tls-cert and --tls-key require each other, found only one: set both',
      zh: '--tls-cert 与 --tls-key 须同时指定，现在只有一个：请两个都设置',
    });
  }
  const isSecure = values['https-port'] !== undefined || values['proxy-port'] !== undefined;
  const idle = isSecure ? undefined : FOR_HTTPS_ONLY.find((flag) => values[flag] !== undefined);
  if (idle !== undefined)
    throw new UsageError({
      en: `--${idle} has no effect without --https-port or --proxy-port: set one of them, or omit --${idle}`,
      zh: `没有 --https-port 或 --proxy-port 时 --${idle} 不起作用：请设置其中一个，或去掉 --${idle}`,
    });
}

export function helpText(language: Language): string {
  const width =
    Math.max(
      ...Object.values(FLAGS_OF)
        .flat()
        .map((row) => flagText(row).length),
    ) + 2;
  const rowsOf = (flags: readonly FlagRow[]) =>
    flags.map((row) => `  ${flagText(row).padEnd(width)}${row.help[language]}`).join('\n');
  const row = (name: string, text: string) => `  ${name.padEnd(width)}${text}`;
  const inputs = { serve: rowsOf(FLAGS), explain: rowsOf(EXPLAIN_FLAGS), row };
  return HELP[language](inputs);
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
