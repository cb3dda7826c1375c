/** The two commands, their flags, and the environment variables of the same names. */
import { parseArgs } from 'node:util';
import type { Bilingual, Language } from '../explain/finding.js';
import { quote } from '../schemas/schema-problem.js';
import { nearName } from '../text/edit-distance.js';
import { messageOf } from '../text/error-message.js';
import {
  EXPLAIN_FLAGS,
  type ExplainOptions,
  type ExplainValues,
  languageOf,
  toExplainOptions,
} from './explain/options.js';
import {
  checkTogether,
  DEFAULT_HOST,
  DEFAULT_PORT,
  FLAG_NAMES,
  type LOG_FORMATS,
  type LOG_LEVELS,
  OPTION_ROWS,
  optionsOfFlags,
} from './option-rows.js';
import { storePassword } from './store-password.js';
import { UsageError } from './usage-error.js';

export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface Options {
  readonly host: string;
  readonly port: number;
  readonly httpsPort: number | undefined;
  readonly proxyPort: number | undefined;
  readonly config: string | undefined;
  readonly seed: string | undefined;
  /** The address of a Redis; undefined keeps state in memory. */
  readonly store: string | undefined;
  /** One that is not part of the address. */
  readonly storePassword: string | undefined;
  readonly log: LogLevel;
  readonly logFormat: LogFormat;
  readonly logSecrets: boolean;
  readonly trustProxy: readonly string[];
  readonly controlToken: string | undefined;
  readonly controlPort: number | undefined;
  readonly controlHost: string | undefined;
  readonly allowHosts: readonly string[];
  readonly maxConnections: number;
  readonly tlsDir: string | undefined;
  readonly tlsNames: readonly string[];
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
}

export interface FlagRow {
  readonly flag: string;
  /** A switch has none. */
  readonly value?: string;
  readonly help: Bilingual;
  /** A secret: other users of the machine can see arguments, and cannot see variables. */
  readonly variableOnly?: true;
}

const FLAGS: readonly FlagRow[] = Object.values(OPTION_ROWS);

const COMMANDS = ['serve', 'explain'] as const;
/** Behind it come the kit's own words and flags, and those of a team's own test command. */
const CONTRACT = 'contract';
type CommandName = (typeof COMMANDS)[number];
const FLAGS_OF: Readonly<Record<CommandName, readonly FlagRow[]>> = { serve: FLAGS, explain: EXPLAIN_FLAGS };

type Environment = Readonly<Record<string, string | undefined>>;

export type Command =
  | { readonly kind: 'serve'; readonly options: Options }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  /** The contract kit reads its own arguments. */
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | { readonly kind: 'help'; readonly language: Language }
  | { readonly kind: 'version' };

/** What the arguments ask for; a flag wins over its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  if (argv[0] === CONTRACT) return { kind: 'contract', args: argv.slice(1) };
  const { values, positionals }: { values: Values; positionals: string[] } = parse(argv);
  if (values['help'] === true) return { kind: 'help', language: languageOf(values['lang'], env) };
  if (values['version'] === true) return { kind: 'version' };
  const [first = 'serve', ...rest] = positionals;
  const command = COMMANDS.find((name) => name === first);
  if (command === undefined) {
    throw new UsageError(
      `unknown command ${quote(first)}: there are ${[...COMMANDS, CONTRACT].join(', ')} (see --help)`,
    );
  }
  checkBelonging(command, Object.keys(values));
  const given = { ...fromEnvironment(FLAGS_OF[command], env), ...values };
  checkFilled(FLAGS_OF[command], given);
  switch (command) {
    case 'serve':
      if (rest.length > 0) throw new UsageError(`serve takes flags only, found ${quote(rest[0])} (see --help)`);
      return { kind: 'serve', options: toOptions(given) };
    case 'explain':
      return { kind: 'explain', options: toExplainOptions(given as ExplainValues, { files: rest, env }) };
    default:
      return command satisfies never;
  }
}

function parse(argv: readonly string[]) {
  const flags = Object.fromEntries(
    COMMANDS.flatMap(argumentsOf).map(({ flag, value }) => [
      flag,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const options = { ...flags, help: { type: 'boolean' as const, short: 'h' }, version: { type: 'boolean' as const } };
  const unknown = argv.find((arg) => arg.startsWith('--') && !((arg.slice(2).split('=')[0] ?? '') in options));
  if (unknown !== undefined && unknown !== '--') throw unknownFlag(unknown, Object.keys(options));
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${messageOf(error).split('\n')[0]} (see --help)`);
  }
}

/** The rows that can be given as arguments. */
function argumentsOf(command: CommandName): readonly FlagRow[] {
  return FLAGS_OF[command].filter(({ variableOnly }) => variableOnly !== true);
}

