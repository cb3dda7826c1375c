/** Reads a curl command as the request that curl would send. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import {
  type Capture,
  commandProblem,
  pathOfLooseUrl,
  queryOf,
  shortQuote,
  splitHeader,
} from './capture.js';

const CURL = /^(?:[$#>%] +)?(?:[^\s'"]*[/\\])?curl(?:\.exe)?(?=\s)/i;

/** What an option with a value is for: its long names, each with its letter. Others are switches, which do not matter. */
const ROLES = [
  { role: 'method', names: ['request X'] },
  { role: 'url', names: ['url'] },
  { role: 'header', names: ['header H'] },
  { role: 'data', names: ['data d', 'data-ascii', 'data-binary'] },
  { role: 'dataAsIs', names: ['data-raw'] },
  { role: 'json', names: ['json'] },
  { role: 'form', names: ['form F', 'form-string', 'data-urlencode'] },
  {
    role: 'ignored',
    names: [
      'user-agent A',
      'cookie b',
      'cookie-jar c',
      'referer e',
      'user u',
      'output o',
      'output-dir',
      'write-out w',
      'max-time m',
      'connect-timeout',
      'retry',
      'retry-delay',
      'retry-max-time',
      'proxy x',
      'proxy-user U',
      'noproxy',
      'resolve',
      'connect-to',
      'interface',
      'dns-servers',
      'cert E',
      'cert-type',
      'key',
      'key-type',
      'pass',
      'cacert',
      'capath',
      'ciphers',
      'tls-max',
      'pinnedpubkey',
      'dump-header D',
      'config K',
      'upload-file T',
      'range r',
      'limit-rate',
      'trace',
      'trace-ascii',
      'stderr',
      'expect100-timeout',
      'keepalive-time',
      'max-redirs',
      'proto',
    ],
  },
] as const satisfies readonly { readonly role: string; readonly names: readonly string[] }[];
type Role = (typeof ROLES)[number]['role'];

const NAMED = ROLES.flatMap(({ role, names }) =>
  names.map((named) => {
    const [name = '', letter] = named.split(' ');
    return { name, letter, role };
  }),
);
const BY_NAME = new Map<string, Role>(NAMED.map(({ name, role }) => [name, role]));
const BY_LETTER = new Map<string, Role>(
  NAMED.flatMap(({ letter, role }) => (letter === undefined ? [] : [[letter, role]])),
);

/** The request, or the reason why the command cannot be read. undefined for a text that is no curl command. */
export function readCurl(text: string): Capture | Bilingual | undefined {
  if (!CURL.test(text)) return undefined;
  const tooLong = commandProblem(text);
  if (tooLong !== undefined) return tooLong;
  const words = shellWords(text.replace(CURL, ''));
  return 'en' in words ? words : requestOf(words);
}

function requestOf(words: readonly string[]): Capture | Bilingual {
  const end = words.indexOf('--next');
  const given = optionsIn(words.slice(0, end === -1 ? undefined : end));
  const valuesOf: ValuesOf = (...roles) =>
    given.filter(({ role }) => roles.some((one) => one === role)).map(({ value }) => value);
  return requestProblem(valuesOf) ?? toCapture(valuesOf);
}

interface GivenOption {
  readonly role: Role | 'get';
  readonly value: string;
}

/** By itself, because parseArgs() takes quadratic time for many options. */
function optionsIn(args: readonly string[]): readonly GivenOption[] {
  const given: GivenOption[] = [];
  for (let at = 0; at < args.length; at += 1) {
    if (isGet(args[at] ?? '')) given.push({ role: 'get', value: '' });
    const [option, takesNext] = optionAt(args, at);
    if (option !== undefined) given.push(option);
    if (takesNext) at += 1;
  }
  return given;
}

/** undefined for a switch. The value can be the next word. */
function optionAt(
  args: readonly string[],
  at: number,
): readonly [option: GivenOption | undefined, takesNext: boolean] {
  const arg = args[at] ?? '';
  const { role, value } = arg.startsWith('--') ? longOption(arg) : shortOption(arg);
  if (role === undefined) return [undefined, false];
  return [{ role, value: value ?? args[at + 1] ?? '' }, value === undefined];
}

