/** What logs, pages and programs do to a text that they show, and how it is undone. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { urlDecoded } from '../../../../src/text/url-decoded.js';
import { isKnown, KNOWN_NAMES } from './known-names.js';

export interface Wrapping {
  readonly words: Bilingual;
  /** What follows or precedes the name of a field in such a text. */
  readonly shows: RegExp;
  readonly undo: (text: string) => string;
}

/** A name of a field, with what is around it. */
function around(before: string, after: string): RegExp {
  return new RegExp(`${before}(?:${KNOWN_NAMES})${after}`, 'i');
}

const HEX = 16;

const ENTITIES = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['ldquo', '"'],
  ['rdquo', '"'],
]);
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,5}));/gi;
const CODE_POINT_MAX = 0x10ffff;
/** The cells of a table are name and value; other tags end a line. */
const CELLS = /<\/t[dh]>\s{0,99}<t[dh][^<>]{0,200}>/gi;
const TAG = /<\/?[a-z][^<>]{0,200}>/gi;

function withoutEntities(text: string): string {
  return text.replace(ENTITY, (all, hex?: string, decimal?: string, name = '') => {
    const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : HEX);
    if (Number.isNaN(code)) return ENTITIES.get(name.toLowerCase()) ?? all;
    return code > CODE_POINT_MAX ? all : String.fromCodePoint(code);
  });
}

