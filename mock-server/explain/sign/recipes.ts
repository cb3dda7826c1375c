/** Generates the known ways to make a signature: few mistakes before many, common before rare. */

import { nearMisses, withOtherValues } from './near-misses.js';
import { atEveryPlace, everyOrder, hashMapOrder, inOrders, withoutEach } from './orders.js';
import { inForm, type Joining, type Part, PLAIN, type Recipe } from './recipe.js';
import type { RecipeChoices } from './recipe-choices.js';
import {
  BETWEEN_PLACES,
  COMMON_PAIR_PLACES,
  ENDS,
  everyPlace,
  LAST,
  MAP_PLACES,
  PAIR_PLACES,
  type SecretPlace,
  type SecretUse,
  USUAL_PLACES,
  withSecrets,
} from './secret-uses.js';

type Parts = readonly Part[];
type Recipes = Generator<Recipe>;

/** If the search reaches its bound, only the combinations of the last lines remain untried. */
export function* allRecipes(choices: RecipeChoices): Recipes {
  const { bases } = choices;
  yield* usualRecipes(choices);
  yield* nearMisses(choices);
  for (const base of bases) yield* inOtherForms(base, choices);
  for (const base of bases) yield* withExtras(base, choices);
  for (const base of bases) yield* joinedWhole(base, choices);
  yield* withOtherValues(choices);
  yield* permuted(choices);
  for (const base of bases) yield* joinedInPart(base, choices);
  for (const base of bases) yield* withExtrasInPart(base, choices);
  yield* permutedAndJoined(choices);
}

/** Recipes without missing fields, extra fields or separators. */
export function* usualRecipes({ bases, orders, uses }: RecipeChoices): Recipes {
  for (const base of bases) yield* eachWithSecrets(inOrders(filled(base), orders), { uses, places: USUAL_PLACES });
}

function* inOtherForms(base: Parts, { forms, orders, uses }: RecipeChoices): Recipes {
  for (const form of forms) {
    const changed = filled(inForm(base, form));
    if (changed.some(({ form: one }) => one !== undefined)) {
      yield* eachWithSecrets(inOrders(changed, orders), { uses, places: ENDS });
      yield* eachWithSecrets(withoutEach(changed), { uses, places: ENDS });
    }
  }
}

// More than the two operations have in common. With more unknown fields, clients sign all of them or none.
const EXTRAS_ONE_BY_ONE_MAX = 6;

function* withExtras(base: Parts, { extras, orders, uses }: RecipeChoices): Recipes {
  const fields = filled(base);
  const some = oneByOne(extras);
  for (const group of [...groupsOf(some), filled(extras)]) {
    yield* eachWithSecrets(rowsWith(fields, group, orders), { uses, places: ENDS });
  }
  for (const extra of some) {
    const rows = inOrders(fields, orders).flatMap((row) => atEveryPlace(row, extra));
    yield* eachWithSecrets(rows, { uses, places: [...ENDS, BEFORE_LAST] });
  }
}

/** Extra fields combined with a missing field, and two extra fields apart from each other. */
function* withExtrasInPart(base: Parts, { extras, orders, uses }: RecipeChoices): Recipes {
  const fields = filled(base);
  const some = oneByOne(extras);
  for (const group of [...some.map((extra) => [extra]), filled(extras)]) {
    const rows = withoutEach(fields).flatMap((fewer) => rowsWith(fewer, group, orders));
    yield* eachWithSecrets(rows, { uses, places: ENDS });
  }
  for (const [one, two] of pairsOf(some)) {
    const rows = atEveryPlace(fields, one).flatMap((row) => atEveryPlace(row, two));
    yield* eachWithSecrets(rows, { uses, places: [LAST] });
  }
}

function oneByOne(extras: Parts): Parts {
  return filled(extras).slice(0, EXTRAS_ONE_BY_ONE_MAX);
}

const BEFORE_LAST: SecretPlace = (parts, secret) => parts.toSpliced(-1, 0, secret);

/** The extras sorted among the fields, after them, and before them. */
function rowsWith(fields: Parts, extras: Parts, orders: readonly (readonly string[])[]): readonly Parts[] {
  return [...inOrders([...fields, ...extras], orders), [...extras, ...fields]];
}

/** Groups of one, two or three. */
function groupsOf(parts: Parts): readonly Parts[] {
  const ones = parts.map((part) => [part]);
  const twos = pairsOf(parts);
  const threes = twos.flatMap((pair) => after(parts, pair[1]).map((third) => [...pair, third]));
  return [...ones, ...twos, ...threes];
}

