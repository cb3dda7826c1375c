/** The mistakes in a string to sign as edits of the correct one. A mistake that is not a row here is not found, except the rare ones. */
import { DIGESTED, UTF_16 } from './bytes.js';
import { edit, type SignStep } from './edit.js';
import {
  emptyFields,
  extraFields,
  fieldsOfOtherScheme,
  jsonText,
  missingFields,
  otherOrders,
  otherValues,
} from './field-edits.js';
import {
  inOrder,
  type Joining,
  LAST,
  labelled,
  type Making,
  type RecipeParts,
  unseparated,
} from './recipe.js';
import type { SearchInput } from './search-input.js';
import { secretForms, secretPlaces, secretUses } from './secret-edits.js';
import { LINE_BREAKS } from './secret-forms.js';

/** In the order in which they are applied. */
export function stepsOf(input: SearchInput): readonly SignStep[] {
  return [
    jsonText(input),
    fieldsOfOtherScheme(input),
    emptyFields(input),
    missingFields(input),
    extraFields(input),
    otherValues(input),
    otherOrders(input),
    ...secretUses(input),
    secretForms(input),
    secretPlaces(input),
    joinings(input),
    apart(),
    otherBytes(),
  ];
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

export const PAIRS: readonly Joining[] = [
  { pair: '=', between: '&' },
  { pair: '=', between: '' },
  { pair: '', between: '' },
  { pair: '=', between: ',' },
  { pair: '=', between: ', ' },
  { pair: '=', between: '|' },
  { pair: ':', between: ',' },
];

const BETWEEN: readonly Joining[] = SEPARATORS.map((between) => ({ between, pair: undefined }));
const COMMON = 3;
/** Combined with any order. */
export const COMMON_BETWEEN = BETWEEN.slice(0, COMMON);

function joinings(input: SearchInput): SignStep {
  const joined = (joining: Joining, at: number) =>
    edit(at < COMMON ? 3 : 5, ['sign.separator'], (making) => ({ ...making, ...joining }));
  return [...BETWEEN.map(joined), ...PAIRS.map(joined), ...paymentStyle(input)];
}

/** A convention of payment APIs: pairs by name, then the secret as `key`, which may also be the key of the HMAC. */
function paymentStyle({ bases: [expected], extras, orders, expected: { texts } }: SearchInput) {
  const [, byName = []] = orders;
  const [{ secret } = {}] = texts;
  const order = inOrder(expected, byName) === expected ? [] : (['sign.field-order'] as const);
  const extra = secret?.where === 'text' ? [] : (['sign.field-extra'] as const);
  const style = (making: Making, fields: RecipeParts): Making => {
    const { text, key } = making.use;
    const secret = text ?? key;
    return {
      ...making,
      fields: inOrder(fields, byName),
      between: '&',
      pair: '=',
      ...(secret && { use: { ...making.use, text: secret }, place: labelled('key') }),
    };
  };
  const whole = [...expected, ...extras];
  return [
    edit(4, [...extra, ...order, 'sign.separator'], (making) => style(making, making.fields)),
    edit(5, ['sign.field-extra', ...order, 'sign.separator'], (making) =>
      extras.length === 0 ? making : style(making, whole),
    ),
    edit(5, ['sign.field-extra', ...order, 'sign.separator'], (making) =>
      extras.length === 0
        ? making
        : { ...making, fields: inOrder(whole, byName), between: '&', pair: '=' },
    ),
  ];
}

/** The secret without a separator. */
function apart(): SignStep {
  return [
    edit(2, [], (making) =>
      making.between !== '' && making.use.text !== undefined
        ? { ...making, place: unseparated(making.place) }
        : making,
    ),
  ];
}

function otherBytes(): SignStep {
  const charsets = UTF_16.flatMap((charset) => [
    edit(5, ['sign.charset'], (making) => ({ ...making, charset })),
    edit(5, ['sign.charset'], (making) =>
      making.use.key === undefined ? making : { ...making, charset, keyCharset: charset },
    ),
  ]);
  return [
    ...LINE_BREAKS.map(({ text: ending }) =>
      // A line break after a secret at the end is an addition to the secret.
      edit(4, ['sign.line-feed'], (making) =>
        making.use.text !== undefined && making.place === LAST ? making : { ...making, ending },
      ),
    ),
    ...DIGESTED.map((digested) =>
      edit(5, ['sign.algorithm'], (making) => ({ ...making, digested })),
    ),
    ...charsets,
  ];
}