/** Several bytes can be one character. */
const BYTES = /(?:\\x[0-9a-f]{2})+/gi;
const RUN = /[^\s"'<>]+/g;
const ENCODED = /%(?:22|25|27|3A|3D|7B|5C)/i;
const PERCENT_BYTES = /(?:%[0-9a-f]{2})+/gi;

/** As in a form, where a plus is a space. */
function withoutPercents(run: string): string {
  return run.replaceAll('+', ' ').replace(PERCENT_BYTES, (bytes) => urlDecoded(bytes));
}

const JSON_ESCAPE = /\\(?:u([0-9a-f]{4})|([\s\S]))/gi;
const LETTERS = new Map(Object.entries({ n: '\n', r: '\r', t: '\t' }));
const BASE64_OF_JSON = /\b(?:eyJ|eyA|ewo|ewk|ew0)[\w+/-]{60,}={0,2}/g;

/** Characters that a terminal or a chat adds, and white space that is not white space in JSON. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal begin with one
  /\u001b\[[\d;]{0,20}[A-Za-z]|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g;
const OTHER_SPACE = /[\u00a0\u2000-\u200a\u202f\u3000]/g;

const QUOTES = [
  [/[“”„‟″＂«»]/g, '"'],
  [/[‘’‚‛′＇]/g, "'"],
  [/｛/g, '{'],
  [/｝/g, '}'],
  [/，(?=\s{0,9}["'])/g, ','],
] as const;

/** In the order of the attempts: the outermost first. */
export const WRAPPINGS: readonly Wrapping[] = [
  {
    words: { en: 'HTML (&quot;)', zh: 'HTML 转义（&quot;）' },
    shows: around(
      '(?:&amp;)?',
      '(?:&(?:amp;)?(?:quot|apos|#0*3[49]|#x0*2[27]|rdquo);|\\s{0,9}</t[dh]>)',
    ),
    undo: (text) => withoutEntities(text.replace(CELLS, '|').replace(TAG, '\n')),
  },
  {
    words: { en: 'HTML (&amp;)', zh: 'HTML 转义（&amp;）' },
    shows: around('&amp;', '='),
    undo: withoutEntities,
  },
  {
    words: { en: 'the escapes of nginx (\\x22)', zh: 'nginx 的转义（\\x22）' },
    shows: around('', '\\\\x(?:22|27|5c)'),
    undo: (text) =>
      text.replace(BYTES, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString()),
  },
  {
    words: { en: 'URL encoding (%22)', zh: 'URL 编码（%22）' },
    shows: around('', '%(?:22|27|3A|3D|5C|25)'),
    undo: (text) => text.replace(RUN, (run) => (ENCODED.test(run) ? withoutPercents(run) : run)),
  },
  {
    words: { en: 'a string of JSON (\\")', zh: 'JSON 字符串的转义（\\"）' },
    shows: around('', '\\\\+(?:["\'/]|u00)'),
    undo: (text) =>
      text.replace(JSON_ESCAPE, (_, unit: string | undefined, letter = '') =>
        unit === undefined
          ? (LETTERS.get(letter) ?? letter)
          : String.fromCharCode(Number.parseInt(unit, HEX)),
      ),
  },
  {
    words: { en: 'the doubled quotes of CSV ("")', zh: 'CSV 的双写引号（""）' },
    shows: around('""', '""'),
    undo: (text) => text.replaceAll('""', '"'),
  },
  {
    words: { en: 'curly or full-width quotes (“ ”)', zh: '弯引号或全角引号（“ ”）' },
    shows: around('', '[“”„‟″＂«»‘’‚‛′＇]'),
    undo: (text) =>
      QUOTES.reduce((changed, [found, instead]) => changed.replace(found, instead), text),
  },
  {
    words: {
      en: 'invisible characters (zero-width, no-break space, colours of a terminal)',
      zh: '不可见字符（零宽字符、不间断空格、终端颜色）',
    },
    shows: new RegExp(`${INVISIBLE.source}|${OTHER_SPACE.source}`),
    undo: (text) => text.replace(INVISIBLE, '').replace(OTHER_SPACE, ' '),
  },
  {
    words: { en: 'Base64', zh: 'Base64' },
    shows: new RegExp(BASE64_OF_JSON.source),
    undo: (text) =>
      text.replace(BASE64_OF_JSON, (run) => {
        const decoded = Buffer.from(run, 'base64').toString();
        return around('"', '"').test(decoded) ? decoded : run;
      }),
  },
  {
    words: { en: 'pairs of a name and a value', zh: '名和值组成的一对' },
    shows: around('[(\\[{;:]["\']?', '["\']?[,;][ ]{0,9}["\'s\\w]'),
    undo: (text) => PAIRS.reduce((changed, pair) => changed.replace(pair, '"$1"="$2"\n'), text),
  },
  {
    words: { en: 'XML', zh: 'XML' },
    shows: around('<', '>'),
    undo: (text) => text.replace(ELEMENT, '"$1"="$2"\n'),
  },
  {
    words: { en: 'columns with the names in the first row', zh: '第一行是字段名的表格' },
    shows: around('(?:^|[\\n\\t,;|".])', '["]?[ ]{0,9}[\\t,;|]'),
    undo: columnsAsFields,
  },
];

/** `("name", "value")`, `["name", "value"]`, `[name, value]`, and PHP's `s:4:"name";s:5:"value";`. */
const PAIRS = [
  /[([]["'](\w{1,60})["'], {0,9}["']([^"'\n]{0,9999})["'][)\]]/g,
  /\[(\w{1,60}), {1,9}([^[\]\n]{0,9999})\]/g,
  /s:\d{1,9}:"(\w{1,60})";s:\d{1,9}:"([^"\n]{0,9999})";/g,
];
const ELEMENT = /<(\w{1,60})>([^<>]{0,9999})<\/\1>/g;

const SEPARATORS = ['\t', ',', ';', '|'] as const;
const COLUMNS_MIN = 3;

/** Each cell with the name of its column. Of a line with other columns, nothing is known. */
function columnsAsFields(text: string): string {
  const lines = text.split(/\r?\n/);
  const head = lines.findIndex((line) => separatorOf(line) !== undefined);
  const separator = separatorOf(lines[head] ?? '');
  if (separator === undefined) return text;
  const cells = (line: string) =>
    line.split(separator).map((cell) => cell.trim().replaceAll('"', ''));
  const names = cells(lines[head] ?? '');
  const rows = lines.slice(head + 1).map(cells);
  return rows
    .filter((row) => row.length === names.length)
    .map((row) => row.map((value, at) => `${names[at]}="${value}"`).join('\n'))
    .join('\n\n');
}

function separatorOf(line: string): string | undefined {
  return SEPARATORS.find((separator) => {
    const names = line.split(separator).map((cell) => cell.trim().replaceAll('"', ''));
    return names.filter((name) => isKnown(name.split('.').at(-1) ?? '')).length >= COLUMNS_MIN;
  });
}

/** What is undone in an object that was found, after the wrappings. */
export const LINE_BREAKS: Bilingual = {
  en: 'line breaks inside of values',
  zh: '值里面的换行',
};
export const LINE_PREFIX: Bilingual = { en: 'a prefix on each line', zh: '每行的前缀' };

const DIGIT = /\d/g;

/** The lines of an object without what a log puts before each of them. undefined if they have nothing in common. */
export function withoutLinePrefix(text: string): string | undefined {
  const [first = '', ...lines] = text.split('\n');
  const shapes = lines.map((line) => line.replace(DIGIT, '0'));
  const length = commonLength(shapes);
  if (length === 0) return undefined;
  return [first, ...lines.map((line) => line.slice(length))].join('\n');
}

const PREFIX_LENGTH_MAX = 200;

/** Up to the first quote or bracket, which can be of the object. */
function commonLength([line = '', ...others]: readonly string[]): number {
  const [first = ''] = line.slice(0, PREFIX_LENGTH_MAX).split(/["{}]/, 1);
  let { length } = first;
  for (const other of others) {
    while (length > 0 && !other.startsWith(first.slice(0, length))) length -= 1;
  }
  return length;
}
