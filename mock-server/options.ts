/** The flags of the command line and the environment variables of the same names. */
import { parseArgs } from 'node:util';
import { editDistance, quote } from './schema-problem.js';
import { UsageError } from './usage-error.js';

export const LOG_LEVELS = ['silent', 'error', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Options {
  readonly host: string;
  readonly port: number;
  readonly httpsPort: number | undefined;
  readonly config: string | undefined;
  readonly seed: string | undefined;
  readonly log: LogLevel;
  readonly trustProxy: readonly string[];
  readonly controlToken: string | undefined;
  readonly tlsDir: string | undefined;
  readonly tlsNames: readonly string[];
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
}

interface FlagRow {
  readonly flag: string;
  readonly value: string;
  readonly help: string;
}

/** 10086 is China Mobile's own number; nothing else is known to listen there. */
export const DEFAULT_PORT = 10086;
export const DEFAULT_HOST = '127.0.0.1';

const FLAGS = [
  { flag: 'port', value: 'n', help: `HTTP port, 0 picks a free one (default ${DEFAULT_PORT})` },
  {
    flag: 'host',
    value: 'address',
    help: `address to listen on (default ${DEFAULT_HOST}); beyond loopback, an app without a whitelist of its own admits anybody`,
  },
  { flag: 'https-port', value: 'n', help: 'serve HTTPS as well, 0 picks a free port' },
  { flag: 'tls-dir', value: 'dir', help: 'where the local CA is kept (default ~/.cmpassport-mock/tls)' },
  { flag: 'tls-name', value: 'names', help: 'further names or addresses for the certificate, separated by commas' },
  { flag: 'tls-cert', value: 'file', help: 'your own certificate (PEM) in place of the local CA; with --tls-key' },
  { flag: 'tls-key', value: 'file', help: 'its private key (PEM)' },
  { flag: 'config', value: 'file', help: 'apps, subscribers, lifetimes and readings (JSON); a change is picked up' },
  { flag: 'seed', value: 'text', help: 'draw ids, tokens and credentials from this seed: the same each time' },
  { flag: 'log', value: 'level', help: `${LOG_LEVELS.join(', ')} (default info)` },
  {
    flag: 'trust-proxy',
    value: 'addresses',
    help: 'proxies whose X-Forwarded-For is believed: addresses, CIDR blocks or loopback, separated by commas',
  },
  { flag: 'control-token', value: 'text', help: 'ask for this token on the control API' },
] as const satisfies readonly FlagRow[];

type Flag = (typeof FLAGS)[number]['flag'];
type Values = Readonly<Partial<Record<Flag, string>>>;
type Environment = Readonly<Record<string, string | undefined>>;

export type Command =
  | { readonly kind: 'serve'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

const PORT_MAX = 65_535;
const TYPO_DISTANCE_MAX = 2;

/** What the arguments ask for; a flag wins over its variable. Throws a UsageError that names the flag. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  const { values, positionals } = parse(argv);
  if (values['help'] === true) return { kind: 'help' };
  if (values['version'] === true) return { kind: 'version' };
  const [command = 'serve', ...rest] = positionals;
  if (command !== 'serve')
    throw new UsageError(`unknown command ${quote(command)}: the only one is serve (see --help)`);
  if (rest.length > 0) throw new UsageError(`serve takes flags only, found ${quote(rest[0])} (see --help)`);
  return { kind: 'serve', options: toOptions({ ...fromEnvironment(env), ...(values as Values) }) };
}

function parse(argv: readonly string[]) {
  const strings = Object.fromEntries(FLAGS.map(({ flag }) => [flag, { type: 'string' as const }]));
  const options = { ...strings, help: { type: 'boolean' as const, short: 'h' }, version: { type: 'boolean' as const } };
  const unknown = argv.find((arg) => arg.startsWith('--') && !((arg.slice(2).split('=')[0] ?? '') in options));
  if (unknown !== undefined && unknown !== '--') throw unknownFlag(unknown, Object.keys(options));
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message.split('\n')[0] : error} (see --help)`);
  }
}

function unknownFlag(arg: string, flags: readonly string[]): UsageError {
  const [name = ''] = arg.slice(2).split('=');
  const near = flags.find((flag) => editDistance(flag, name) <= TYPO_DISTANCE_MAX);
  return new UsageError(`unknown flag --${name}${near === undefined ? '' : `, did you mean --${near}?`} (see --help)`);
}

function fromEnvironment(env: Environment): Values {
  return Object.fromEntries(
    FLAGS.flatMap(({ flag }) => {
      const value = env[variableOf(flag)];
      return value === undefined || value === '' ? [] : [[flag, value]];
    }),
  );
}

function variableOf(flag: Flag): string {
  return `CMPASSPORT_${flag.toUpperCase().replaceAll('-', '_')}`;
}

function toOptions(values: Values): Options {
  checkValues(values);
  const httpsPort = values['https-port'];
  return {
    host: values.host ?? DEFAULT_HOST,
    port: toPort('port', values.port ?? String(DEFAULT_PORT)),
    httpsPort: httpsPort === undefined ? undefined : toPort('https-port', httpsPort),
    config: values.config,
    seed: values.seed,
    log: toLogLevel(values.log ?? 'info'),
    trustProxy: toList(values['trust-proxy']),
    controlToken: values['control-token'],
    tlsDir: values['tls-dir'],
    tlsNames: toList(values['tls-name']),
    tlsCert: values['tls-cert'],
    tlsKey: values['tls-key'],
  };
}

/** Control tokens travel in a header, and in the commands that are printed: RFC 6750, 2.1. */
const CONTROL_TOKEN = /^[A-Za-z0-9._~+/=-]+$/;
const FOR_HTTPS_ONLY = ['tls-cert', 'tls-key', 'tls-name'] as const satisfies readonly Flag[];

function checkValues(values: Values): void {
  const empty = FLAGS.find(({ flag }) => values[flag] === '');
  if (empty !== undefined) throw new UsageError(`--${empty.flag} needs a value, found "" (see --help)`);
  if ((values['tls-cert'] === undefined) !== (values['tls-key'] === undefined)) {
    throw new UsageError('--tls-cert and --tls-key go together: one of them is missing');
  }
  const idle = FOR_HTTPS_ONLY.find((flag) => values[flag] !== undefined && values['https-port'] === undefined);
  if (idle !== undefined) throw new UsageError(`--${idle} does nothing without --https-port`);
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

function toLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text);
  if (level === undefined) throw new UsageError(`--log must be one of ${LOG_LEVELS.join(', ')}, found ${quote(text)}`);
  return level;
}

function toList(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function helpText(): string {
  const width = Math.max(...FLAGS.map((row) => flagText(row).length)) + 2;
  const rows = FLAGS.map((row) => `  ${flagText(row).padEnd(width)}${row.help}`);
  return `A simulated China Mobile cmpassport carrier: token to phone number (loginTokenValidate),
and "is this number the token's?" (tokenValidate), with every check and every documented code.

Usage: cmpassport-mock [serve] [flags]

${rows.join('\n')}
  ${'--help, -h'.padEnd(width)}this text
  ${'--version'.padEnd(width)}the version

Each flag can be given as an environment variable: --https-port is CMPASSPORT_HTTPS_PORT.

Examples:
  cmpassport-mock                                   the carrier on http://${DEFAULT_HOST}:${DEFAULT_PORT}
  cmpassport-mock --https-port 10443                the same, and HTTPS for www.cmpassport.com
  cmpassport-mock --config mock.json --log debug    your own apps, one line a request

Exit status: 0 when stopped by SIGTERM or SIGINT, 2 for a mistake in flags or configuration.
`;
}

function flagText({ flag, value }: FlagRow): string {
  return `--${flag} <${value}>`;
}
