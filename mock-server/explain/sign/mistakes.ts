/** Finds the mistakes of a recipe by comparison with the expected signing. The document, 1.2 sign and 2.3 sign. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Evidence, Text } from '../finding.js';
import type { Loss } from '../lost-zeros.js';
import type { HashSigning } from '../operations.js';
import { encodingWords, type LetterCase, type Received } from './received.js';
import type { Form, Joining, Part, Recipe } from './recipe.js';
import type { KeyName } from './rsa.js';
import type { Family } from './secret-uses.js';

export type SignMistakeId =
  | 'sign.secret-swapped'
  | 'sign.secret-missing'
  | 'sign.secret-extra'
  | 'sign.secret-decoded'
  | 'sign.key-pair'
  | 'sign.algorithm'
  | 'sign.charset'
  | 'sign.field-missing'
  | 'sign.field-extra'
  | 'sign.phone-num-variant'
  | 'sign.time-differs'
  | 'sign.msgid-differs'
  | 'sign.field-order'
  | 'sign.separator'
  | 'sign.line-feed'
  | 'sign.url-encoding'
  | 'sign.encoding'
  | 'sign.leading-zero'
  | 'sign.case';

export interface SignMistake {
  readonly id: SignMistakeId;
  readonly evidence: Evidence;
}

/** A possible string to sign: its fields in order, and the secret and its place. */
export interface ExpectedText {
  readonly names: readonly string[];
  readonly secret?: { readonly name: string; readonly where: HashSigning['secretIn'] };
}

export interface ExpectedSigning {
  readonly texts: readonly ExpectedText[];
  readonly algorithm: string;
  /** The algorithm that the request could also select, and the field that selects it; undefined without a choice. */
  readonly other: { readonly algorithm: string; readonly selectedBy: string } | undefined;
  readonly encoding: Received['encoding'];
  readonly upperCase: boolean;
  /** 应用公钥1 of the calling app. */
  readonly key: KeyName;
}

/** How the digest or signature was made, apart from its text. */
export interface SigningMethod {
  readonly family: Family;
  readonly algorithm: Text;
  readonly signingKey: KeyName | undefined;
  readonly received: Received;
  /** The reason for hex that is too short. */
  readonly loss: Loss | undefined;
  /** The key that the digest lacks. */
  readonly dueKey?: string | undefined;
}

/** The mistakes that are visible in the signature, even if its text is unknown. */
export function methodMistakes(
  { algorithm, signingKey, received, loss, dueKey }: SigningMethod,
  expected: ExpectedSigning,
): readonly SignMistake[] {
  const { encoding, letterCase, short } = received;
  const rightKey =
    signingKey === undefined || (signingKey.appId === expected.key.appId && signingKey.key === expected.key.key);
  return [
    ...mistake('sign.key-pair', !rightKey, { used: signingKey?.key, app: signingKey?.appId, due: expected.key.key }),
    ...mistake('sign.algorithm', algorithm !== expected.algorithm, {
      used: algorithm,
      due: expected.algorithm,
      ...(algorithm === expected.other?.algorithm && { selectedBy: expected.other.selectedBy }),
      ...(dueKey !== undefined && { dueKey }),
    }),
    ...encodingMistakes(encoding, expected),
    ...mistake('sign.leading-zero', loss !== undefined, { length: short?.text.length, digits: short?.digits, ...loss }),
    ...caseMistakes(letterCase, expected),
  ];
}

function encodingMistakes(used: Received['encoding'], { encoding: expected }: ExpectedSigning): readonly SignMistake[] {
  return used === expected
    ? []
    : mistake('sign.encoding', true, { used: encodingWords(used), due: encodingWords(expected) });
}

const CASES: Readonly<Record<LetterCase, Bilingual>> = {
  upper: { en: 'upper', zh: '大写' },
  lower: { en: 'lower', zh: '小写' },
  mixed: { en: 'mixed', zh: '大小写混用' },
};

function caseMistakes(used: LetterCase | undefined, { upperCase }: ExpectedSigning): readonly SignMistake[] {
  if (!upperCase || used === undefined || used === 'upper') return [];
  return mistake('sign.case', true, { used: CASES[used], due: CASES.upper });
}

