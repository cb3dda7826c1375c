/** Generates the known ways to make a signature: few mistakes before many, common before rare. */
import { likelyOf, nearMisses, rightRecipes, withOtherValues } from './near-misses.js';
import {
  BETWEEN_PLACES,
  COMMON_PAIR_PLACES,
  ENDS,
  inForm,
  type Joining,
  LAST,
  PAIR_PLACES,
  placesBefore,
  type Recipe,
  type RecipePart,
  type RecipeParts,
  type SecretPlace,
  USUAL_PLACES,
  WITH_KEY,
  withSecrets,
} from './recipe.js';
import type { SearchInput } from './search-input.js';
import { likelySecretForms } from './secret-forms.js';

type Recipes = Generator<Recipe>;

/** If the search reaches its bound, only the combinations of the last lines remain untried. */
export function* allRecipes(input: SearchInput): Recipes {
  const { bases, orders, uses } = input;
  yield* rightRecipes(input, uses);
  for (const base of bases)
    yield* withSecrets(inOrders(filled(base), orders), { uses, places: USUAL_PLACES });
  yield* nearMisses(input);
  for (const base of bases) yield* inOtherForms(base, input);
  for (const base of bases) yield* withExtras(base, input);
  yield* withFieldsOfOther(input);
  yield* asJson(input);
  for (const base of bases) yield* joinedWhole(base, input);
  yield* withSecretForms(input);
  yield* withOtherValues(input);
  for (const base of bases) yield* reordered(base, input);
  for (const base of bases) yield* joinedInPart(base, input);
  for (const base of bases) yield* withExtrasInPart(base, input);
  yield* reorderedAndJoined(input);
}

function* inOtherForms(base: RecipeParts, { forms, orders, uses }: SearchInput): Recipes {
  for (const form of forms) {
    const changed = filled(inForm(base, form));
    if (changed.some(({ form: one }) => one !== undefined)) {
      const likely = { uses: likelyOf(uses), places: ENDS };
      yield* withSecrets(inOrders(changed, orders), likely);
      yield* withSecrets(withoutEach(changed), likely);
    }
  }
}

// More than the operations of the document have in common. With more unknown fields, clients sign all of them or none.
const EXTRAS_ONE_BY_ONE_MAX = 6;

function* withExtras(base: RecipeParts, { extras, orders, uses }: SearchInput): Recipes {
  const fields = filled(base);
  const some = oneByOne(extras);
  for (const group of [...groupsOf(some, [1, 2, 3]), filled(extras)]) {
    yield* withSecrets(rowsWith(fields, group, orders), { uses, places: ENDS });
  }
  for (const extra of some) {
    const rows = inOrders(fields, orders).flatMap((row) => atEveryPlace(row, extra));
    yield* withSecrets(rows, { uses, places: [...ENDS, BEFORE_LAST] });
  }
}

/** The fields of the likelier list, then others that only another list has. */
function* withFieldsOfOther({ bases: [base = [], ...others], uses }: SearchInput): Recipes {
  const more = others.flat().filter(({ name }) => base.every((field) => field.name !== name));
  const rows = groupsOf(filled(more), [1, 2, 3]).flatMap((group) => [
    [...base, ...group],
    [...group, ...base],
  ]);
  yield* withSecrets(rows, { uses, places: [LAST] });
}

function* asJson({ jsonTexts, uses }: SearchInput): Recipes {
  const rows = jsonTexts.map((value): RecipeParts => [{ name: '', value, json: true }]);
  yield* withSecrets(rows, { uses, places: ENDS });
}

