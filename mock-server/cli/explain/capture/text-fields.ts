/** Finds names with their values in any text, and the brackets that hold them: JSON, maps, records, dumps of any language, or no brackets. */
import { PARTS, type Part } from '../../../../src/protocol/fields.js';
import { isKnown, partNamed } from './known-names.js';

export interface TextField {
  /** The last part of a name with dots. */
  readonly name: string;
  /** The object of the body, if the name says it: `header.appId`. */
  readonly part: Part | undefined;
  readonly value: string;
  /** The quote around the value; empty for a bare value. */
  readonly quote: string;
  /** The name in its quotes, and the separator: fields of one object are written in one way. */
  readonly style: string;
  /** The text ends inside the value. */
  readonly isOpen: boolean;
}

/** A name whose value is only read if its object turns out to be a request. */
interface OtherName {
  readonly name: string;
  readonly style: string;
  readonly valueAt: number;
}

/** The fields between two brackets; those outside of all brackets have none. */
export interface Holder {
  /** Empty without brackets. */
  readonly bracket: string;
  /** The name before the bracket. */
  readonly key: string | undefined;
  /** Of the bracket; without one, of the first value. */
  start: number;
  /** After the closing bracket. undefined if the text ends before. */
  end: number | undefined;
  fields: TextField[];
  others: OtherName[];
  parts: (readonly [part: Part, holder: Holder])[];
  /** It holds the fields of several requests, so its text is none. */
  isSplit: boolean;
  /** Whether it has braces, or is inside of braces. */
  readonly isInBraces: boolean;
  readonly isOutermost: boolean;
}

export interface Scanned {
  /** In the order of the text; of a body with two objects, the object around them. */
  readonly holders: readonly Holder[];
  /** The outermost braces. */
  readonly objects: readonly (readonly [start: number, end: number])[];
}

interface Scan {
  readonly text: string;
  readonly stack: Holder[];
  readonly holders: Holder[];
  readonly objects: (readonly [start: number, end: number])[];
  /** The name before the next bracket, and its end. */
  pending: { readonly name: string; readonly end: number } | undefined;
}

const NAME = String.raw`([A-Za-z_@$][\w.$-]{0,60})`;
/** `["name"] =>`, or `name:`, or a bracket. A name inside a word is none. */
const TOKEN = new RegExp(
  [
    `\\[(["']?)${NAME}\\1\\]\\s*=>?`,
    `(["'\`]|(?<![\\w.$-]))${NAME}\\3[ \\t]*(=>|[:=：|])`,
    '([{[(])',
    '([}\\])])',
  ].join('|'),
  'g',
);

/** Each character is read a bounded number of times. */
export function scanText(text: string): Scanned {
  const root = newHolder({ bracket: '', key: undefined, start: 0 }, false);
  const scan: Scan = { text, stack: [root], holders: [], objects: [], pending: undefined };
  const token = new RegExp(TOKEN);
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [, indexQuote, index, quote, name, separator, opening, closing] = found;
    const end = token.lastIndex;
    if (opening !== undefined) open(scan, opening, found.index);
    else if (closing !== undefined) close(scan, closing, end);
    else {
      const style = `${indexQuote ?? quote ?? ''}${separator ?? '=>'}`;
      token.lastIndex = addName(scan, { name: index ?? name ?? '', style, valueAt: end });
    }
  }
  while (scan.stack.length > 0) finish(scan, undefined);
  return { holders: scan.holders.toSorted((a, b) => a.start - b.start), objects: scan.objects };
}

function newHolder(
  made: Pick<Holder, 'bracket' | 'key' | 'start'>,
  isAroundInBraces: boolean,
): Holder {
  const isInBraces = isAroundInBraces || made.bracket === '{';
  // Without spreads and maps: a log has millions of brackets.
  return {
    bracket: made.bracket,
    key: made.key,
    start: made.start,
    end: undefined,
    fields: [],
    others: [],
    parts: [],
    isSplit: false,
    isInBraces,
    isOutermost: isInBraces && !isAroundInBraces,
  };
}

