/** What clients do with a secret: put it into the text, somewhere, or use it as the key of an HMAC, or forget it. */
import type { HashSigning } from '../operations/operation.js';
import type { Ingredients } from './ingredients.js';
import type { Joining, Part, Recipe } from './recipe.js';

type Parts = readonly Part[];

/** Neither: the secret was forgotten, or none is due. */
export interface SecretUse {
  readonly text?: Part;
  readonly key?: Part;
}

/** How a sign is made: of a digest or an HMAC, or as an RSA signature. */
export type Family = 'hash' | 'rsa';

type Uses = (secrets: Ingredients['secrets']) => readonly SecretUse[];

const EMPTY_KEY: Part = { name: '', value: '' };

/** By where the secret belongs. The use that is due first. */
export const HASH_USES: Readonly<Record<HashSigning['secretIn'], Uses>> = {
  text: ({ due, other }) => [{ text: due }, { text: other }, {}, { key: due }, { key: other }],
  key: ({ due, other }) => [
    { key: due },
    { key: other },
    { key: EMPTY_KEY },
    {},
    { text: due },
    { text: other },
    { key: due, text: due },
  ],
};

export const RSA_USES: Uses = ({ due, other }) => [{}, { text: due }, { text: other }];

/** Where a secret is put among the other parts. */
export type Place = (parts: Parts, secret: Part) => Parts;

export const LAST: Place = (parts, secret) => [...parts, secret];
const FIRST: Place = (parts, secret) => [secret, ...parts];
const BOTH_ENDS: Place = (parts, secret) => [secret, ...parts, secret];

const glued =
  (place: Place): Place =>
  (parts, secret) =>
    place(parts, { ...secret, glued: true });

/** The names that a secret is joined under: `…&key=SECRET` is the habit of another payment interface. */
const LABELS = ['key', 'appSecret', 'appsecret', 'APPSecret', 'appKey', 'appkey', 'secret'];

const LABELLED: readonly Place[] = LABELS.map((label) => (parts, secret) => [...parts, { ...secret, label }]);
const LABELLED_IN_NATURAL_ORDER: readonly Place[] = LABELS.map(
  (label) => (parts, secret) => insertNaturally(parts, { ...secret, label }),
);

export const ENDS: readonly Place[] = [LAST, FIRST];
export const USUAL_PLACES: readonly Place[] = [LAST, FIRST, BOTH_ENDS, ...LABELLED];
export const BETWEEN_PLACES: readonly Place[] = [LAST, FIRST, glued(LAST), glued(FIRST)];
export const COMMON_PAIR_PLACES: readonly Place[] = [...BETWEEN_PLACES, ...LABELLED];
export const PAIR_PLACES: readonly Place[] = [...COMMON_PAIR_PLACES, glued(BOTH_ENDS), ...LABELLED_IN_NATURAL_ORDER];

function insertNaturally(parts: Parts, secret: Part): Parts {
  const { label = '' } = secret;
  const at = parts.findIndex(({ name }) => name > label);
  return at === -1 ? [...parts, secret] : parts.toSpliced(at, 0, secret);
}

/** Every place, from the last to the first, among so many other parts. */
export function everyPlace(partCount: number): readonly Place[] {
  return Array.from({ length: partCount + 1 }, (_, i) => (parts, secret) => parts.toSpliced(partCount - i, 0, secret));
}

export interface Kitchen {
  readonly uses: readonly SecretUse[];
  readonly places: readonly Place[];
  readonly joining: Joining;
}

/** The recipes of one row of parts: each use of the secret, in each place. */
export function* withSecrets(parts: Parts, { uses, places, joining }: Kitchen): Generator<Recipe> {
  const { between, pair } = joining;
  for (const { text, key } of uses) {
    if (text === undefined) yield { between, pair, parts, key };
    else for (const place of places) yield { between, pair, parts: place(parts, text), key };
  }
}