/** A likely wrong form of the secret, together with a common way to order or to join the values. */
function* withSecretForms({ bases, orders: [documented = [], natural = []], uses }: SearchInput) {
  const forms = likelySecretForms(likelyOf(uses));
  const rows = inOrders(filled(bases.at(-1) ?? []), [documented, natural]);
  yield* withSecrets(rows, { uses: forms, places: ENDS });
  for (const joining of COMMON_BETWEEN)
    yield* withSecrets(rows, { uses: forms, places: [LAST], joining });
  for (const joining of COMMON_PAIRS)
    yield* withSecrets(rows, { uses: forms, places: [LAST, WITH_KEY], joining });
}

/** Extra fields combined with a missing field, and two extra fields apart from each other. */
function* withExtrasInPart(base: RecipeParts, { extras, orders, uses }: SearchInput): Recipes {
  const fields = filled(base);
  const some = oneByOne(extras);
  for (const group of [...groupsOf(some, [1]), filled(extras)]) {
    const rows = withoutEach(fields).flatMap((fewer) => rowsWith(fewer, group, orders));
    yield* withSecrets(rows, { uses, places: ENDS });
  }
  for (const pair of groupsOf(some, [2])) {
    const withExtra = (rows: readonly RecipeParts[], extra: RecipePart) =>
      rows.flatMap((row) => atEveryPlace(row, extra));
    const rows = pair.reduce(withExtra, [fields]);
    yield* withSecrets(rows, { uses, places: [LAST] });
  }
}

function oneByOne(extras: RecipeParts): RecipeParts {
  return filled(extras).slice(0, EXTRAS_ONE_BY_ONE_MAX);
}

const BEFORE_LAST: SecretPlace = (parts, secret) => parts.toSpliced(-1, 0, secret);

/** The extras sorted among the fields, after them, and before them. */
function rowsWith(
  fields: RecipeParts,
  extras: RecipeParts,
  orders: readonly (readonly string[])[],
): readonly RecipeParts[] {
  return [...inOrders([...fields, ...extras], orders), [...extras, ...fields]];
}

/** The groups of these sizes, each in the order of the parts. */
function groupsOf(parts: RecipeParts, sizes: readonly number[]): readonly RecipeParts[] {
  const all = subsetsOf(parts);
  return sizes.flatMap((size) => all.filter(({ length }) => length === size));
}

export const SEPARATORS = [
  '+',
  '&',
  ',',
  ' ',
  '|',
  '-',
  '_',
  ';',
  '\n',
  ':',
  '#',
  '/',
  ' + ',
  ', ',
];

const BETWEEN: readonly Joining[] = SEPARATORS.map((between) => ({ between, pair: undefined }));
/** With another mistake, only these are tried. */
const COMMON_BETWEEN = BETWEEN.slice(0, 3);

export const PAIRS: readonly Joining[] = [
  { pair: '=', between: '&' },
  { pair: '=', between: '' },
  { pair: '', between: '' },
  { pair: '=', between: ',' },
  { pair: '=', between: ', ' },
  { pair: '=', between: '|' },
  { pair: ':', between: ',' },
];

function* joinedWhole(base: RecipeParts, { extras, orders, uses }: SearchInput): Recipes {
  const fields = filled(base);
  // In a joined text, an empty field is visible by its separator or its name.
  const wholes = [fields, base, [...fields, ...filled(extras)], [...base, ...extras]];
  const rows = distinct(wholes.flatMap((whole) => inOrders(whole, orders)));
  for (const joining of BETWEEN) {
    const isCommon = COMMON_BETWEEN.includes(joining);
    yield* withSecrets(rows, {
      uses: isCommon ? uses : likelyOf(uses),
      places: BETWEEN_PLACES,
      joining,
    });
  }
  for (const joining of PAIRS) yield* withSecrets(rows, { uses, places: PAIR_PLACES, joining });
}

const COMMON_PAIRS = PAIRS.slice(0, 3);

