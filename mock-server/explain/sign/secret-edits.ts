/** The edits of the secret of a signature: its use, its form and its place. */
import { FROM_HEX, WHOLE_BYTES_IN_HEX } from './bytes.js';
import { edit, type SignEdit, type SignStep } from './edit.js';
import { mistakesOf } from './field-edits.js';
import type { SignMistakeId } from './mistake-rows.js';
import {
  BOTH_ENDS,
  FIRST,
  LABELS,
  LAST,
  labelled,
  labelledInNaturalOrder,
  type Making,
  type RecipePart,
  type SecretPlace,
  type SecretUse,
} from './recipe.js';
import type { SearchInput, Secrets } from './search-input.js';
import {
  changedSecret,
  type FormedSecret,
  mistypedSecret,
  replacedSecret,
} from './secret-forms.js';

/** Whether the secret is in the text, is a key or was forgotten; and which secret it is. */
export function secretUses({ expected, secrets, family }: SearchInput): readonly SignStep[] {
  const { secret } = expected.texts[0] ?? {};
  const using = (weight: number, mistakes: readonly SignMistakeId[], use: SecretUse) =>
    edit(weight, mistakes, (making) => ({ ...making, use }));
  const one = secrets.expected;
  if (secret?.where === 'text')
    return [
      [using(2, ['sign.secret-missing'], {}), using(3, [], { key: one })],
      [swapped(secrets)],
    ];
  // A plain digest cannot use a key: that is a mistake in the algorithm.
  if (secret?.where === 'key')
    return [
      [
        using(2, [], { text: one }),
        using(2, [], {}),
        using(4, ['sign.secret-missing'], { key: { name: '', value: '' } }),
        using(4, ['sign.field-extra'], { key: one, text: one }),
      ],
      [swapped(secrets)],
    ];
  const all = [one, secrets.other];
  const keys = family === 'hash' ? all.map((key) => using(3, [], { key })) : [];
  return [[...all.map((text) => using(3, ['sign.field-extra'], { text })), ...keys]];
}

function swapped({ expected, other }: Secrets): SignEdit {
  return edit(2, ['sign.secret-swapped'], (making) => {
    const { text, key } = making.use;
    if (text !== expected && key !== expected) return making;
    return { ...making, use: { ...(text && { text: other }), ...(key && { key: other }) } };
  });
}

export function secretForms({ secrets, expected }: SearchInput): SignStep {
  const endsText = expected.texts[0]?.secret?.where === 'text';
  const formed =
    (weight: number) =>
    ({ secret, likely }: FormedSecret) =>
      edit(likely ? 3 : weight, mistakesOf([secret]), (making) => withSecret(making, secret));
  return [
    ...[
      ...replacedSecret(secrets.expected),
      ...changedSecret(secrets.expected, endsText),
      ...changedSecret(secrets.other, endsText),
    ].map(formed(5)),
    ...mistypedSecret(secrets.expected).map(formed(7)),
    edit(4, ['sign.secret-decoded'], decodedKey),
  ];
}

/** Instead of the same secret as it is. */
function withSecret(making: Making, formed: RecipePart): Making {
  const { text, key } = making.use;
  const isUsed = [text, key].some((part) => part?.name === formed.name);
  if (!isUsed) return making;
  return { ...making, use: { ...(text && { text: formed }), ...(key && { key: formed }) } };
}

const DECODED = { mistake: 'sign.secret-decoded', description: FROM_HEX.name } as const;

function decodedKey(making: Making): Making {
  const { key } = making.use;
  if (key === undefined || !WHOLE_BYTES_IN_HEX.test(key.value)) return making;
  return {
    ...making,
    use: { ...making.use, key: { ...key, form: DECODED } },
    keyCharset: FROM_HEX,
  };
}

export function secretPlaces({ expected, secretPlace }: SearchInput): SignStep {
  const isInText = expected.texts[0]?.secret?.where === 'text';
  const order: readonly SignMistakeId[] = isInText ? ['sign.field-order'] : [];
  const at = (weight: number, mistakes: readonly SignMistakeId[], place: SecretPlace) =>
    edit(weight, mistakes, (making) =>
      making.use.text === undefined || making.place === place ? making : { ...making, place },
    );
  return [
    at(2, order, FIRST),
    ...(secretPlace === LAST ? [] : [at(2, order, LAST)]),
    ...LABELS.map((label) => at(label === 'key' ? 3 : 4, ['sign.separator'], labelled(label))),
    at(5, order, BOTH_ENDS),
    ...LABELS.map((label) => at(5, ['sign.separator', ...order], labelledInNaturalOrder(label))),
  ];
}
