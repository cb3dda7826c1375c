/** The commands, their flags and the variables of these. */
import { basename, dirname, relative } from 'node:path';
import { type Bilingual, type Language, listed } from '../../src/text/bilingual.js';
import { quoted } from '../../src/text/curl-command.js';
import { nearName } from '../../src/text/edit-distance.js';
import { type FlagValues, parseFlags, variableOf } from '../../src/text/flags.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { type Environment, languageOf } from '../options/language.js';
import { EXEC_FLAGS, EXEC_ROWS, type ExecOptions, toExecOptions } from './exec/options.js';
import {
  EXPLAIN_FLAGS,
  type ExplainOptions,
  type ExplainValues,
  toExplainOptions,
} from './explain/options.js';
import { HELP } from './help.js';
import { commandError, withHelp } from './messages.js';
import {
  type FlagRow,
  fromEnvironment,
  SERVE_FLAGS,
  type ServeOptions,
  toServeOptions,
} from './serve-options.js';
import { toWaitOptions, WAIT_FLAGS, type WaitOptions } from './wait.js';

/** The first argument; `serve` if it is a flag. `contract` reads its own arguments. */
const NAMES = ['serve', 'explain', 'wait', 'exec'] as const;
type CommandName = (typeof NAMES)[number];

const FLAGS_OF: Readonly<Record<CommandName, readonly FlagRow[]>> = {
  serve: SERVE_FLAGS,
  explain: EXPLAIN_FLAGS,
  wait: WAIT_FLAGS,
  exec: EXEC_FLAGS,
};

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
  if (first === 'contract') return { kind: 'contract', args: others };
  const isNamed = first !== '' && !first.startsWith('-');
  if (!isNamed) return readFlagsOf('serve', argv, env);
  const command = NAMES.find((known) => known === first);
  if (command === undefined) throw unknownCommand(first);
  return readFlagsOf(command, others, env);
}

function readFlagsOf(command: CommandName, args: readonly string[], env: Environment): Command {
  // The arguments after "--" are those of the user's command.
  const end = command === 'exec' && args.includes('--') ? args.indexOf('--') : args.length;
  const flags = FLAGS_OF[command];
  const parsed = parseFlags(args.slice(0, end), [...flags, { flag: 'version' }]);
  if ('en' in parsed) throw withHelp({ words: parsed, id: parsed.id });
  const { values, positionals } = parsed;
  if (values['help'] === true) return { kind: 'help', language: languageOf(values['lang'], env) };
  if (values['version'] === true) return { kind: 'version' };
  const options = { ...fromEnvironment(flags, env), ...values };
  return toCommand(command, options, { positionals, after: args.slice(end + 1), env });
}

interface Rest {
  readonly positionals: readonly string[];
  /** The arguments after "--". */
  readonly after: readonly string[];
  readonly env: Environment;
}

function toCommand(
  command: CommandName,
  values: FlagValues,
  { positionals, after, env }: Rest,
): Command {
  switch (command) {
    case 'serve':
      return { kind: 'serve', options: toServeOptions(values, { arguments: positionals, env }) };
    case 'exec':
      return {
        kind: 'exec',
        options: toExecOptions(values, { before: positionals, command: after, env }),
      };
    case 'explain':
      return {
        kind: 'explain',
        options: toExplainOptions(values as ExplainValues, { files: positionals, env }),
      };
    case 'wait':
      return { kind: 'wait', options: toWaitOptions(values, { urls: positionals, env }) };
    default:
      return command satisfies never;
  }
}

function unknownCommand(found: string): UsageError {
  return withHelp(
    commandError('command.unknown', { found, commands: listed([...NAMES, 'contract']) }),
  );
}

export function helpText(language: Language): string {
  const all = { ...FLAGS_OF, exec: EXEC_ROWS };
  const names = Object.values(all).flat().map(flagText);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const row = (name: string, text: string) => `  ${name.padEnd(width)}${text}`;
  const { head, contract, help, version, end, ...commands } = HELP[language];
  const withRows = (['serve', 'exec', 'wait', 'explain'] as const).flatMap((name) => [
    commands[name],
    all[name].map((flag) => row(flagText(flag), flag.help[language])).join('\n'),
  ]);
  const ofAll = `${row('--help, -h', help)}\n${row('--version', version)}`;
  return `${[head, ...withRows, contract, ofAll, end].join('\n\n')}\n`;
}

function flagText({ flag, value, variableOnly }: FlagRow): string {
  if (variableOnly === true) return variableOf(flag);
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}

const NAME = 'cmpassport-mock';

export interface Invocation {
  /** The path of the script that Node.js runs. */
  readonly script: string;
  readonly cwd: string;
}

/** A dependency of a project, a global package, or a clone. */
export function invocationOf({ script, cwd }: Invocation): string {
  if (basename(script) === NAME)
    return basename(dirname(script)) === '.bin' ? `npx --no -- ${NAME}` : NAME;
  const path = relative(cwd, script);
  const shown = path.startsWith('..') ? script : path;
  return `node ${/^[\w./-]+$/.test(shown) ? shown : quoted(shown)}`;
}

const PREFIX = 'CMPASSPORT_';

/** What `exec`, `contract consumer` and the examples give to or read in other programs. */
const OF_PROGRAMS = [
  'BASE',
  'BASE_URL',
  'APP_ID',
  'APP_KEY',
  'APP_SECRET',
  'APP_SIGN_KEY',
  'APP_DECRYPT_KEY',
  'PLATFORM_PUBLIC_KEY',
  'APP_SIGN_KEY_FILE',
  'APP_DECRYPT_KEY_FILE',
  'PLATFORM_PUBLIC_KEY_FILE',
  'PROXY',
  'CA_FILE',
  'TRUST_STORE',
  'OPERATION',
  'TOKEN',
  'USER_INFORMATION',
  'PHONE_NUMBER',
  'RESULT_CODE',
  'SCENARIO',
  'JOB',
].map((name) => PREFIX + name);

const SETTINGS = Object.values(FLAGS_OF)
  .flat()
  .map(({ flag }) => variableOf(flag));

/** A warning for each variable that looks like a setting of the mock and is none, for example after a typing mistake. */
export function unknownVariables(env: Environment): readonly Bilingual[] {
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith(PREFIX) && !SETTINGS.includes(name) && !OF_PROGRAMS.includes(name),
  );
  return unknown.map((name) => {
    const near = nearName(name, SETTINGS);
    return {
      en: `the variable ${name} is unknown and has no effect${near === undefined ? '' : `: did you mean ${near}?`}`,
      zh: `未知的环境变量 ${name} 不起作用${near === undefined ? '' : `：是不是 ${near}？`}`,
    };
  });
}
