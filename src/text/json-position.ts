/** Where a text stops being JSON (RFC 8259), or one JSON object. Own code, because the messages of JSON.parse differ between Node versions. */

import { type Bilingual, joinedChinese, type Words, wordsIn } from './bilingual.js';

export interface JsonProblem {
  /** Of the first invalid character; the text's length if the text ends too early. */
  readonly offset: number;
  readonly expected: Words;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

type State =
  | 'start'
  | 'firstName'
  | 'name'
  | 'colon'
  | 'value'
  | 'firstElement'
  | 'afterMember'
  | 'afterElement'
  | 'end';
type Closer = '}' | ']';

interface Token {
  readonly pattern: RegExp;
  /** undefined after a complete value: then its container decides what may follow. */
  readonly next: State | undefined;
  readonly opens?: Closer;
  readonly closes?: true;
}

interface StateRow {
  readonly expected: Words;
  readonly tokens: readonly Token[];
}

// RFC 8259, 7: all except control characters below U+0020, the quotation mark and the backslash.
const CHARACTERS = String.raw`(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`;
const STRING = new RegExp(`"${CHARACTERS}"`, 'uy');
const STRING_HEAD = new RegExp(`"${CHARACTERS}`, 'uy');
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const JSON_WHITE_SPACE = /[ \t\r\n]*/y;
const LINE_END = /\r\n|\r|\n/g;

const OBJECT: Token = { pattern: /\{/y, next: 'firstName', opens: '}' };
const ARRAY: Token = { pattern: /\[/y, next: 'firstElement', opens: ']' };
const OBJECT_END: Token = { pattern: /\}/y, next: undefined, closes: true };
const ARRAY_END: Token = { pattern: /\]/y, next: undefined, closes: true };
const NAME: Token = { pattern: STRING, next: 'colon' };
const VALUES: readonly Token[] = [
  ...[STRING, NUMBER, LITERAL].map((pattern) => ({ pattern, next: undefined })),
  OBJECT,
  ARRAY,
];

const STATES: Readonly<Record<State, StateRow>> = {
  start: { expected: '{', tokens: [OBJECT] },
  firstName: { expected: { en: '" or }', zh: '" 或 }' }, tokens: [NAME, OBJECT_END] },
  name: { expected: '"', tokens: [NAME] },
  colon: { expected: ':', tokens: [{ pattern: /:/y, next: 'value' }] },
  value: { expected: { en: 'a value', zh: '一个值' }, tokens: VALUES },
  firstElement: {
    expected: { en: 'a value or ]', zh: '一个值或 ]' },
    tokens: [...VALUES, ARRAY_END],
  },
  afterMember: {
    expected: { en: ', or }', zh: ', 或 }' },
    tokens: [{ pattern: /,/y, next: 'name' }, OBJECT_END],
  },
  afterElement: {
    expected: { en: ', or ]', zh: ', 或 ]' },
    tokens: [{ pattern: /,/y, next: 'value' }, ARRAY_END],
  },
  end: { expected: { en: 'the end of the text', zh: '结尾' }, tokens: [] },
};

/** undefined if the text is one JSON object. */
export function jsonObjectProblem(text: string): JsonProblem | undefined {
  return problemFrom('start', text);
}

/** The place of the mistake in a text that is not JSON. */
export function jsonMistake(text: string): Bilingual {
  const { offset, expected } = problemFrom('value', text) ?? { offset: text.length, expected: '' };
  const { line, column } = positionOf(text, offset);
  const [found] = text.slice(offset, offset + 2);
  const en = found === undefined ? 'found the end' : `found “${found}”`;
  const zh = found === undefined ? '实际已到结尾' : `实际为“${found}”`;
  // In words, because the sentence also has quotes.
  const needed: Bilingual = {
    en: wordsIn(expected, 'en').replace('"', 'a double quote'),
    zh: wordsIn(expected, 'zh').replace(/" ?/, '双引号'),
  };
  return {
    en: `line ${line}, column ${column}: expected ${needed.en}, ${en}`,
    zh: `第 ${line} 行第 ${column} 列${joinedChinese('应为', needed.zh)}，${zh}`,
  };
}

function problemFrom(first: 'start' | 'value', text: string): JsonProblem | undefined {
  const open: Closer[] = [];
  let state: State = first;
  let offset = endOf(JSON_WHITE_SPACE, text, 0) ?? 0;
  while (offset < text.length) {
    const read = readToken(text, offset, STATES[state]);
    if ('problem' in read) return read.problem;
    const { opens, closes, next } = read.token;
    if (opens !== undefined) open.push(opens);
    if (closes) open.pop();
    state = next ?? stateAfterValue(open.at(-1));
    offset = endOf(JSON_WHITE_SPACE, text, read.end) ?? read.end;
  }
  return state === 'end' ? undefined : { offset, expected: STATES[state].expected };
}

type Read = { readonly token: Token; readonly end: number } | { readonly problem: JsonProblem };

function readToken(text: string, offset: number, { expected, tokens }: StateRow): Read {
  for (const token of tokens) {
    const end = endOf(token.pattern, text, offset);
    if (end !== undefined) return { token, end };
  }
  const takesStrings = tokens.some(({ pattern }) => pattern === STRING);
  const stringEnd = takesStrings ? endOf(STRING_HEAD, text, offset) : undefined;
  return {
    problem: stringEnd === undefined ? { offset, expected } : { offset: stringEnd, expected: '"' },
  };
}

function stateAfterValue(closer: Closer | undefined): State {
  if (closer === undefined) return 'end';
  return closer === '}' ? 'afterMember' : 'afterElement';
}

/** The end of a match that begins at the offset. */
function endOf(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(LINE_END);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
