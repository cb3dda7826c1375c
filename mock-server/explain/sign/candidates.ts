/** The candidates of a signature search: few and likely mistakes first, then the rare ones, of which there are thousands. */
import { type Edited, editsOf } from '../edits.js';
import { COMMON_BETWEEN, stepsOf } from './edits.js';
import {
  extrasOneByOne,
  fieldsOfOtherScheme,
  mistakesOf as mistakesOfForms,
} from './field-edits.js';
import type { SignMistakeId } from './mistake-rows.js';
import type { FieldValues } from './other-values.js';
import {
  FIRST,
  filled,
  inForm,
  inOrder,
  LAST,
  type Making,
  PLAIN,
  type Recipe,
  type RecipePart,
  type RecipeParts,
  recipeOf,
  type SecretPlace,
  textAround,
  textOf,
} from './recipe.js';
import type { SearchInput } from './search-input.js';
import { secretUses } from './secret-edits.js';

type Candidate = Edited<Making, SignMistakeId>;
type Candidates = Iterable<Candidate>;

/** Texts that are signed alike. There are thousands of them, so only the text that was signed gets a recipe of its own. */
export interface Tried {
  /** The recipe, except for its parts. */
  readonly like: Recipe;
  readonly texts: readonly string[];
  /** Of the text at this place in the list. */
  readonly recipeAt: (at: number) => Edited<Recipe, SignMistakeId>;
}
type Groups = Generator<Tried>;

// Each further unit of weight doubles the candidates.
const COMMON = { weightMax: 7, editsMax: 3 } as const;
/** The secret that is expected, the other one, or none. */
const LIKELY = { weightMax: 2, editsMax: 1 } as const;

/** If the search reaches its bound, only rare mistakes remain untried. */
export function* candidatesOf(input: SearchInput): Groups {
  const start = startOf(input);
  const sources = [fieldsOfOtherScheme(input), ...secretUses(input)];
  const likely = [...editsOf(start, sources, LIKELY)];
  yield* eachOf(inOtherScheme(input));
  yield* eachOf(editsOf(start, stepsOf(input), COMMON));
  yield* withOtherValues(start, input);
  yield* withExtrasAnywhere(likely, input);
  yield* eachOf(withoutMany([...editsOf(start, sources, { weightMax: 4, editsMax: 2 })], input));
  yield* inAnyOrder(likely, input);
}

function* eachOf(candidates: Candidates): Groups {
  for (const { made, mistakes } of candidates) {
    const recipe = recipeOf(made);
    yield { like: recipe, texts: [textOf(recipe)], recipeAt: () => ({ made: recipe, mistakes }) };
  }
}

/** A candidate with each of these rows instead of its fields, and the further mistakes of a row. */
function inRows(
  { made, mistakes }: Candidate,
  rows: readonly RecipeParts[],
  moreOf: (row: RecipeParts) => readonly SignMistakeId[],
): Tried {
  const like = recipeOf(made);
  const { place, use } = made;
  const { text: secret } = use;
  const partsOf = (row: RecipeParts) => (secret === undefined ? row : place(row, secret));
  return {
    like,
    texts: rows.map((row) => textOf(like, partsOf(row))),
    recipeAt: (at) => {
      const row = rows[at] ?? [];
      return { made: { ...like, parts: partsOf(row) }, mistakes: [...mistakes, ...moreOf(row)] };
    },
  };
}

/** With all properties: objects of one shape are copied in half of the time. */
const UNTOUCHED = {
  ...PLAIN,
  ending: undefined,
  digested: undefined,
  charset: undefined,
  keyCharset: undefined,
} as const;

function startOf({ bases: [fields], expected, secrets, secretPlace }: SearchInput): Making {
  const { secret } = expected.texts[0] ?? {};
  const use = secret === undefined ? {} : { [secret.where]: secrets.expected };
  return { ...UNTOUCHED, fields: filled(fields), use, place: secretPlace };
}

/** A client that selects RSA but sends a digest may have hashed the text of RSA. */
function* inOtherScheme({
  expected: { texts },
  bases: [, fields],
}: SearchInput): Generator<Candidate> {
  if (texts.length > 1 && fields !== undefined)
    yield { made: { ...UNTOUCHED, fields: filled(fields), use: {}, place: LAST }, mistakes: [] };
}

/** Tries thousands of values, so only with the correct recipe. */
function* withOtherValues(start: Making, { otherValues, nearTimes }: SearchInput): Groups {
  const { fields } = start;
  const rows = otherValues(fields).map((values) => inForm(fields, values));
  yield inRows({ made: start, mistakes: [] }, rows, mistakesOfForms);
  const times = nearTimes(fields);
  if (times !== undefined) yield ofValues(recipeOf(start), times);
}

/** The same recipe with these values of one field. */
function ofValues(like: Recipe, { name, values, partAt }: FieldValues): Tried {
  const [before, behind] = textAround(like, name);
  return {
    like,
    texts: values.map((value) => before + value + behind),
    recipeAt: (at) => {
      const part = [partAt(at)];
      return {
        made: { ...like, parts: inForm(like.parts, part) },
        mistakes: mistakesOfForms(part),
      };
    },
  };
}

function further(
  { made, mistakes }: Candidate,
  changes: Partial<Making>,
  more: readonly SignMistakeId[],
): Candidate {
  return { made: { ...made, ...changes }, mistakes: [...mistakes, ...more] };
}

const BEFORE_LAST: SecretPlace = (parts, secret) => parts.toSpliced(-1, 0, secret);

