/** The two commands, their flags, and the environment variables of the same names. */
import { parseArgs } from 'node:util';
import { nearName } from './edit-distance.js';
import { EXPLAIN_FLAGS, type ExplainOptions, type ExplainValues, toExplainOptions } from './explain-command/options.js';
import { quote } from './schema-problem.js';
import { storePassword } from './store-password.js';
import { UsageError } from './usage-error.js';

export const LOG_LEVELS = ['silent', 'error', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['text', 'json'] as const;
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

interface FlagRow {
  readonly flag: string;
  /** A switch has none. */
  readonly value?: string;
  readonly help: string;
  /** A secret: other users of the machine can see arguments, and cannot see variables. */
  readonly variableOnly?: true;
}

/** 10086 is China Mobile's own number; nothing else is known to listen there. */
export const DEFAULT_PORT = 10086;
export const DEFAULT_HOST = '127.0.0.1';
/** A load test's worth; at the 21 KiB that an idle one was measured to cost they fill two hundred megabytes. */
export const DEFAULT_MAX_CONNECTIONS = 10_000;

const FLAGS = [
  { flag: 'port', value: 'n', help: `HTTP port, 0 picks a free one (default ${DEFAULT_PORT})` },
  {
    flag: 'host',
    value: 'address',
    help: `address to listen on (default ${DEFAULT_HOST}); beyond loopback, an app without a whitelist of its own admits anybody`,
  },
  { flag: 'https-port', value: 'n', help: 'serve HTTPS as well, 0 picks a free port' },
  {
    flag: 'proxy-port',
    value: 'n',
    help: "HTTP proxy for the carrier's host names only: HTTPS_PROXY in the client, -Dhttps.proxyHost and -Dhttps.proxyPort in Java; also starts HTTPS, on a free port unless --https-port is given",
  },
  { flag: 'tls-dir', value: 'dir', help: 'where the local CA is kept (default ~/.cmpassport-mock/tls)' },
  { flag: 'tls-name', value: 'names', help: 'further names or addresses for the certificate, separated by commas' },
  { flag: 'tls-cert', value: 'file', help: 'your own certificate (PEM) in place of the local CA; with --tls-key' },
  { flag: 'tls-key', value: 'file', help: 'its private key (PEM)' },
  { flag: 'config', value: 'file', help: 'apps, subscribers, lifetimes and readings (JSON); a change is picked up' },
  {
    flag: 'store',
    value: 'address',
    help: 'keep state in a Redis or Valkey, which any number of servers can share: redis://127.0.0.1:6379 (default memory)',
  },
  {
    flag: 'store-password',
    value: 'text',
    variableOnly: true,
    help: "the store's password; a variable only, because other users of the machine can see arguments",
  },
  { flag: 'store-password-file', value: 'file', help: "a file with the store's password" },
  { flag: 'seed', value: 'text', help: 'draw ids, tokens and credentials from this seed: the same each time' },
  { flag: 'log', value: 'level', help: `${LOG_LEVELS.join(', ')} (default info)` },
  {
    flag: 'log-format',
    value: 'format',
    help: 'text for people, or json, a line each event, for whoever collects logs (default text)',
  },
  {
    flag: 'log-secrets',
    help: 'log tokens and what was wrong with them, and with --log debug whole requests and answers; hidden otherwise',
  },
  {
    flag: 'trust-proxy',
    value: 'addresses',
    help: 'proxies whose X-Forwarded-For is believed: addresses, CIDR blocks or loopback, separated by commas',
  },
  { flag: 'control-token', value: 'text', help: 'ask for this token on the control API' },
  { flag: 'control-port', value: 'n', help: "serve the control API on a port of its own, and not on the carrier's" },
  { flag: 'control-host', value: 'address', help: `the address of that port (default ${DEFAULT_HOST})` },
  {
    flag: 'allow-host',
    value: 'names',
    help: 'names that the control API may be called by, beside addresses and local names, separated by commas',
  },
  {
    flag: 'max-connections',
    value: 'n',
    help: `connections to a port at a time (default ${DEFAULT_MAX_CONNECTIONS}); more are closed at once`,
  },
] as const satisfies readonly FlagRow[];

const COMMANDS = ['serve', 'explain'] as const;
/** Behind it come the kit's own words and flags, and those of a team's own test command. */
const CONTRACT = 'contract';
type CommandName = (typeof COMMANDS)[number];
const FLAGS_OF: Readonly<Record<CommandName, readonly FlagRow[]>> = { serve: FLAGS, explain: EXPLAIN_FLAGS };

type Flag = (typeof FLAGS)[number]['flag'];
type Switch = 'log-secrets';
type Values = Readonly<Partial<Record<Exclude<Flag, Switch>, string> & Record<Switch, boolean>>>;
type Environment = Readonly<Record<string, string | undefined>>;

export type Command =
  | { readonly kind: 'serve'; readonly options: Options }
  | { readonly kind: 'explain'; readonly options: ExplainOptions }
  /** The contract kit reads its own arguments. */
  | { readonly kind: 'contract'; readonly args: readonly string[] }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export const PORT_MAX = 65_535;

/** What the arguments ask for; a flag wins over its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  if (argv[0] === CONTRACT) return { kind: 'contract', args: argv.slice(1) };
  const { values, positionals } = parse(argv);
  if (values['help'] === true) return { kind: 'help' };
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
      return { kind: 'serve', options: toOptions(given as Values) };
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
    throw new UsageError(`${error instanceof Error ? error.message.split('\n')[0] : error} (see --help)`);
  }
}

/** The rows that can be given as arguments. */
function argumentsOf(command: CommandName): readonly FlagRow[] {
  return FLAGS_OF[command].filter(({ variableOnly }) => variableOnly !== true);
}

function unknownFlag(arg: string, flags: readonly string[]): UsageError {
  const [name = ''] = arg.slice(2).split('=');
  if (FLAGS.some((row: FlagRow) => row.flag === name && row.variableOnly === true)) {
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

function toOptions(values: Values): Options {
  checkValues(values);
  const proxyPort = values['proxy-port'];
  // A proxy to the carrier's names leads to HTTPS: on a free port where none is asked for.
  const httpsPort = values['https-port'] ?? (proxyPort === undefined ? undefined : '0');
  const controlPort = values['control-port'];
  const store = values.store === IN_MEMORY ? undefined : values.store;
  return {
    host: values.host ?? DEFAULT_HOST,
    port: toPort('port', values.port ?? String(DEFAULT_PORT)),
    httpsPort: httpsPort === undefined ? undefined : toPort('https-port', httpsPort),
    proxyPort: proxyPort === undefined ? undefined : toPort('proxy-port', proxyPort),
    config: values.config,
    seed: values.seed,
    store,
    storePassword: storePassword({
      store,
      variable: values['store-password'],
      file: values['store-password-file'],
    }),
    log: oneOf(LOG_LEVELS, 'log', values.log ?? 'info'),
    logFormat: oneOf(LOG_FORMATS, 'log-format', values['log-format'] ?? 'text'),
    logSecrets: values['log-secrets'] === true,
    trustProxy: toList(values['trust-proxy']),
    controlToken: values['control-token'],
    controlPort: controlPort === undefined ? undefined : toPort('control-port', controlPort),
    controlHost: values['control-host'],
    allowHosts: toList(values['allow-host']),
    maxConnections: toMaxConnections(values['max-connections'] ?? String(DEFAULT_MAX_CONNECTIONS)),
    tlsDir: values['tls-dir'],
    tlsNames: toList(values['tls-name']),
    tlsCert: values['tls-cert'],
    tlsKey: values['tls-key'],
  };
}

/** Control tokens travel in a header, and in the commands that are printed: RFC 6750, 2.1. */
export const CONTROL_TOKEN = /^[A-Za-z0-9._~+/=-]+$/;
/** What `--store` calls the store that is there without it. */
const IN_MEMORY = 'memory';
const FOR_HTTPS_ONLY = ['tls-cert', 'tls-key', 'tls-name'] as const satisfies readonly Flag[];

function checkValues(values: Values): void {
  if ((values['tls-cert'] === undefined) !== (values['tls-key'] === undefined)) {
    throw new UsageError('--tls-cert and --tls-key go together: one of them is missing');
  }
  const isSecure = values['https-port'] !== undefined || values['proxy-port'] !== undefined;
  const idle = isSecure ? undefined : FOR_HTTPS_ONLY.find((flag) => values[flag] !== undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} does nothing without --https-port or --proxy-port`);
  if (values.seed !== undefined && (values.store ?? IN_MEMORY) !== IN_MEMORY) {
    throw new UsageError(
      `--seed draws the same ids after each start, and in --store those of the last one are there: leave one out`,
    );
  }
  if (values['control-host'] !== undefined && values['control-port'] === undefined) {
    throw new UsageError('--control-host does nothing without --control-port');
  }
  const token = values['control-token'];
  if (token !== undefined && !CONTROL_TOKEN.test(token)) {
    throw new UsageError('--control-token must be made of letters, digits and . _ ~ + / = -');
  }
}

function toPort(flag: Flag, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (port > PORT_MAX) throw new UsageError(`--${flag} must be a port from 0 to ${PORT_MAX}, found ${quote(text)}`);
  return port;
}

/** Beyond any number of files that a system lets a process open. */
export const MAX_CONNECTIONS_MAX = 1_000_000;

function toMaxConnections(text: string): number {
  const count = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MAX_CONNECTIONS_MAX) return count;
  throw new UsageError(`--max-connections must be a number from 1 to ${MAX_CONNECTIONS_MAX}, found ${quote(text)}`);
}

function oneOf<Choice extends string>(choices: readonly Choice[], flag: Flag, text: string): Choice {
  const choice = choices.find((known) => known === text);
  if (choice === undefined) {
    throw new UsageError(`--${flag} must be one of ${choices.join(', ')}, found ${quote(text)}`);
  }
  return choice;
}

function toList(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function helpText(): string {
  const width =
    Math.max(
      ...Object.values(FLAGS_OF)
        .flat()
        .map((row) => flagText(row).length),
    ) + 2;
  const rowsOf = (flags: readonly FlagRow[]) =>
    flags.map((row) => `  ${flagText(row).padEnd(width)}${row.help}`).join('\n');
  return `A simulated China Mobile cmpassport carrier: token to phone number (loginTokenValidate),
and "is this number the token's?" (tokenValidate), with every check and every documented code.

Usage: cmpassport-mock [serve] [flags]
       cmpassport-mock explain --app <file> [flags] [request]
       cmpassport-mock contract provider|consumer [flags]

serve is the carrier:

${rowsOf(FLAGS)}

explain tells without a server why a captured request is refused. The request is a file, or standard
input where there is none: a record of GET /_mock/requests, JSON of method, url, headers and body, a HAR
file, the JSON body alone, a raw HTTP message, or a curl command.

${rowsOf(EXPLAIN_FLAGS)}

contract judges a carrier by the cases of the document, or a client by what it sends: contract --help has its flags.

All:

  ${'--help, -h'.padEnd(width)}this text
  ${'--version'.padEnd(width)}the version

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

function flagText({ flag, value, variableOnly }: FlagRow): string {
  if (variableOnly === true) return variableOf(flag);
  return value === undefined ? `--${flag}` : `--${flag} <${value}>`;
}