// Between a name and its bracket there can be a type: `req=&main.Request{`, `"body": "{`, `[header] => Array (`.
const TYPE_LENGTH_MAX = 60;
const TYPE = /^(?:[^\n,;{}()[\]]|\n[ \t]*$)*$/;

function open(scan: Scan, bracket: string, start: number): void {
  const { text, stack, pending } = scan;
  const between = pending === undefined ? TYPE_LENGTH_MAX : start - pending.end;
  const hasKey = between < TYPE_LENGTH_MAX && TYPE.test(text.slice(start - between, start));
  const key = hasKey ? pending?.name : undefined;
  stack.push(newHolder({ bracket, key, start }, stack.at(-1)?.isInBraces === true));
  scan.pending = undefined;
}

const OPENING = new Map([
  ['}', '{'],
  [')', '('],
  [']', '['],
]);
// Brackets of a log line may be left open, but not many.
const LEFT_OPEN_MAX = 8;

/** A bracket that was not opened is no bracket. */
function close(scan: Scan, closing: string, end: number): void {
  const { stack } = scan;
  const near = stack.slice(-LEFT_OPEN_MAX);
  const at = near.findLastIndex(({ bracket }) => bracket === OPENING.get(closing));
  if (at === -1) return;
  for (let left = near.length - 1; left > at; left -= 1) finish(scan, undefined);
  finish(scan, end);
}

/** Takes the innermost holder from the stack: it is a part of the one around it, or a request, or nothing. */
function finish(scan: Scan, end: number | undefined): void {
  const { stack, holders, objects } = scan;
  const holder = stack.pop();
  if (holder === undefined) return;
  holder.end = end;
  if (holder.isOutermost && end !== undefined) objects.push([holder.start, end]);
  const part = partNamed(holder.key);
  const around = stack.at(-1);
  if (part !== undefined && around !== undefined) {
    if (around.parts.some(([name]) => name === part)) split(scan, around);
    around.parts.push([part, holder]);
  } else if (holder.fields.length > 0 || holder.parts.length > 0) holders.push(holder);
}

// The values of a log message or of a whole body are read as text with fields in it.
const HOLDS_TEXT = ['message', ...PARTS];
// No request has so many fields, but a log has more names.
const OTHERS_MAX = 64;

/** Returns the position where the text continues. */
function addName(scan: Scan, named: OtherName): number {
  const { valueAt, style } = named;
  const names = named.name.split('.');
  const name = names.at(-1) ?? '';
  scan.pending = { name, end: valueAt };
  const holder = scan.stack.at(-1);
  const isField = isKnown(name) && !HOLDS_TEXT.includes(name);
  const read = isField ? valueIn(scan.text, valueAt) : undefined;
  if (holder === undefined || read === undefined) {
    if (holder !== undefined && !isField) addOther(holder, { ...named, name });
    return valueAt;
  }
  const { end, ...value } = read;
  addField(scan, holder, {
    field: { name, part: partNamed(names.at(-2)), style, ...value },
    valueAt,
  });
  return end;
}

function addOther({ bracket, others }: Holder, other: OtherName): void {
  if (bracket !== '' && others.length < OTHERS_MAX) others.push(other);
}

/** The same name with another value is of the next request. */
function addField(
  scan: Scan,
  holder: Holder,
  { field, valueAt }: { readonly field: TextField; readonly valueAt: number },
): void {
  const same = holder.fields.find((one) => isSameName(one, field));
  if (same?.value === field.value) return;
  if (same !== undefined) split(scan, holder);
  const isStart = holder.fields.length === 0 && (holder.bracket === '' || holder.isSplit);
  if (isStart) holder.start = valueAt;
  holder.fields.push(field);
}

function isSameName(one: TextField, other: TextField): boolean {
  return one.name.toLowerCase() === other.name.toLowerCase() && one.part === other.part;
}

