/** The correct string to sign with one difference: the secret in another form, a line break at the end, another value, other bytes. */
import { type DigestName, digestHex, plainName } from '../../../src/protocol/digest.js';
import { HEX } from '../finding.js';
import { type Charset, inForm, type Recipe, type SecretUse, withSecrets } from './recipe.js';
import type { SearchInput } from './search-input.js';
import { LINE_BREAKS, secretsInOtherForms } from './secret-forms.js';

type Recipes = Generator<Recipe>;

/** The expected secret and the other one: the only ones that are tried together with a rare mistake. */
export function likelyOf(uses: readonly SecretUse[]): readonly SecretUse[] {
  return uses.slice(0, 2);
}

export function* nearMisses(input: SearchInput): Recipes {
  const likely = likelyOf(input.uses);
  yield* rightRecipes(input, secretsInOtherForms(likely));
  for (const recipe of rightRecipes(input, likely)) {
    yield* withOtherBytes(recipe);
    for (const value of input.values) yield { ...recipe, parts: inForm(recipe.parts, value) };
  }
}

/** Tries thousands of values, so only with the correct recipe. */
export function* withOtherValues(input: SearchInput): Recipes {
  const expected = input.uses.slice(0, 1);
  for (const { between, pair, parts, key } of rightRecipes(input, expected)) {
    for (const values of input.otherValues(parts))
      yield { between, pair, parts: inForm(parts, values), key };
  }
}

/** The documented fields, with a secret where it belongs. */
export function rightRecipes(
  { bases, secretPlace }: SearchInput,
  uses: readonly SecretUse[],
): Recipes {
  const rows = bases.map((base) => base.filter(({ value }) => value !== ''));
  return withSecrets(rows, { uses, places: [secretPlace] });
}

const WHOLE_BYTES_IN_HEX = /^(?:[\dA-Fa-f]{2})+$/;
const FROM_HEX: Charset = { name: HEX, encode: (text) => Buffer.from(text, 'hex') };

/** A decoded key, a line break after the text, another encoding, or a digest of the text. GBK and ISO-8859-1 encode ASCII like UTF-8. */
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
  for (const digested of DIGESTED) yield { ...recipe, digested };
}

const FIRST_DIGESTS: readonly DigestName[] = ['MD5', 'SHA1', 'SHA256'];

/** In upper and in lower case. */
const DIGESTED = FIRST_DIGESTS.flatMap((name) => [
  { name: plainName(name), digest: (text: string) => digestHex(name, text).toUpperCase() },
  { name: plainName(name), digest: (text: string) => digestHex(name, text) },
]);

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
