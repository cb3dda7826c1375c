/** The edits of the fields of a string to sign: which of them, with which values, in which order. */
import { edit, type SignStep, withFields } from './edit.js';
import type { SignMistakeId } from './mistake-rows.js';
import {
  filled,
  inForm,
  inOrder,
  type Making,
  type RecipePart,
  type RecipeParts,
} from './recipe.js';
import type { SearchInput } from './search-input.js';

export function jsonText({ jsonTexts }: SearchInput): SignStep {
  return jsonTexts.map((value) =>
    edit(4, ['sign.separator'], (making) => withFields(making, [{ name: '', value, json: true }])),
  );
}

export function fieldsOfOtherScheme({ bases: [expected, ...others] }: SearchInput): SignStep {
  return others.map((other) => {
    const isMore = other.length > expected.length;
    const mistake = isMore ? 'sign.field-extra' : 'sign.field-missing';
    return edit(2, [mistake], (making) => withFields(making, filled(other)));
  });
}

/** In a joined text, an empty field is visible by its separator or its name. */
export function emptyFields({ bases: [expected] }: SearchInput): SignStep {
  const isWhole = filled(expected).length === expected.length;
  return isWhole
    ? []
    : [
        edit(4, [], (making) =>
          making.fields.length === filled(expected).length ? withFields(making, expected) : making,
        ),
      ];
}

export function missingFields({ bases }: SearchInput): SignStep {
  const [longest = []] = bases.toSorted((one, other) => other.length - one.length);
  return longest.map(({ name }) =>
    edit(3, ['sign.field-missing'], (making) => {
      const fields = making.fields.filter((field) => field.name !== name);
      return fields.length === making.fields.length ? making : { ...making, fields };
    }),
  );
}

// More than the operations of the document have in common. With more unknown fields, clients sign all of them or none.
const EXTRAS_ONE_BY_ONE_MAX = 6;

export function extrasOneByOne({ extras }: SearchInput): RecipeParts {
  return filled(extras).slice(0, EXTRAS_ONE_BY_ONE_MAX);
}

export function extraFields(input: SearchInput): SignStep {
  const some = extrasOneByOne(input);
  const [expected, other = []] = input.bases;
  const ofOther = filled(other).filter(({ name }) => expected.every((one) => one.name !== name));
  const behind = (weight: number, group: RecipeParts) =>
    edit(weight, ['sign.field-extra'], (making) =>
      withFields(making, [...making.fields, ...group]),
    );
  const before = (weight: number, group: RecipeParts) =>
    edit(weight, ['sign.field-extra'], (making) =>
      withFields(making, [...group, ...making.fields]),
    );
  const [ones, pairs, triples] = [1, 2, 3].map((size) => groupsOf(some, size));
  return [
    ...(ones ?? []).flatMap((group) => [behind(3, group), before(4, group)]),
    ...(some.length > 1 ? [behind(3, filled(input.extras))] : []),
    ...(pairs ?? []).flatMap((group) => [behind(4, group), before(5, group)]),
    ...ofOther.map((field) => behind(4, [field])),
    ...(triples ?? []).map((group) => behind(5, group)),
  ];
}

/** The groups of this size, each in the order of the parts. */
function groupsOf(parts: RecipeParts, size: number): readonly RecipeParts[] {
  if (size === 0) return [[]];
  return parts.flatMap((first, at) =>
    groupsOf(parts.slice(at + 1), size - 1).map((rest) => [first, ...rest]),
  );
}

/** In another form, or another value. */
export function otherValues({ forms, values }: SearchInput): SignStep {
  const replacedBy = (weight: number) => (parts: RecipeParts) =>
    edit(weight, mistakesOf(parts), (making) => withFields(making, inForm(making.fields, parts)));
  return [...forms.map(replacedBy(3)), ...values.map(replacedBy(4))];
}

/** The mistakes of the forms of these parts. */
export function mistakesOf(parts: RecipeParts): readonly SignMistakeId[] {
  const [only] = parts;
  if (parts.length === 1) return only?.form?.mistake === undefined ? [] : [only.form.mistake];
  return [...new Set(parts.flatMap(({ form }) => form?.mistake ?? []))];
}

/** Of the documented order, that of a TreeMap, that of the body and that of the document's table. */
const ORDER_WEIGHTS = [3, 2, 3, 4];

/** An order that moves only extra fields is no mistake. */
export function otherOrders({ orders, fields }: SearchInput): SignStep {
  return orders.flatMap((order, at) => {
    const isDocumented = ({ name }: RecipePart) => fields.some((field) => field.name === name);
    const ofDocument = (parts: RecipeParts) => parts.filter(isDocumented);
    const moves = (making: Making, isMistake: boolean) => {
      const sorted = inOrder(making.fields, order);
      const before = ofDocument(making.fields);
      const isMoved = ofDocument(sorted).some((part, i) => part !== before[i]);
      return isMoved === isMistake ? withFields(making, sorted) : making;
    };
    const weight = ORDER_WEIGHTS[at] ?? 4;
    return [
      edit(weight, ['sign.field-order'], (making) => moves(making, true)),
      edit(weight, [], (making) => moves(making, false)),
    ];
  });
}
