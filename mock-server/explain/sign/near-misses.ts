/** The correct string to sign with one difference: extra characters around the secret, a line break at the end, another value, another encoding. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { type Evidence, HEX, YES } from '../finding.js';
import {
  type Charset,
  inForm,
  LAST,
  type Recipe,
  type RecipePart,
  type SecretUse,
  withSecrets,
} from './recipe.js';
import type { SearchInput } from './search-input.js';

type Recipes = Generator<Recipe>;

/** The expected secret and the other one: the only ones that are tried together with a rare mistake. */
export function likelyOf(uses: readonly SecretUse[]): readonly SecretUse[] {
  return uses.slice(0, 2);
}

export function* nearMisses({ bases, uses }: SearchInput): Recipes {
  const likely = likelyOf(uses);
  yield* rightRecipes(bases, likely.flatMap(withMoreCharacters));
  for (const recipe of rightRecipes(bases, likely)) yield* withOtherBytes(recipe);
}

/** Tries thousands of values, so only with the correct recipe. */
export function* withOtherValues({ bases, uses, otherValues }: SearchInput): Recipes {
  for (const { between, pair, parts, key } of rightRecipes(bases, uses.slice(0, 1))) {
    for (const values of otherValues(parts))
      yield { between, pair, parts: inForm(parts, values), key };
  }
}

function rightRecipes(bases: SearchInput['bases'], uses: readonly SecretUse[]): Recipes {
  const rows = bases.map((base) => base.filter(({ value }) => value !== ''));
  return withSecrets(rows, { uses, places: [LAST] });
}

interface Addition {
  readonly description: Bilingual;
  readonly add: (secret: string) => string;
}

const LINE_BREAKS = [
  { text: '\n', name: '\\n' },
  { text: '\r\n', name: '\\r\\n' },
  { text: '\r', name: '\\r' },
] as const;

export const LINE_BREAKS_BEHIND: readonly Addition[] = LINE_BREAKS.map(({ text, name }) => ({
  description: { en: `a line break (${name}) after it`, zh: `后面多了换行（${name}）` },
  add: (secret) => secret + text,
}));

/** Additions from a file, an environment variable or a web page. */
export const OTHER_ADDITIONS: readonly Addition[] = [
  { description: { en: 'a space after it', zh: '后面多了空格' }, add: (secret) => `${secret} ` },
  { description: { en: 'a space before it', zh: '前面多了空格' }, add: (secret) => ` ${secret}` },
  {
    description: { en: 'a space on both sides', zh: '前后都多了空格' },
    add: (secret) => ` ${secret} `,
  },
  { description: { en: 'a tab after it', zh: '后面多了制表符' }, add: (secret) => `${secret}\t` },
  { description: { en: 'a tab before it', zh: '前面多了制表符' }, add: (secret) => `\t${secret}` },
  {
    description: { en: 'a line break before it', zh: '前面多了换行' },
    add: (secret) => `\n${secret}`,
  },
  {
    description: { en: 'double quotes around it', zh: '两边多了双引号' },
    add: (secret) => `"${secret}"`,
  },
  {
    description: { en: 'single quotes around it', zh: '两边多了单引号' },
    add: (secret) => `'${secret}'`,
  },
  {
    description: { en: 'a byte order mark before it', zh: '前面多了 BOM' },
    add: (secret) => `\ufeff${secret}`,
  },
  {
    description: { en: 'a no-break space after it', zh: '后面多了不换行空格' },
    add: (secret) => `${secret}\u00a0`,
  },
  {
    description: { en: 'a no-break space before it', zh: '前面多了不换行空格' },
    add: (secret) => `\u00a0${secret}`,
  },
  {
    description: { en: 'a zero-width space after it', zh: '后面多了零宽空格' },
    add: (secret) => `${secret}\u200b`,
  },
  {
    description: { en: 'a zero-width space before it', zh: '前面多了零宽空格' },
    add: (secret) => `\u200b${secret}`,
  },
];

function withMoreCharacters({ text, key }: SecretUse): readonly SecretUse[] {
  const secret = text ?? key;
  if (secret === undefined) return [];
  const longer = ({ description, add }: Addition, evidence: Evidence): SecretUse => {
    const part: RecipePart = {
      ...secret,
      value: add(secret.value),
      form: { mistake: 'sign.secret-extra', description, evidence },
    };
    return text === undefined ? { key: part } : { text: part };
  };
  // If the secret ends the text, a line break after the secret is also a line break after the text.
  const endsText = text === undefined ? {} : { endsText: YES };
  return [
    ...LINE_BREAKS_BEHIND.map((addition) => longer(addition, endsText)),
    ...OTHER_ADDITIONS.map((addition) => longer(addition, {})),
  ];
}

const WHOLE_BYTES_IN_HEX = /^(?:[\dA-Fa-f]{2})+$/;
const FROM_HEX: Charset = { name: HEX, encode: (text) => Buffer.from(text, 'hex') };

/** A decoded key, a line break after the text, or another encoding. GBK and ISO-8859-1 encode ASCII like UTF-8. */
function* withOtherBytes(recipe: Recipe): Recipes {
  const { key, parts } = recipe;
  if (key !== undefined && WHOLE_BYTES_IN_HEX.test(key.value))
    yield {
      ...recipe,
      key: { ...key, form: { mistake: 'sign.secret-decoded', description: HEX } },
      keyCharset: FROM_HEX,
    };
  // A line break after a secret at the end is an addition to the secret.
  const endings = parts.at(-1)?.secret === true ? [] : LINE_BREAKS;
  for (const { text } of endings) yield { ...recipe, ending: text };
  for (const charset of UTF_16) {
    yield { ...recipe, charset };
    if (key !== undefined) yield { ...recipe, charset, keyCharset: charset };
  }
}

export const UTF_16: readonly Charset[] = [
  // .NET's Encoding.Unicode.
  { name: 'UTF-16LE', encode: littleEndian },
  { name: 'UTF-16BE', encode: bigEndian },
  // Java's getBytes("UTF-16").
  {
    name: { en: 'UTF-16BE with a byte order mark', zh: '带 BOM 的 UTF-16BE' },
    encode: (text) => bigEndian(`\ufeff${text}`),
  },
  {
    name: { en: 'UTF-16LE with a byte order mark', zh: '带 BOM 的 UTF-16LE' },
    encode: (text) => littleEndian(`\ufeff${text}`),
  },
];

function littleEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function bigEndian(text: string): Buffer {
  return littleEndian(text).swap16();
}