/** Joined texts with one missing field, one extra field, or one field in another form. */
function* joinedInPart(base: RecipeParts, { forms, extras, orders, uses }: SearchInput): Recipes {
  const fields = filled(base);
  const [documented = [], natural = []] = orders;
  const parts = [
    ...withoutEach(fields),
    ...oneByOne(extras).map((extra) => [...fields, extra]),
    ...forms.map((form) => inForm(fields, form)),
  ];
  const rows = distinct(parts.flatMap((part) => inOrders(part, [documented, natural])));
  const likely = likelyOf(uses);
  for (const joining of COMMON_PAIRS)
    yield* withSecrets(rows, { uses: likely, places: COMMON_PAIR_PLACES, joining });
  for (const joining of COMMON_BETWEEN)
    yield* withSecrets(rows, { uses: likely, places: BETWEEN_PLACES, joining });
}

function distinct(rows: readonly RecipeParts[]): readonly RecipeParts[] {
  return [
    ...new Map(
      rows.map((row) => [row.map(({ name, value }) => `${name}=${value}`).join('\n'), row]),
    ).values(),
  ];
}

/** The document's order without some of the fields; then every order. If a field is missing too, only the expected secret is tried. */
function* reordered(base: RecipeParts, { uses, secretAnywhere }: SearchInput): Recipes {
  const fields = filled(base);
  const expected = uses.slice(0, 1);
  yield* withSecrets(subsetsOf(fields), { uses, places: ENDS });
  const inAnyOrder = [...permutationsOf(fields)];
  yield* withSecrets(inAnyOrder, { uses, places: [LAST] });
  for (const fewer of withoutEach(fields)) {
    yield* withSecrets(permutationsOf(fewer), { uses: expected, places: [LAST] });
  }
  if (!secretAnywhere) return;
  const among = {
    uses: uses.filter(({ text }) => text !== undefined),
    places: placesBefore(fields.length),
  };
  yield* withSecrets(inAnyOrder, among);
}

function* reorderedAndJoined({ bases, uses }: SearchInput): Recipes {
  const inAnyOrder = [...permutationsOf(filled(bases.at(-1) ?? []))];
  for (const joining of COMMON_BETWEEN) {
    yield* withSecrets(inAnyOrder, { uses: uses.slice(0, 1), places: [LAST], joining });
  }
}

/** Drops empty values, which do not change a concatenation. */
function filled(parts: RecipeParts): RecipeParts {
  return parts.filter(({ value }) => value !== '');
}

/** The parts in each order of names, without duplicates. A name that an order lacks goes last. */
function inOrders(
  parts: RecipeParts,
  orders: readonly (readonly string[])[],
): readonly RecipeParts[] {
  const sorted = orders.map((order) => {
    const rank = new Map(order.map((name, at) => [name, at]));
    const rankOf = ({ name }: RecipePart) => rank.get(name) ?? order.length;
    return parts.toSorted((a, b) => rankOf(a) - rankOf(b));
  });
  return distinct(sorted);
}

/** Each subset in the same order, the largest first. */
function subsetsOf([first, ...others]: RecipeParts): readonly RecipeParts[] {
  if (first === undefined) return [[]];
  const subsets = subsetsOf(others);
  return [...subsets.map((one) => [first, ...one]), ...subsets].toSorted(
    (a, b) => b.length - a.length,
  );
}

/** No operation signs more than six fields: 720 orders. */
function* permutationsOf(parts: RecipeParts): Generator<RecipeParts> {
  if (parts.length === 0) yield [];
  for (const part of parts) {
    for (const rest of permutationsOf(parts.filter((other) => other !== part)))
      yield [part, ...rest];
  }
}

/** The lists that omit one member each. */
function withoutEach(parts: RecipeParts): readonly RecipeParts[] {
  return parts.map((part) => parts.filter((other) => other !== part));
}

/** The lists with the part inserted at each place, from the last to the first. */
function atEveryPlace(parts: RecipeParts, part: RecipePart): readonly RecipeParts[] {
  return Array.from({ length: parts.length + 1 }, (_, i) =>
    parts.toSpliced(parts.length - i, 0, part),
  );
}