/** The fields so far are of one request. */
function split({ holders }: Scan, holder: Holder): void {
  holders.push({ ...holder, isSplit: true });
  holder.fields = [];
  holder.others = [];
  holder.parts = [];
  holder.isSplit = true;
}

type ReadValue = Pick<TextField, 'value' | 'quote' | 'isOpen'> & { readonly end: number };

/** A value that stands for another one, in the brackets of a template or of a mask. */
const STANDS_FOR =
  /[ \t]*(\$?\{\{?[\w .-]{1,40}\}\}?|\[[A-Za-z][\w *-]{1,40}\]|<[A-Za-z][\w -]{1,40}>)/y;
/** With the types that PHP, Go, Python, Swift and Rust print. */
const START_OF_QUOTED =
  /(?:\s*string\(\d+\)\s*|[ \t]*(?:\(string\) \(len=\d+\) |Optional\(|Some\(|[bu])?)(["'`])/y;
const BARE = /([ \t]*)([^\s,;&"'`(){}[\]<>，；]*)/y;
const BRACKETS = ['{', '[', '('];
const NAME_AT_START = /^([A-Za-z_]\w{0,60})[:=]/;

/** undefined if a bracket follows. */
function valueIn(text: string, at: number): ReadValue | undefined {
  const quoted = matchAt(START_OF_QUOTED, text, at);
  if (quoted !== undefined) {
    const read = quotedIn(text, quoted.end, quoted.groups[0] ?? '"');
    // `Some("value")`
    const isInBrackets = text[quoted.end - 2] === '(' && text[read.end] === ')';
    return isInBrackets ? { ...read, end: read.end + 1 } : read;
  }
  const other = matchAt(STANDS_FOR, text, at);
  if (other !== undefined)
    return { value: other.groups[0] ?? '', quote: '', isOpen: false, end: other.end };
  return bareIn(text, at);
}

function bareIn(text: string, at: number): ReadValue | undefined {
  const { groups: [blanks, value = ''] = [], end = at } = matchAt(BARE, text, at) ?? {};
  if (value === '' && BRACKETS.includes(text.charAt(end))) return undefined;
  // `expandparams= token=x`: the next field, not the value.
  const isNext = blanks !== '' && isKnown(NAME_AT_START.exec(value)?.[1] ?? '');
  if (isNext) return { value: '', quote: '', isOpen: false, end: at };
  return { value, quote: '', isOpen: end === text.length, end };
}

function matchAt(sticky: RegExp, text: string, at: number) {
  sticky.lastIndex = at;
  const found = sticky.exec(text);
  return found === null ? undefined : { groups: found.slice(1), end: sticky.lastIndex };
}

/** A value has no line break: without its quote, it ends with the line. */
function quotedIn(text: string, start: number, quote: string): ReadValue {
  let at = start;
  while (at < text.length && text[at] !== quote && text[at] !== '\n')
    at += text[at] === '\\' ? 2 : 1;
  const isClosed = text[at] === quote;
  const value = unescaped(text.slice(start, at));
  return { value, quote, isOpen: !isClosed, end: isClosed ? at + 1 : Math.min(at, text.length) };
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g;
const LETTERS = new Map(Object.entries({ n: '\n', r: '\r', t: '\t' }));
const HEX = 16;

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, unit: string | undefined, letter = '') =>
    unit === undefined
      ? (LETTERS.get(letter) ?? letter)
      : String.fromCharCode(Number.parseInt(unit, HEX)),
  );
}

/** The names that no operation has, written like those that are known. */
export function otherFields(text: string, { fields, others }: Holder): readonly TextField[] {
  const style = fields[0]?.style;
  return others
    .filter((one) => one.style === style)
    .flatMap(({ name, valueAt }) => {
      const read = valueIn(text, valueAt);
      if (read === undefined || style === undefined) return [];
      const { end: _, ...value } = read;
      return [{ name, part: undefined, style, ...value }];
    });
}