/** Compares the recipe with each expected text, and returns the shortest list of mistakes. */
export function recipeMistakes(
  recipe: Recipe,
  { texts }: ExpectedSigning,
  fields: readonly Part[],
): readonly SignMistake[] {
  const compared = texts.map((expected) => [
    ...secretMistakes(recipe, expected),
    ...fieldMistakes(recipe, expected, fields),
    ...formMistakes(recipe, fields),
    ...mistake('sign.charset', recipe.charset !== undefined, { used: recipe.charset?.name, due: 'UTF-8' }),
    ...orderMistakes(recipe, expected),
    ...separatorMistakes(recipe),
    ...mistake('sign.line-feed', recipe.ending !== undefined, { used: shownBreak(recipe.ending ?? '') }),
  ]);
  return compared.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function secretMistakes({ parts, key }: Recipe, { secret }: ExpectedText): readonly SignMistake[] {
  if (secret === undefined) return [];
  const { name: expected, where } = secret;
  const used = [...parts.filter(isSecret), ...(key?.secret === true ? [key] : [])].map(({ name }) => name);
  const [other] = used;
  // A plain digest cannot use verify's key: that is a mistake in the algorithm, and has its own text.
  const forgotten = other === undefined && !(where === 'key' && key === undefined);
  return [
    ...mistake('sign.secret-swapped', other !== undefined && !used.includes(expected), { used: other, due: expected }),
    ...mistake('sign.secret-missing', forgotten, { due: expected }),
  ];
}

function fieldMistakes(recipe: Recipe, expected: ExpectedText, fields: readonly Part[]): readonly SignMistake[] {
  const names = recipe.parts.map(({ name }) => name);
  const missing = fields
    .filter(({ name, value }) => value !== '' && expected.names.includes(name) && !names.includes(name))
    .map(({ name }) => name);
  const extra = recipe.parts.filter((part) => isExtra(part, recipe, expected)).map(({ name }) => name);
  return [
    ...mistake('sign.field-missing', missing.length > 0, { fields: missing }),
    ...mistake('sign.field-extra', extra.length > 0, { fields: [...new Set(extra)] }),
  ];
}

function isExtra(part: Part, { key }: Recipe, { names, secret }: ExpectedText): boolean {
  if (!isSecret(part)) return !names.includes(part.name);
  return secret === undefined || (secret.where === 'key' && key !== undefined);
}

/** Does not include `trimmed`: signing a token without the white space that was sent around it is no mistake of the signature. */
const FORM_MISTAKES: readonly (readonly [Form['kind'], SignMistakeId])[] = [
  ['url', 'sign.url-encoding'],
  ['phoneNum', 'sign.phone-num-variant'],
  ['time', 'sign.time-differs'],
  ['msgId', 'sign.msgid-differs'],
  ['secret', 'sign.secret-extra'],
  ['decoded', 'sign.secret-decoded'],
];

function formMistakes({ parts, key }: Recipe, sent: readonly Part[]): readonly SignMistake[] {
  const formed = [...parts, ...(key === undefined ? [] : [key])].filter(({ form }) => form !== undefined);
  return FORM_MISTAKES.flatMap(([kind, id]) => {
    const [first, ...others] = formed.filter(({ form }) => form?.kind === kind);
    if (first?.form === undefined) return [];
    const { name, value: signed, form } = first;
    const fields = [first, ...others].map((part) => part.name);
    const generated =
      kind === 'time' || kind === 'msgId' ? { sent: sent.find((part) => part.name === name)?.value } : {};
    return mistake(id, true, { used: form.description, fields, signed, ...generated, ...form.evidence });
  });
}

function shownBreak(text: string): string {
  return text.replace('\r', '\\r').replace('\n', '\\n');
}

/** Treats all secrets as one, so that the wrong secret in the right place is not a mistake of order. */
function orderMistakes({ parts }: Recipe, { names, secret }: ExpectedText): readonly SignMistake[] {
  const expectedNames = secret?.where === 'text' ? [...names, secret.name] : names;
  const places = parts.map((part) => (isSecret(part) ? names.length : names.indexOf(part.name)));
  const known = places.filter((place) => place >= 0 && place < expectedNames.length);
  const ordered = known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
  return mistake('sign.field-order', !ordered, { order: parts.map(({ name }) => name), due: expectedNames });
}

function separatorMistakes(recipe: Recipe): readonly SignMistake[] {
  const { parts, between, pair } = recipe;
  const label = parts.find((part) => part.label !== undefined)?.label;
  if (pair === undefined && label === undefined && between === '') return [];
  return mistake('sign.separator', true, {
    used: {
      en: joinedAs({ ...recipe, label }, { name: 'name', value: 'value', space: 'space' }),
      zh: joinedAs({ ...recipe, label }, { name: '参数名', value: '值', space: '空格' }),
    },
  });
}

interface JoiningWords {
  readonly name: string;
  readonly value: string;
  readonly space: string;
}

function joinedAs(
  { between, pair, label }: Joining & { readonly label: string | undefined },
  { name, value, space }: JoiningWords,
): string {
  const shown = between === ' ' ? space : shownBreak(between);
  const used = pair === undefined ? shown : `${name}${pair}${value}${shown}${name}${pair}${value}`;
  return label === undefined ? used : `${used}…${label}${pair ?? '='}`;
}

function isSecret({ secret }: Part): boolean {
  return secret === true;
}

function mistake(id: SignMistakeId, isMade: boolean, evidence: Evidence): readonly SignMistake[] {
  return isMade ? [{ id, evidence }] : [];
}
