/** The candidates of a signature search: few and likely mistakes first, then the rare ones, of which there are thousands. */
import { type Edited, editsOf } from '../edits.js';
import { COMMON_BETWEEN, stepsOf } from './edits.js';
import {
  extrasOneByOne,
  fieldsOfOtherScheme,
  mistakesOf as mistakesOfForms,
} from './field-edits.js';
import type { SignMistakeId } from './mistake-rows.js';
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
} from './recipe.js';
import type { SearchInput } from './search-input.js';
import { secretUses } from './secret-edits.js';

type Candidate = Edited<Making, SignMistakeId>;
type Candidates = Generator<Candidate>;

/** A recipe that is tried. There are thousands, so its own objects are few. */
export interface Tried {
  /** The recipe, except for its parts. */
  readonly like: Recipe;
  readonly parts: RecipeParts;
  /** Called with the parts if they are what was signed. */
  readonly mistakesOf: (parts: RecipeParts) => readonly SignMistakeId[];
}
type Recipes = Generator<Tried>;
/** One after the other. Not delegated: each `yield*` on the way would cost as much as the candidate itself. */
type Groups = Generator<Recipes>;

// Each further unit of weight doubles the candidates.
const COMMON = { weightMax: 7, editsMax: 3 } as const;
/** The secret that is expected, the other one, or none. */
const LIKELY = { weightMax: 2, editsMax: 1 } as const;

/** If the search reaches its bound, only rare mistakes remain untried. */
export function* candidatesOf(input: SearchInput): Groups {
  const start = startOf(input);
  const sources = [fieldsOfOtherScheme(input), ...secretUses(input)];
  const likely = [...editsOf(start, sources, LIKELY)];
  yield recipesOf(inOtherScheme(input));
  yield recipesOf(editsOf(start, stepsOf(input), COMMON));
  yield withOtherTimes(start, input);
  yield recipesOf(withExtrasAnywhere(likely, input));
  yield recipesOf(withoutMany([...editsOf(start, sources, { weightMax: 4, editsMax: 2 })], input));
  yield* inAnyOrder(likely, input);
}

function* recipesOf(candidates: Candidates): Recipes {
  for (const { made, mistakes } of candidates) {
    const like = recipeOf(made);
    yield { like, parts: like.parts, mistakesOf: () => mistakes };
  }
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
function* inOtherScheme({ expected: { texts }, bases: [, fields] }: SearchInput): Candidates {
  if (texts.length > 1 && fields !== undefined)
    yield { made: { ...UNTOUCHED, fields: filled(fields), use: {}, place: LAST }, mistakes: [] };
}

/** Tries thousands of values, so only with the correct recipe. */
function* withOtherTimes(start: Making, { otherValues }: SearchInput): Recipes {
  const like = recipeOf(start);
  for (const group of otherValues(like.parts))
    for (const values of group)
      yield {
        like,
        parts: inForm(like.parts, values),
        mistakesOf: () => mistakesOfForms(values),
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
const EXTRA_AND_MOVED = [...EXTRA, 'sign.field-order'] as const;

/** One extra field anywhere, also after the secret; or two apart from each other. */
function* withExtrasAnywhere(likely: readonly Candidate[], input: SearchInput): Candidates {
  const some = extrasOneByOne(input);
  for (const one of likely) {
    for (const extra of some) yield* withExtra(one, extra, input);
    const { fields } = one.made;
    const rows = pairsOf(some).flatMap(([first, second]) =>
      atEveryPlace(fields, first).flatMap((row) => atEveryPlace(row, second)),
    );
    for (const row of rows) yield further(one, { fields: row }, EXTRA);
  }
}

function* withExtra(one: Candidate, extra: RecipePart, input: SearchInput): Candidates {
  const { fields } = one.made;
  yield further(one, { fields: [...fields, extra], place: BEFORE_LAST }, EXTRA);
  const rows = input.orders.flatMap((order) => atEveryPlace(inOrder(fields, order), extra));
  for (const row of rows)
    yield further(one, { fields: row }, isMoved(row, input) ? EXTRA_AND_MOVED : EXTRA);
}

/** The documented order without several of the fields. */
function* withoutMany(uses: readonly Candidate[], input: SearchInput): Candidates {
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
  for (const one of likely) yield withSecretAnywhere(one, input);
  for (const joining of COMMON_BETWEEN)
    yield permuted(further(expected, joining, ['sign.separator']), input);
}

function* permuted({ made, mistakes }: Candidate, input: SearchInput): Recipes {
  const { place, use } = made;
  const { text: secret } = use;
  const like = recipeOf(made);
  const mistakesOf = (parts: RecipeParts) =>
    isMoved(
      parts.filter((part) => part !== secret),
      input,
    )
      ? [...mistakes, 'sign.field-order' as const]
      : mistakes;
  for (const row of permutationsOf(made.fields))
    yield { like, parts: secret === undefined ? row : place(row, secret), mistakesOf };
}

/** Before each field, from the last to the first. */
function* withSecretAnywhere({ made, mistakes }: Candidate, input: SearchInput): Recipes {
  const { text: secret } = made.use;
  const ofPlace = placeMistakes(input);
  if (secret === undefined || ofPlace.length === 0) return;
  const like = recipeOf(made);
  const mistakesOf = () => [...mistakes, ...ofPlace];
  for (const row of permutationsOf(made.fields)) {
    for (let at = row.length - 1; at >= 0; at -= 1)
      yield { like, parts: row.toSpliced(at, 0, secret), mistakesOf };
  }
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