interface ReadOption {
  readonly role: GivenOption['role'] | undefined;
  /** undefined if it is the next word. */
  readonly value: string | undefined;
}

function longOption(arg: string): ReadOption {
  const [name = '', ...inline] = arg.slice(2).split('=');
  return { role: BY_NAME.get(name), value: inline.length === 0 ? undefined : inline.join('=') };
}

/** Switches in one word, of which the last can have a value: `-sXPOST`. A word without a dash is the address. */
function shortOption(arg: string): ReadOption {
  if (!arg.startsWith('-') || arg === '-') return { role: 'url', value: arg };
  const { length } = switchesIn(arg);
  const value = arg.slice(length + 1);
  return { role: BY_LETTER.get(arg.charAt(length)), value: value === '' ? undefined : value };
}

/** A word of options up to the first letter that has a value. */
function switchesIn(arg: string): string {
  const end = [...arg].findIndex((letter, index) => index > 0 && BY_LETTER.has(letter));
  return end === -1 ? arg : arg.slice(0, end);
}

function isGet(arg: string): boolean {
  return arg === '--get' || (/^-[a-z]/i.test(arg) && switchesIn(arg).includes('G'));
}

type ValuesOf = (...roles: readonly GivenOption['role'][]) => readonly string[];

function requestProblem(valuesOf: ValuesOf): Bilingual | undefined {
  const file = valuesOf('data', 'json', 'header').find((value) => value.startsWith('@'));
  if (file !== undefined) {
    const name = shortQuote(file.slice(1));
    const written = shortQuote(file);
    return problem('curl.file', { name, written });
  }
  if (valuesOf('form').length > 0) return problem('curl.form');
  return valuesOf('url').length === 0 ? problem('curl.no-address') : undefined;
}

function toCapture(valuesOf: ValuesOf): Capture {
  const isInQuery = valuesOf('get').length > 0;
  const [url = ''] = valuesOf('url');
  const sent = sentBody(valuesOf);
  const methodOfBody = isInQuery || sent === undefined ? 'GET' : 'POST';
  const headers = valuesOf('header');
  const isTyped = headers.some((header) => /^\s*content-type\s*[:;]/i.test(header));
  const ownType = sent === undefined || isTyped ? [] : ['Content-Type', sent.type];
  return {
    method: valuesOf('method').at(-1) ?? methodOfBody,
    path: pathOfLooseUrl(url),
    query: queryOf(url),
    rawHeaders: [...headers.flatMap(headerOf), ...ownType],
    body: isInQuery ? '' : (sent?.body ?? ''),
  };
}

/** Several bodies are joined by `&`, those of --json without a separator. */
function sentBody(
  valuesOf: ValuesOf,
): { readonly body: string; readonly type: string } | undefined {
  const json = valuesOf('json');
  if (json.length > 0) return { body: json.join(''), type: 'application/json' };
  const data = valuesOf('data', 'dataAsIs');
  if (data.length === 0) return undefined;
  return { body: data.join('&'), type: 'application/x-www-form-urlencoded' };
}

/** A header without a value is removed; `name;` is empty. */
function headerOf(header: string): readonly string[] {
  if (!header.includes(':')) return [header.replace(/;\s*$/, ''), ''];
  const [name, value] = splitHeader(header);
  return value === '' ? [] : [name, value];
}