const EXTRA = ['sign.field-extra'] as const;
const MOVED = ['sign.field-order'] as const;
const EXTRA_AND_MOVED = [...EXTRA, ...MOVED] as const;

/** One extra field anywhere, also after the secret; or two apart from each other. */
function* withExtrasAnywhere(likely: readonly Candidate[], input: SearchInput): Groups {
  const some = extrasOneByOne(input);
  for (const one of likely) {
    for (const extra of some) yield* withExtra(one, extra, input);
    const { fields } = one.made;
    const rows = pairsOf(some).flatMap(([first, second]) =>
      atEveryPlace(fields, first).flatMap((row) => atEveryPlace(row, second)),
    );
    yield inRows(one, rows, () => EXTRA);
  }
}

function* withExtra(one: Candidate, extra: RecipePart, input: SearchInput): Groups {
  const { fields } = one.made;
  const beforeLast = further(one, { place: BEFORE_LAST }, []);
  yield inRows(beforeLast, [[...fields, extra]], () => EXTRA);
  const rows = input.orders.flatMap((order) => atEveryPlace(inOrder(fields, order), extra));
  yield inRows(one, rows, (row) => (isMoved(row, input) ? EXTRA_AND_MOVED : EXTRA));
}

/** The documented order without several of the fields. */
function* withoutMany(uses: readonly Candidate[], input: SearchInput): Generator<Candidate> {
  for (const one of uses) {
    for (const fields of subsetsOf(one.made.fields)) {
      yield further(one, { fields }, ['sign.field-missing']);
      if (one.made.use.text !== undefined)
        yield further(one, { fields, place: FIRST }, [
          'sign.field-missing',
          ...placeMistakes(input),
        ]);
    }
  }
}

/** Any order, with the secret anywhere. If a field is missing or the values are joined, only the expected secret is tried. */
function* inAnyOrder(likely: readonly Candidate[], input: SearchInput): Groups {
  const [expected] = likely;
  for (const one of likely) yield permuted(one, input);
  if (expected === undefined) return;
  const { fields } = expected.made;
  for (const fewer of withoutEach(fields))
    yield permuted(further(expected, { fields: fewer }, ['sign.field-missing']), input);
  for (const one of likely) yield* withSecretAnywhere(one, input);
  for (const joining of COMMON_BETWEEN)
    yield permuted(further(expected, joining, ['sign.separator']), input);
}

function permuted(one: Candidate, input: SearchInput): Tried {
  return inRows(one, permutationsOf(one.made.fields), (row) => (isMoved(row, input) ? MOVED : []));
}

/** Before each field, from the last to the first. */
function* withSecretAnywhere({ made, mistakes }: Candidate, input: SearchInput): Groups {
  const { text: secret } = made.use;
  const ofPlace = placeMistakes(input);
  if (secret === undefined || ofPlace.length === 0) return;
  const like = recipeOf(made);
  const orders = permutationsOf(made.fields);
  const places = made.fields.length;
  yield {
    like,
    texts: orders.flatMap((order) => textsWithin(textOf(like, order), order, secret)),
    recipeAt: (at) => {
      const order = orders[Math.floor(at / places)] ?? [];
      const parts = order.toSpliced(places - 1 - (at % places), 0, secret);
      return { made: { ...like, parts }, mistakes: [...mistakes, ...ofPlace] };
    },
  };
}

/** The joined text with the secret before each value, from the last to the first. */
function textsWithin(text: string, order: RecipeParts, secret: RecipePart): readonly string[] {
  let at = text.length;
  return order.toReversed().map(({ value }) => {
    at -= value.length;
    return text.slice(0, at) + secret.value + text.slice(at);
  });
}

/** Of a secret at another place. */
function placeMistakes({ expected }: SearchInput): readonly SignMistakeId[] {
  return expected.texts[0]?.secret?.where === 'text' ? ['sign.field-order'] : [];
}

/** Whether the fields of the expected text are in another order. Others can be anywhere. */
function isMoved(row: RecipeParts, { expected }: SearchInput): boolean {
  const { names = [] } = expected.texts[0] ?? {};
  let last = -1;
  for (const { name } of row) {
    const place = names.indexOf(name);
    if (place !== -1 && place < last) return true;
    if (place !== -1) last = place;
  }
  return false;
}

function pairsOf(parts: RecipeParts): readonly (readonly [RecipePart, RecipePart])[] {
  return parts.flatMap((first, at) =>
    parts.slice(at + 1).map((second): readonly [RecipePart, RecipePart] => [first, second]),
  );
}

/** Each subset in the same order, the largest first. */
function subsetsOf([first, ...others]: RecipeParts): readonly RecipeParts[] {
  if (first === undefined) return [[]];
  const subsets = subsetsOf(others);
  return [...subsets.map((one) => [first, ...one]), ...subsets].toSorted(
    (a, b) => b.length - a.length,
  );
}

const permutations = new WeakMap<RecipeParts, readonly RecipeParts[]>();

/** No operation signs more than six fields: 720 orders, made once for each list. */
function permutationsOf(parts: RecipeParts): readonly RecipeParts[] {
  const known = permutations.get(parts) ?? ordersOf(parts);
  permutations.set(parts, known);
  return known;
}

/** One row grows and shrinks; only complete ones are copied. */
function ordersOf(parts: RecipeParts): readonly RecipeParts[] {
  const orders: RecipeParts[] = [];
  const row: RecipePart[] = [];
  const extend = () => {
    if (row.length === parts.length) orders.push([...row]);
    for (const part of parts) {
      if (row.includes(part)) continue;
      row.push(part);
      extend();
      row.pop();
    }
  };
  extend();
  return orders;
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
