/** The commands: their flags and variables, and what they are read as. */
import { type Bilingual, bilingual, type Language, listed } from '../../src/text/bilingual.js';
import { nearName } from '../../src/text/edit-distance.js';
import { type FlagTable, type FlagValues, parseFlags } from '../../src/text/flags.js';
import type { UsageError } from '../../src/text/usage-error.js';
import { type Environment, languageOf } from '../options/language.js';
import { EXEC_ROWS, type ExecOptions, SERVER_ROWS, toExecOptions } from './exec/options.js';
import { EXPLAIN_ROWS, type ExplainOptions, toExplainOptions } from './explain/options.js';
import { INIT_ROWS, type InitOptions, toInitOptions } from './init/options.js';
import { commandError, withHelp } from './messages.js';
import { fromEnvironment, SERVE_ROWS, type ServeOptions, toServeOptions } from './serve-options.js';
import { toWaitOptions, WAIT_ROWS, type WaitOptions } from './wait.js';

export const NAMES = ['serve', 'exec', 'wait', 'explain', 'init', 'contract', 'help'] as const;
export type CommandName = (typeof NAMES)[number];

export type Command =
  | { readonly kind: 'serve'; readonly options: ServeOptions }
  | { readonly kind: 'exec'; readonly options: ExecOptions }
  | { readonly kind: 'wait'; readonly options: WaitOptions }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  | { readonly kind: 'init'; readonly options: InitOptions }
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | {
      readonly kind: 'help';
      readonly language: Language;
      /** The command that is named before it. */
      readonly command: CommandName | undefined;
    }
  | {
      readonly kind: 'lookup';
      readonly language: Language;
      /** Codes, and ids of mistakes and problems. */
      readonly words: readonly string[];
    }
  | { readonly kind: 'version' };

/** The commands with flags of their own that are read here. `contract` reads its own arguments. */
type ReadCommand = Exclude<CommandName, 'contract' | 'help'>;

export const FLAGS = {
  serve: SERVE_ROWS,
  exec: { ...SERVER_ROWS, ...EXEC_ROWS },
  wait: WAIT_ROWS,
  explain: EXPLAIN_ROWS,
  init: INIT_ROWS,
} as const satisfies Readonly<Record<ReadCommand, FlagTable>>;

interface Rest {
  readonly positionals: readonly string[];
  /** The arguments after "--". */
  readonly after: readonly string[];
  readonly env: Environment;
}

const READERS: {
  readonly [Name in ReadCommand]: (
    values: FlagValues,
    rest: Rest,
  ) => Extract<Command, { readonly kind: Name }>;
} = {
  serve: (values, { positionals, env }) => ({
    kind: 'serve',
    options: toServeOptions(values, { arguments: positionals, env }),
  }),
  exec: (values, { positionals, after, env }) => ({
    kind: 'exec',
    options: toExecOptions(values, { before: positionals, command: after, env }),
  }),
  wait: (values, { positionals, env }) => ({
    kind: 'wait',
    options: toWaitOptions(values, { urls: positionals, env }),
  }),
  explain: (values, { positionals, env }) => ({
    kind: 'explain',
    options: toExplainOptions(values, { files: positionals, env }),
  }),
  init: (values, { positionals, env }) => ({
    kind: 'init',
    options: toInitOptions(values, { names: positionals, env }),
  }),
};

/** Reads the arguments and variables. The first argument is the command; `serve` if it is a flag. A flag overrides its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  const [first = '', ...others] = argv;
  const isNamed = first !== '' && !first.startsWith('-');
  const named = isNamed ? NAMES.find((known) => known === first) : undefined;
  if (isNamed && named === undefined) throw unknownCommand(first);
  if (named === 'contract') return { kind: 'contract', args: others };
  if (named === 'help') return readHelp(others, env);
  return readFlagsOf(named, isNamed ? others : argv, env);
}

function readHelp(args: readonly string[], env: Environment): Command {
  const parsed = parseFlags(args, [SERVE_ROWS.lang, { flag: 'help' }]);
  if ('en' in parsed) throw withHelp({ words: parsed, id: parsed.id });
  const { values, positionals } = parsed;
  const language = languageOf(values['lang'], env);
  const [first, ...others] = positionals;
  const command = NAMES.find((known) => known === first);
  const isOfCommand = others.length === 0 && (first === undefined || command !== undefined);
  return isOfCommand
    ? { kind: 'help', language, command }
    : { kind: 'lookup', language, words: positionals };
}

function readFlagsOf(
  named: ReadCommand | undefined,
  args: readonly string[],
  env: Environment,
): Command {
  const command = named ?? 'serve';
  // The arguments after "--" are those of the user's command.
  const end = command === 'exec' && args.includes('--') ? args.indexOf('--') : args.length;
  const rows = FLAGS[command];
  const parsed = parseFlags(args.slice(0, end), [...Object.values(rows), { flag: 'version' }]);
  if ('en' in parsed) throw withHelp({ words: parsed, id: parsed.id });
  const { values, positionals } = parsed;
  if (values['help'] === true)
    return { kind: 'help', language: languageOf(values['lang'], env), command: named };
  if (values['version'] === true) return { kind: 'version' };
  const options = { ...fromEnvironment(rows, env), ...values };
  return READERS[command](options, { positionals, after: args.slice(end + 1), env });
}

/** The commands that other programs have for the same. */
const MEANT: ReadonlyMap<string, readonly CommandName[]> = new Map([
  ['start', ['serve']],
  ['run', ['serve', 'exec']],
]);

const OR: Bilingual = { en: ' or ', zh: ' 或 ' };

function unknownCommand(found: string): UsageError {
  const meant = MEANT.get(found) ?? [nearName(found, NAMES) ?? []].flat();
  if (meant.length === 0) {
    return withHelp(commandError('command.unknown', { found, commands: listed(NAMES) }));
  }
  const near = bilingual((language) => meant.join(OR[language]));
  return withHelp(commandError('command.near', { found, near }));
}