/** The pieces of a command, tried in this order. Pasting can add blanks after the backslash of a continued line. */
const PIECES = [
  String.raw`(?<continued>\\[ \t]*\r?\n)`,
  String.raw`(?<space>[ \t]+)`,
  // Our own commands send bytes that no argument can contain (NUL, invalid UTF-8) in this way.
  String.raw`@<\(echo (?<base64>[\w+/=]+) \| base64 -d\)`,
  String.raw`(?<end>\d*[<>]|[|;&()\r\n])`,
  "'(?<single>[^']*)'",
  String.raw`\$'(?<ansi>(?:[^'\\]|\\[\s\S])*)'`,
  String.raw`"(?<double>(?:[^"\\$${'`'}]|\\[\s\S]|\$(?![\w{(]))*)"`,
  String.raw`(?<expanded>"(?:[^"\\]|\\[\s\S])*"|\$\{?\w+\}?|\$[{(]|${'`'})`,
  String.raw`\$?(?<open>['"])`,
  String.raw`\\(?<escaped>[\s\S])`,
  String.raw`(?<plain>[^\s\\'"|;&<>()$${'`'}^]+|[\s\S])`,
];
const PIECE = new RegExp(PIECES.join('|'), 'gy');

type Groups = Readonly<Record<string, string | undefined>>;

/** The words of the first command of a POSIX shell, or the reason why it cannot be read. Nothing is expanded. */
export function shellWords(text: string): readonly string[] | Bilingual {
  const pieces = [...withoutCarets(text).matchAll(PIECE)].map(({ groups = {} }) => groups);
  const end = pieces.findIndex(({ end }) => end !== undefined);
  const own = end === -1 ? pieces : pieces.slice(0, end);
  for (const piece of own) {
    const wrong = pieceProblem(piece);
    if (wrong !== undefined) return wrong;
  }
  return wordsOf(own);
}

/**
 * At a line's end or before a quote, `^` is the escape of the Windows command line, as in "Copy as cURL (cmd)". That has no
 * single quotes, except in a text.
 */
const OF_WINDOWS = /^(?:"[^"]*"|[^'"^]|\^(?![ \t]*\r?\n|"))*\^(?:[ \t]*\r?\n|")/;

function withoutCarets(text: string): string {
  if (!OF_WINDOWS.test(text)) return text;
  return text.replace(/\^(?:[ \t]*\r?\n|([\s\S]))/g, (_, escaped = ' ') => escaped);
}

/** Adjacent texts are one word. An empty pair of quotes is a word too. */
function wordsOf(pieces: readonly Groups[]): readonly string[] {
  const words: string[] = [];
  let isOpen = false;
  for (const groups of pieces.filter(({ continued }) => continued === undefined)) {
    const isText = groups['space'] === undefined;
    if (isText) words.push((isOpen ? (words.pop() ?? '') : '') + meaningOf(groups));
    isOpen = isText;
  }
  return words;
}

function meaningOf({ base64, single, ansi, double, escaped, plain = '' }: Groups): string {
  if (base64 !== undefined) return Buffer.from(base64, 'base64').toString();
  if (ansi !== undefined) return unescapeAnsi(ansi);
  return single ?? double?.replace(/\\(?:\r?\n|([\\"$`]))/g, '$1') ?? escaped ?? plain;
}

const EXPANSION = /\$\{?\w+\}?|\$[{(]|`/;

function pieceProblem({ expanded, open }: Groups): Bilingual | undefined {
  if (expanded !== undefined) {
    const found = JSON.stringify(EXPANSION.exec(expanded)?.[0] ?? expanded);
    return problem('curl.expansion', { found });
  }
  return open === undefined ? undefined : problem('curl.open-quote', { quote: open });
}

/** A byte, a UTF-16 unit, or another escape: what browsers and this project write. */
const ANSI_ESCAPE = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([\s\S]))/g;
const ANSI_LETTERS = new Map(Object.entries({ n: '\n', t: '\t', r: '\r' }));
const HEX = 16;

/** $'…' has the escapes of C. As bytes, because several can be one character. */
function unescapeAnsi(quoted: string): string {
  const bytes = bytesOf(quoted).replace(
    ANSI_ESCAPE,
    (_, byte?: string, unit?: string, letter = '') => {
      if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, HEX));
      if (unit !== undefined) return bytesOf(String.fromCharCode(Number.parseInt(unit, HEX)));
      return ANSI_LETTERS.get(letter) ?? (/[\\'"?]/.test(letter) ? letter : `\\${letter}`);
    },
  );
  return Buffer.from(bytes, 'latin1').toString();
}

/** The UTF-8 bytes of a text, a character for each. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
