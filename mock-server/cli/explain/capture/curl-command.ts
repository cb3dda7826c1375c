/** Reads a curl command as the request that curl would send. */
import type { Capture } from './capture.js';
import { pathOfLooseUrl, queryOf } from './path.js';
import { shellWords } from './shell-words.js';
import { shortQuote } from './short-quote.js';

const CURL = /^(?:[$#>%] +)?(?:[^\s'"]*[/\\])?curl(?:\.exe)?(?=\s)/i;

type Role =
  | 'method'
  | 'url'
  | 'header'
  | 'data'
  | 'dataAsIs'
  | 'dataEncoded'
  | 'json'
  | 'form'
  | 'get'
  | 'head'
  | 'ignored';

interface OptionRow {
  readonly names: readonly string[];
  readonly role: Role;
  readonly takesValue: boolean;
}

function withValue(role: Role, names: string): OptionRow {
  return { names: names.split(' '), role, takesValue: true };
}

/** The options that affect the request, and other options with a value. All others are ignored as switches. */
const OPTIONS: readonly OptionRow[] = [
  withValue('method', '-X --request'),
  withValue('url', '--url'),
  withValue('header', '-H --header'),
  withValue('data', '-d --data --data-ascii --data-binary'),
  withValue('dataAsIs', '--data-raw'),
  withValue('dataEncoded', '--data-urlencode'),
  withValue('json', '--json'),
  withValue('form', '-F --form --form-string'),
  { names: ['-G', '--get'], role: 'get', takesValue: false },
  { names: ['-I', '--head'], role: 'head', takesValue: false },
  withValue('ignored', '-A --user-agent -b --cookie -c --cookie-jar -e --referer -u --user -o --output --output-dir'),
  withValue('ignored', '-w --write-out -m --max-time --connect-timeout --retry --retry-delay --retry-max-time'),
  withValue('ignored', '-x --proxy --proxy-user -U --noproxy --resolve --connect-to --interface --dns-servers'),
  withValue(
    'ignored',
    '-E --cert --cert-type --key --key-type --pass --cacert --capath --ciphers --tls-max --pinnedpubkey',
  ),
  withValue('ignored', '-D --dump-header -K --config -T --upload-file -r --range -Y -y -z -C -t -Q -P --limit-rate'),
  withValue('ignored', '--trace --trace-ascii --stderr --expect100-timeout --keepalive-time --max-redirs --proto'),
];
const NEXT = '--next';

interface Argument {
  readonly role: Role;
  readonly value: string;
}

export function isCurl(text: string): boolean {
  return CURL.test(text);
}

/** The request, or a sentence with the reason why the command cannot be read. */
export function readCurl(text: string): Capture | string {
  const words = shellWords(text.replace(CURL, ''));
  if (typeof words === 'string') return `is a curl command that ${words}`;
  const args = argumentsIn(words);
  const problem = problemOf(args);
  return problem === undefined ? toCapture(args) : `is a curl command ${problem}`;
}

function argumentsIn(words: readonly string[]): readonly Argument[] {
  const args: Argument[] = [];
  // Reversed, because removing the first item of a long list moves all others.
  const remaining = words.toReversed();
  for (let word = remaining.pop(); word !== undefined && word !== NEXT; word = remaining.pop()) {
    if (word === '--') for (const url of remaining.splice(0).reverse()) args.push(toUrl(url));
    else if (word.startsWith('-') && word !== '-') args.push(...argumentsOf(word, remaining));
    else args.push(toUrl(word));
  }
  return args;
}

function toUrl(value: string): Argument {
  return { role: 'url', value };
}

/** A value that is not attached to its option is the next word, which is the last of `remaining`. */
function argumentsOf(word: string, remaining: string[]): readonly Argument[] {
  const { switches, last, attached } = splitOption(word);
  const args = switches.map(({ role }) => ({ role, value: '' }));
  if (last === undefined) return args;
  return [...args, { role: last.role, value: attached === '' ? (remaining.pop() ?? '') : attached }];
}

interface SplitOption {
  readonly switches: readonly OptionRow[];
  /** The option that takes a value. */
  readonly last: OptionRow | undefined;
  readonly attached: string;
}

/** `--data`, or several letters in one word, the last with an attached value: `-sXPOST`. */
function splitOption(word: string): SplitOption {
  const letters = word.startsWith('--') ? [word] : Array.from(word.slice(1), (letter) => `-${letter}`);
  const rows = letters.map((name) => OPTIONS.find(({ names }) => names.includes(name)));
  const end = rows.findIndex((row) => row?.takesValue === true);
  const switches = rows.slice(0, end === -1 ? undefined : end).filter((row) => row !== undefined);
  if (end === -1) return { switches, last: undefined, attached: '' };
  return { switches, last: rows[end], attached: word.startsWith('--') ? '' : word.slice(end + 2) };
}

function valuesOf(args: readonly Argument[], ...roles: readonly Role[]): readonly string[] {
  return args.filter(({ role }) => roles.includes(role)).map(({ value }) => value);
}

function problemOf(args: readonly Argument[]): string | undefined {
  const file = valuesOf(args, 'data', 'json', 'header').find((value) => value.startsWith('@'));
  if (file !== undefined) {
    return `that sends the file ${shortQuote(file.slice(1))}, whose content is missing: replace ${shortQuote(file)} by the content`;
  }
  if (valuesOf(args, 'form').length > 0) {
    return 'that sends a form (-F, multipart/form-data): the carrier accepts one JSON object, sent with -d';
  }
  if (valuesOf(args, 'dataEncoded').some((value) => /^[^=]*@/.test(value))) {
    return 'that encodes a file (--data-urlencode), whose content is missing: replace the file by its content';
  }
  return valuesOf(args, 'url').length === 0 ? 'without an address' : undefined;
}

function toCapture(args: readonly Argument[]): Capture {
  const [url = ''] = valuesOf(args, 'url');
  const body = bodyOf(args);
  const inQuery = valuesOf(args, 'get').length > 0;
  return {
    method: methodOf(args),
    path: pathOfLooseUrl(url),
    ...queryOf(url),
    rawHeaders: headersOf(args),
    body: inQuery ? '' : (body ?? ''),
    clientIp: undefined,
    atMs: undefined,
  };
}

function methodOf(args: readonly Argument[]): string {
  const named = valuesOf(args, 'method').at(-1);
  if (named !== undefined) return named;
  if (valuesOf(args, 'head').length > 0) return 'HEAD';
  return valuesOf(args, 'get').length === 0 && bodyOf(args) !== undefined ? 'POST' : 'GET';
}

/** Several bodies are joined by `&`, those of --json without a separator. */
function bodyOf(args: readonly Argument[]): string | undefined {
  const json = valuesOf(args, 'json');
  if (json.length > 0) return json.join('');
  const parts = args.flatMap(({ role, value }) => {
    if (role === 'dataEncoded') return [urlEncoded(value)];
    return role === 'data' || role === 'dataAsIs' ? [value] : [];
  });
  return parts.length === 0 ? undefined : parts.join('&');
}

/** `name=content` or `content`. Only the content is encoded. */
function urlEncoded(value: string): string {
  const at = value.indexOf('=');
  const name = at > 0 ? value.slice(0, at + 1) : '';
  return name + encodeURIComponent(value.slice(at + 1).toWellFormed());
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The headers of -H, and the Content-Type that curl adds by default. A header without a value is removed. */
function headersOf(args: readonly Argument[]): readonly string[] {
  const named = valuesOf(args, 'header').map(splitHeader);
  const isNamed = named.some(({ name }) => name.toLowerCase() === 'content-type');
  const added = isNamed || bodyOf(args) === undefined ? [] : ['Content-Type', defaultType(args)];
  return [...named.flatMap(({ name, value }) => (value === undefined ? [] : [name, value])), ...added];
}

function defaultType(args: readonly Argument[]): string {
  return valuesOf(args, 'json').length > 0 ? JSON_TYPE : FORM_TYPE;
}

function splitHeader(header: string): { readonly name: string; readonly value: string | undefined } {
  const at = header.indexOf(':');
  if (at === -1) return { name: header.replace(/;\s*$/, ''), value: '' };
  const value = header.slice(at + 1).trim();
  return { name: header.slice(0, at).trim(), value: value === '' ? undefined : value };
}