function pairsOf(parts: Parts): readonly (readonly [Part, Part])[] {
  return parts.flatMap((one) => after(parts, one).map((two) => [one, two] as const));
}

function after(parts: Parts, part: Part): Parts {
  return parts.slice(parts.indexOf(part) + 1);
}

export const SEPARATORS = ['+', '&', ',', ' ', '|', '-', '_', ';', '\n', ':', '#', '/', ' + ', ', '];

const BETWEEN: readonly Joining[] = SEPARATORS.map((between) => ({ between, pair: undefined }));

export const PAIRS: readonly Joining[] = [
  { pair: '=', between: '&' },
  { pair: '=', between: '' },
  { pair: '', between: '' },
  { pair: '=', between: ',' },
  { pair: '=', between: ', ' },
  { pair: '=', between: '|' },
  { pair: ':', between: ',' },
];

function* joinedWhole(base: Parts, { extras, orders, uses }: RecipeChoices): Recipes {
  const fields = filled(base);
  // In a joined text, an empty field is visible by its separator or its name.
  const wholes = [fields, base, [...fields, ...filled(extras)], [...base, ...extras]];
  const rows = distinct(wholes.flatMap((whole) => inOrders(whole, orders)));
  const maps = distinct(wholes.flatMap((whole) => inOrders(whole, [...orders, hashMapOrder(whole)])));
  for (const joining of BETWEEN) yield* eachWithSecrets(rows, { uses, places: BETWEEN_PLACES, joining });
  for (const joining of PAIRS) yield* eachWithSecrets(rows, { uses, places: PAIR_PLACES, joining });
  yield* eachWithSecrets(maps, { uses, places: MAP_PLACES, joining: JAVA_MAP });
}

/** The format of Java's Map.toString(). */
const JAVA_MAP: Joining = { pair: '=', between: ', ', braces: true };

const COMMON_PAIRS = PAIRS.slice(0, 3);

/** Joined texts with one missing field, one extra field, or one field in another form. */
function* joinedInPart(base: Parts, { forms, extras, orders, uses }: RecipeChoices): Recipes {
  const fields = filled(base);
  const [documented = [], natural = []] = orders;
  const parts = [
    ...withoutEach(fields),
    ...oneByOne(extras).map((extra) => [...fields, extra]),
    ...forms.map((form) => inForm(fields, form)),
  ];
  const rows = distinct(parts.flatMap((part) => inOrders(part, [documented, natural])));
  for (const joining of COMMON_PAIRS) yield* eachWithSecrets(rows, { uses, places: COMMON_PAIR_PLACES, joining });
  for (const joining of BETWEEN) yield* eachWithSecrets(rows, { uses, places: BETWEEN_PLACES, joining });
}

function distinct(rows: readonly Parts[]): readonly Parts[] {
  return [...new Map(rows.map((row) => [row.map(({ name, value }) => `${name}=${value}`).join('\n'), row])).values()];
}

function* permuted({ bases, uses, secretAnywhere }: RecipeChoices): Recipes {
  for (const row of everyOrder(filled(longest(bases)))) {
    yield* withSecrets(row, { uses, places: secretAnywhere ? everyPlace(row.length) : ENDS, joining: PLAIN });
  }
}

// With all separators, this would be more than half of the bound.
const COMMON_SEPARATORS = ['&', '+', ','];

function* permutedAndJoined({ bases, uses }: RecipeChoices): Recipes {
  const fields = filled(longest(bases));
  const rows = everyOrder(fields).filter(({ length }) => length === fields.length);
  for (const between of COMMON_SEPARATORS) {
    yield* eachWithSecrets(rows, { uses: uses.slice(0, 1), places: [LAST], joining: { between, pair: undefined } });
  }
}

function longest(bases: readonly Parts[]): Parts {
  return bases.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

interface SecretOptions {
  readonly uses: readonly SecretUse[];
  readonly places: readonly SecretPlace[];
  readonly joining?: Joining;
}

function* eachWithSecrets(rows: readonly Parts[], { uses, places, joining = PLAIN }: SecretOptions): Recipes {
  for (const row of rows) yield* withSecrets(row, { uses, places, joining });
}

/** Drops empty values, which do not change a concatenation. */
function filled(parts: Parts): Parts {
  return parts.filter(({ value }) => value !== '');
}
