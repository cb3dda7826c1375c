/** The ways in which clients use a secret: in the text, as the key of an HMAC, or not at all. */
import type { HashSigning } from '../operations.js';
import { type Joining, type Part, PLAIN, type Recipe } from './recipe.js';

type Parts = readonly Part[];

/** Neither text nor key: the secret was forgotten, or none is expected. */
export interface SecretUse {
  readonly text?: Part;
  readonly key?: Part;
}

/** A digest or an HMAC; or an RSA signature. */
export type Family = 'hash' | 'rsa';

type Uses = (secrets: { readonly expected: Part; readonly other: Part }) => readonly SecretUse[];

/** By the place where the secret belongs. The expected use comes first. */
export const HASH_USES: Readonly<Record<HashSigning['secretIn'], Uses>> = {
  text: ({ expected, other }) => [{ text: expected }, { text: other }, {}, { key: expected }, { key: other }],
  key: ({ expected, other }) => [
    { key: expected },
    { key: other },
    { key: { name: '', value: '' } },
    {},
    { text: expected },
    { text: other },
    { key: expected, text: expected },
  ],
};

export const RSA_USES: Uses = ({ expected, other }) => [{}, { text: expected }, { text: other }];

/** Inserts a secret among the other parts. */
export type SecretPlace = (parts: Parts, secret: Part) => Parts;

export const LAST: SecretPlace = (parts, secret) => [...parts, secret];
const FIRST: SecretPlace = (parts, secret) => [secret, ...parts];
const BOTH_ENDS: SecretPlace = (parts, secret) => [secret, ...parts, secret];

const unseparated =
  (place: SecretPlace): SecretPlace =>
  (parts, secret) =>
    place(parts, { ...secret, unseparated: true });

/** Names before a secret. `…&key=SECRET` is the convention of a payment API. */
export const LABELS = ['key', 'appSecret', 'appsecret', 'APPSecret', 'appKey', 'appkey', 'secret'];

const LABELLED = LABELS.map(
  (label): SecretPlace =>
    (parts, secret) => [...parts, { ...secret, label }],
);
const LABELLED_IN_NATURAL_ORDER = LABELS.map(
  (label): SecretPlace =>
    (parts, secret) => {
      const after = parts.findIndex(({ name }) => name > label);
      return parts.toSpliced(after === -1 ? parts.length : after, 0, { ...secret, label });
    },
);

export const ENDS: readonly SecretPlace[] = [LAST, FIRST];
export const USUAL_PLACES: readonly SecretPlace[] = [LAST, FIRST, BOTH_ENDS, ...LABELLED];
export const BETWEEN_PLACES: readonly SecretPlace[] = [LAST, FIRST, unseparated(LAST), unseparated(FIRST)];
export const COMMON_PAIR_PLACES: readonly SecretPlace[] = [...BETWEEN_PLACES, ...LABELLED];
export const PAIR_PLACES: readonly SecretPlace[] = [
  ...COMMON_PAIR_PLACES,
  unseparated(BOTH_ENDS),
  ...LABELLED_IN_NATURAL_ORDER,
];

/** The places before each of this many parts, from the last to the first. */
export function placesBefore(partCount: number): readonly SecretPlace[] {
  return Array.from({ length: partCount }, (_, i) => (parts, secret) => parts.toSpliced(partCount - 1 - i, 0, secret));
}

export interface SecretPlacement {
  readonly uses: readonly SecretUse[];
  readonly places: readonly SecretPlace[];
  readonly joining?: Joining;
}

/** The recipes of rows of parts: each use of the secret in each place. */
export function* withSecrets(
  rows: Iterable<Parts>,
  { uses, places, joining: { between, pair } = PLAIN }: SecretPlacement,
): Generator<Recipe> {
  for (const parts of rows) {
    for (const { text, key } of uses) {
      if (text === undefined) yield { between, pair, parts, key };
      else for (const place of places) yield { between, pair, parts: place(parts, text), key };
    }
  }
}
