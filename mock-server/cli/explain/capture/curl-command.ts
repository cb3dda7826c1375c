/** Reads a curl command as the request that curl would send. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { type Capture, pathOfLooseUrl, queryOf, shortQuote } from './capture.js';
import { shellWords } from './shell-words.js';

const CURL = /^(?:[$#>%] +)?(?:[^\s'"]*[/\\])?curl(?:\.exe)?(?=\s)/i;

type Role = 'method' | 'url' | 'header' | 'data' | 'dataAsIs' | 'json' | 'form' | 'get' | 'ignored';

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
  withValue('json', '--json'),
  withValue('form', '-F --form --form-string --data-urlencode'),
  { names: ['-G', '--get'], role: 'get', takesValue: false },
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

/** The request, or the reason why the command cannot be read. */
export function readCurl(text: string): Capture | Bilingual {
  const words = shellWords(text.replace(CURL, ''));
  if ('en' in words) return inCurl(words);
  const args = argumentsIn(words);
  const problem = problemOf(args);
  return problem === undefined ? toCapture(args) : inCurl(problem);
}

function inCurl({ en, zh }: Bilingual): Bilingual {
  return { en: `is a curl command that ${en}`, zh: `是 curl 命令，但${zh}` };
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

const SENDS_FORM: Bilingual = {
  en: 'sends a form (-F or --data-urlencode): the carrier accepts one JSON object, sent with -d',
  zh: '发送的是表单（-F 或 --data-urlencode）：移动认证平台只接受一个 JSON 对象，请用 -d 发送',
};
const NO_ADDRESS: Bilingual = { en: 'has no address: add it', zh: '没有地址：请补上' };

function problemOf(args: readonly Argument[]): Bilingual | undefined {
  const file = valuesOf(args, 'data', 'json', 'header').find((value) => value.startsWith('@'));
  if (file !== undefined) return sendsFile(file);
  if (valuesOf(args, 'form').length > 0) return SENDS_FORM;
  return valuesOf(args, 'url').length === 0 ? NO_ADDRESS : undefined;
}

function sendsFile(value: string): Bilingual {
  const [name, written] = [shortQuote(value.slice(1)), shortQuote(value)];
  return {
    en: `sends the file ${name}, whose content is missing: replace ${written} by the content`,
    zh: `发送的是文件 ${name}，而命令里没有它的内容：请把 ${written} 换成文件的内容`,
  };
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
  return valuesOf(args, 'get').length === 0 && bodyOf(args) !== undefined ? 'POST' : 'GET';
}

/** Several bodies are joined by `&`, those of --json without a separator. */
function bodyOf(args: readonly Argument[]): string | undefined {
  const json = valuesOf(args, 'json');
  if (json.length > 0) return json.join('');
  const parts = valuesOf(args, 'data', 'dataAsIs');
  return parts.length === 0 ? undefined : parts.join('&');
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** The headers of -H, and the Content-Type that curl adds by default. A header without a value is removed. */
function headersOf(args: readonly Argument[]): readonly string[] {
  const named = valuesOf(args, 'header').map(splitHeader);
  const isNamed = named.some(({ name }) => name.toLowerCase() === 'content-type');
  const type = valuesOf(args, 'json').length > 0 ? JSON_TYPE : FORM_TYPE;
  const added = isNamed || bodyOf(args) === undefined ? [] : ['Content-Type', type];
  return [...named.flatMap(({ name, value }) => (value === undefined ? [] : [name, value])), ...added];
}

function splitHeader(header: string): { readonly name: string; readonly value: string | undefined } {
  const at = header.indexOf(':');
  if (at === -1) return { name: header.replace(/;\s*$/, ''), value: '' };
  const value = header.slice(at + 1).trim();
  return { name: header.slice(0, at).trim(), value: value === '' ? undefined : value };
}