function unknownFlag(arg: string, flags: readonly string[]): UsageError {
  const [name = ''] = arg.slice(2).split('=');
  if (FLAGS.some((row) => row.flag === name && row.variableOnly === true)) {
    return new UsageError(
      `--${name} is no flag, because other users of the machine can see arguments: set ${variableOf(name)} (see --help)`,
    );
  }
  const near = nearName(name, flags);
  return new UsageError(`unknown flag --${name}${near === undefined ? '' : `, did you mean --${near}?`} (see --help)`);
}

/** A flag of the other command would do nothing, and whoever gave it expects something. */
function checkBelonging(command: CommandName, given: readonly string[]): void {
  const own = argumentsOf(command).map(({ flag }) => flag);
  const foreign = given.find((flag) => !own.includes(flag));
  if (foreign === undefined) return;
  const owner = COMMANDS.find((name) => FLAGS_OF[name].some(({ flag }) => flag === foreign));
  throw new UsageError(
    `--${foreign} is a flag of ${owner}, and this is ${command}: it takes --${own.join(', --')} (see --help)`,
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

function variableOf(flag: string): string {
  return `CMPASSPORT_${flag.toUpperCase().replaceAll('-', '_')}`;
}

function checkFilled(flags: readonly FlagRow[], values: Readonly<Record<string, unknown>>): void {
  const empty = flags.find(({ flag }) => values[flag] === '');
  if (empty !== undefined) throw new UsageError(`--${empty.flag} needs a value, found "" (see --help)`);
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function toOptions(values: Values): Options {
  const { storePasswordFile, ...read } = optionsOfFlags(values);
  const given: Readonly<Record<string, unknown>> = {
    ...read,
    store: read['store'] === IN_MEMORY ? undefined : read['store'],
  };
  checkTogether(given, FLAG_NAMES);
  checkTls(values);
  // A proxy to the carrier's names leads to HTTPS: on a free port where none is asked for.
  const httpsPort = given['httpsPort'] ?? (given['proxyPort'] === undefined ? undefined : 0);
  const { store, storePassword: variable } = given as Pick<Options, 'store' | 'storePassword'>;
  const file = storePasswordFile as string | undefined;
  return { ...given, httpsPort, storePassword: storePassword({ store, variable, file }) } as unknown as Options;
}

/** What `--store` calls the store that is there without it. */
const IN_MEMORY = 'memory';
const FOR_HTTPS_ONLY = ['tls-cert', 'tls-key', 'tls-name'] as const;

function checkTls(values: Values): void {
  if ((values['tls-cert'] === undefined) !== (values['tls-key'] === undefined)) {
    throw new UsageError('--tls-cert and --tls-key go together: one of them is missing');
  }
  const isSecure = values['https-port'] !== undefined || values['proxy-port'] !== undefined;
  const idle = isSecure ? undefined : FOR_HTTPS_ONLY.find((flag) => values[flag] !== undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} does nothing without --https-port or --proxy-port`);
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
  return language === 'zh' ? chineseHelp(inputs) : englishHelp(inputs);
}

interface HelpInputs {
  /** The rows of a command's flags. */
  readonly serve: string;
  readonly explain: string;
  readonly row: (name: string, text: string) => string;
}

function englishHelp({ serve, explain, row }: HelpInputs): string {
  return `A simulated China Mobile cmpassport carrier: token to phone number (loginTokenValidate),
and "is this number the token's?" (tokenValidate), with every check and every documented code.

Usage: cmpassport-mock [serve] [flags]
       cmpassport-mock explain --app <file> [flags] [request]
       cmpassport-mock contract provider|consumer [flags]

serve is the carrier:

${serve}

explain reports without a server why a captured request is refused. The request is a file, or standard
input without one: a record of GET /_mock/requests, JSON of method, url, headers and body, a HAR
file, the JSON body alone, a raw HTTP message, or a curl command.

${explain}

contract judges a carrier by the cases of the document, or a client by what it sends: contract --help has its flags.

All:

${row('--help, -h', 'this text; in Chinese with --lang zh, or where LC_ALL or LANG is Chinese')}
${row('--version', 'the version')}

Each flag with a value can be given as an environment variable: --https-port is CMPASSPORT_HTTPS_PORT.

Examples:
  cmpassport-mock                                   the carrier on http://${DEFAULT_HOST}:${DEFAULT_PORT}
  cmpassport-mock --https-port 10443                the same, and HTTPS for www.cmpassport.com
  cmpassport-mock --proxy-port 10087                for clients with that address built in: a proxy on http://${DEFAULT_HOST}:10087
  cmpassport-mock --config mock.json --log debug    your own apps, one line a request
  cmpassport-mock explain --app app.json curl.txt   what is wrong with this request?
  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    does it answer as documented?

Exit status: 0 when stopped by SIGTERM, SIGINT or SIGHUP, 1 by a second signal, 2 for a mistake in flags or
files. Of explain: 0 when the request is accepted as far as can be told without the carrier, 1 when it is
refused (001 included). Of all commands but serve: 1 when the output cannot be written.
`;
}

function chineseHelp({ serve, explain, row }: HelpInputs): string {
  return `中国移动 cmpassport 认证服务的模拟服务：用 token 换取手机号码（loginTokenValidate），
校验是否本机号码（tokenValidate）；执行全部校验，能返回文档中的每个返回码。

用法：cmpassport-mock [serve] [参数]
      cmpassport-mock explain --app <file> [参数] [请求]
      cmpassport-mock contract provider|consumer [参数]

serve 启动模拟服务：

${serve}

explain 不需要启动服务，直接说明抓到的一个请求为什么被拒。请求是一个文件，没有文件时读标准输入，格式可以是：
GET /_mock/requests 的一条记录，含 method、url、headers、body 的 JSON，HAR 文件，单独的 JSON 消息体，
HTTP 原始报文，或 curl 命令。

${explain}

contract 用文档的用例检验一个服务端，或检验一个客户端发出的请求；参数见 contract --help。

通用：

${row('--help, -h', '本帮助；--lang en 为英文，默认由 LC_ALL 或 LANG 决定')}
${row('--version', '版本号')}

带值的参数都可以用环境变量给出：--https-port 即 CMPASSPORT_HTTPS_PORT。

示例：
  cmpassport-mock                                   在 http://${DEFAULT_HOST}:${DEFAULT_PORT} 启动
  cmpassport-mock --https-port 10443                同时为 www.cmpassport.com 提供 HTTPS
  cmpassport-mock --proxy-port 10087                供写死了域名的客户端使用：代理在 http://${DEFAULT_HOST}:10087
  cmpassport-mock --config mock.json --log debug    使用自己的应用，每个请求一行日志
  cmpassport-mock explain --app app.json curl.txt   这个请求错在哪里
  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    应答是否符合文档

退出码：收到 SIGTERM、SIGINT、SIGHUP 停止为 0，收到第二个信号为 1，参数或文件有误为 2。
explain：不连接运营商所能判断的范围内，请求会被接受为 0，会被拒（包括 001）为 1。
除 serve 外的命令：无法写出结果时为 1。
`;
}

function flagText({ flag, value, variableOnly }: FlagRow): string {
  if (variableOnly === true) return variableOf(flag);
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}
