/** The correct string to sign with one difference: extra characters around the secret, a line break at the end, another value, another encoding. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import { HEX, YES } from '../finding.js';
import { type Charset, type Form, inForm, type Part, PLAIN, type Recipe } from './recipe.js';
import type { RecipeChoices } from './search-input.js';
import { LAST, type SecretUse, withSecrets } from './secret-uses.js';

type Recipes = Generator<Recipe>;

/** The expected secret and the other one: the only ones that are tried together with a rare mistake. */
export function likelyOf(uses: readonly SecretUse[]): readonly SecretUse[] {
  return uses.slice(0, 2);
}

export function* nearMisses(choices: RecipeChoices): Recipes {
  const { bases } = choices;
  const uses = likelyOf(choices.uses);
  for (const base of bases) yield* rightRecipes(base, uses.flatMap(withMoreCharacters));
  for (const base of bases) {
    for (const recipe of rightRecipes(base, uses)) {
      yield* withDecodedKey(recipe);
      yield* withLineBreak(recipe);
      yield* inOtherCharset(recipe);
    }
  }
}

/** Tries thousands of values, so only with the correct recipe. */
export function* withOtherValues({ bases, uses, otherValues }: RecipeChoices): Recipes {
  for (const base of bases) {
    for (const { between, pair, parts, key } of rightRecipes(base, uses.slice(0, 1))) {
      for (const values of otherValues(parts)) yield { between, pair, parts: inForm(parts, values), key };
    }
  }
}

function rightRecipes(base: readonly Part[], uses: readonly SecretUse[]): Recipes {
  const filled = base.filter(({ value }) => value !== '');
  return withSecrets(filled, { uses, places: [LAST], joining: PLAIN });
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
  { description: { en: 'a space on both sides', zh: '前后都多了空格' }, add: (secret) => ` ${secret} ` },
  { description: { en: 'a tab after it', zh: '后面多了制表符' }, add: (secret) => `${secret}\t` },
  { description: { en: 'a tab before it', zh: '前面多了制表符' }, add: (secret) => `\t${secret}` },
  { description: { en: 'a line break before it', zh: '前面多了换行' }, add: (secret) => `\n${secret}` },
  { description: { en: 'double quotes around it', zh: '两边多了双引号' }, add: (secret) => `"${secret}"` },
  { description: { en: 'single quotes around it', zh: '两边多了单引号' }, add: (secret) => `'${secret}'` },
  { description: { en: 'a byte order mark before it', zh: '前面多了 BOM' }, add: (secret) => `\ufeff${secret}` },
  { description: { en: 'a no-break space after it', zh: '后面多了不换行空格' }, add: (secret) => `${secret}\u00a0` },
  { description: { en: 'a no-break space before it', zh: '前面多了不换行空格' }, add: (secret) => `\u00a0${secret}` },
  { description: { en: 'a zero-width space after it', zh: '后面多了零宽空格' }, add: (secret) => `${secret}\u200b` },
  { description: { en: 'a zero-width space before it', zh: '前面多了零宽空格' }, add: (secret) => `\u200b${secret}` },
];

function withMoreCharacters(use: SecretUse): readonly SecretUse[] {
  // If the secret ends the text, a line break after the secret is also a line break after the text.
  const endsText = use.text === undefined ? {} : { endsText: YES };
  return [
    ...LINE_BREAKS_BEHIND.map((addition) => withAddition(use, { ...addition, evidence: endsText })),
    ...OTHER_ADDITIONS.map((addition) => withAddition(use, addition)),
  ].flat();
}

function withAddition(
  { text, key }: SecretUse,
  { description, add, evidence = {} }: Addition & Pick<Form, 'evidence'>,
): readonly SecretUse[] {
  const longer = (part: Part): Part => ({
    ...part,
    value: add(part.value),
    form: { kind: 'secret', description, evidence },
  });
  if (text !== undefined) return [{ text: longer(text) }];
  return key === undefined ? [] : [{ key: longer(key) }];
}

const WHOLE_BYTES_IN_HEX = /^(?:[\dA-Fa-f]{2})+$/;
const FROM_HEX: Charset = { name: HEX, encode: (text) => Buffer.from(text, 'hex') };

function* withDecodedKey(recipe: Recipe): Recipes {
  const { key } = recipe;
  if (key === undefined || !WHOLE_BYTES_IN_HEX.test(key.value)) return;
  yield { ...recipe, key: { ...key, form: { kind: 'decoded', description: FROM_HEX.name } }, keyCharset: FROM_HEX };
}

function* withLineBreak(recipe: Recipe): Recipes {
  if (recipe.parts.at(-1)?.secret === true) return;
  for (const { text } of LINE_BREAKS) yield { ...recipe, ending: text };
}

/** The signed values are ASCII, which GBK and ISO-8859-1 encode like UTF-8. */
function* inOtherCharset(recipe: Recipe): Recipes {
  for (const charset of UTF_16) {
    yield { ...recipe, charset };
    if (recipe.key !== undefined) yield { ...recipe, charset, keyCharset: charset };
  }
}

const BYTE_ORDER_MARK = '\ufeff';

export const UTF_16: readonly Charset[] = [
  // .NET's Encoding.Unicode.
  { name: 'UTF-16LE', encode: littleEndian },
  { name: 'UTF-16BE', encode: bigEndian },
  // Java's getBytes("UTF-16").
  {
    name: { en: 'UTF-16BE with a byte order mark', zh: '带 BOM 的 UTF-16BE' },
    encode: (text) => bigEndian(BYTE_ORDER_MARK + text),
  },
  {
    name: { en: 'UTF-16LE with a byte order mark', zh: '带 BOM 的 UTF-16LE' },
    encode: (text) => littleEndian(BYTE_ORDER_MARK + text),
  },
];

function littleEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}

function bigEndian(text: string): Buffer {
  return littleEndian(text).swap16();
}
