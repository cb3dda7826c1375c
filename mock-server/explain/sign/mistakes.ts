/** Finds the mistakes of a recipe by comparison with the expected signing. The document, 1.2 sign and 2.3 sign. */
import type { DigestName } from '../../../src/protocol/digest.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Evidence, Text } from '../finding.js';
import type { Loss } from '../lost-zeros.js';
import type { HashScheme } from '../operations.js';
import type { SignMistakeId } from './mistake-rows.js';
import { encodingWords, type LetterCase, type Received } from './received.js';
import type { Form, Joining, Recipe, RecipePart, RecipeParts } from './recipe.js';
import type { KeyName } from './rsa.js';

export interface SignMistake {
  readonly id: SignMistakeId;
  readonly evidence: Evidence;
}

/** A possible string to sign: its fields in order, with the secret if it is in the text. */
export interface ExpectedText {
  readonly names: readonly string[];
  readonly secret?: { readonly name: string; readonly where: HashScheme['secretIn'] };
}

export interface ExpectedSigning {
  readonly texts: readonly ExpectedText[];
  readonly algorithm: string;
  /** The digest of the algorithm; undefined for RSA. */
  readonly digest: DigestName | undefined;
  /** The secret that is the key of the algorithm; undefined without an HMAC. */
  readonly hmacKey: string | undefined;
  /** The algorithm that the request could also select, and the field that selects it; undefined without a choice. */
  readonly other: { readonly algorithm: string; readonly selectedBy: string } | undefined;
  readonly encoding: Received['encoding'];
  readonly upperCase: boolean;
  /** 应用公钥1 of the calling app. */
  readonly key: KeyName;
}

/** How the digest or signature was made, apart from its text. */
export interface SigningMethod {
  readonly algorithm: Text;
  readonly signingKey?: KeyName | undefined;
  readonly received: Received;
  /** The reason for hex that is too short. */
  readonly loss?: Loss | undefined;
  /** The key that the digest lacks. */
  readonly dueKey?: string | undefined;
}

const CASES: Readonly<Record<LetterCase, Bilingual>> = {
  upper: { en: 'upper', zh: '大写' },
  lower: { en: 'lower', zh: '小写' },
  mixed: { en: 'mixed', zh: '大小写混用' },
};

/** The mistakes that are visible in the signature, even if its text is unknown. */
export function methodMistakes(
  method: SigningMethod,
  expected: ExpectedSigning,
): readonly SignMistake[] {
  return [
    ...keyMistakes(method, expected),
    ...algorithmMistakes(method, expected),
    ...encodingMistakes(method, expected),
    ...leadingZeroMistakes(method),
    ...caseMistakes(method, expected),
  ];
}

function keyMistakes(
  { signingKey }: SigningMethod,
  { key }: ExpectedSigning,
): readonly SignMistake[] {
  if (signingKey === undefined) return [];
  const isRight = signingKey.appId === key.appId && signingKey.key === key.key;
  return mistakeIf(!isRight, 'sign.key-pair', {
    used: signingKey.key,
    app: signingKey.appId,
    due: key.key,
  });
}

function algorithmMistakes(
  { algorithm, dueKey }: SigningMethod,
  { algorithm: due, other }: ExpectedSigning,
): readonly SignMistake[] {
  const selectedBy = algorithm === other?.algorithm ? other?.selectedBy : undefined;
  return mistakeIf(algorithm !== due, 'sign.algorithm', {
    used: algorithm,
    due,
    ...(selectedBy !== undefined && { selectedBy }),
    ...(dueKey !== undefined && { dueKey }),
  });
}

function encodingMistakes(
  { received: { encoding } }: SigningMethod,
  { encoding: due }: ExpectedSigning,
): readonly SignMistake[] {
  return mistakeIf(encoding !== due, 'sign.encoding', {
    used: encodingWords(encoding),
    due: encodingWords(due),
  });
}

function leadingZeroMistakes({ received: { short }, loss }: SigningMethod): readonly SignMistake[] {
  return mistakeIf(loss !== undefined, 'sign.leading-zero', {
    length: short?.text.length,
    digits: short?.digits,
    ...loss,
  });
}

function caseMistakes(
  { received: { letterCase } }: SigningMethod,
  { upperCase }: ExpectedSigning,
): readonly SignMistake[] {
  if (!upperCase || letterCase === undefined) return [];
  const evidence = { used: CASES[letterCase], due: CASES.upper };
  return mistakeIf(letterCase !== 'upper', 'sign.case', evidence);
}

/** Compares the recipe with each expected text, and returns the shortest list of mistakes. */
export function recipeMistakes(
  recipe: Recipe,
  { expected, fields }: { readonly expected: ExpectedSigning; readonly fields: RecipeParts },
): readonly SignMistake[] {
  const compared = expected.texts.map((text) => [
    ...secretMistakes(recipe, text),
    ...fieldMistakes(recipe, text, fields),
    ...formMistakes(recipe, fields),
    ...charsetMistakes(recipe),
    ...digestedMistakes(recipe, expected),
    ...orderMistakes(recipe, text),
    ...separatorMistakes(recipe),
    ...lineFeedMistakes(recipe),
  ]);
  const [shortest = []] = compared.toSorted((a, b) => a.length - b.length);
  return shortest;
}

function secretMistakes({ parts, key }: Recipe, { secret }: ExpectedText): readonly SignMistake[] {
  if (secret === undefined) return [];
  const secrets = [...parts, ...(key === undefined ? [] : [key])].filter(isSecret);
  const used = secrets.map(({ name }) => name);
  const [other] = used;
  if (other !== undefined) {
    const evidence = { used: other, due: secret.name };
    return mistakeIf(!used.includes(secret.name), 'sign.secret-swapped', evidence);
  }
  // A plain digest cannot use verify's key: that is a mistake in the algorithm, and has its own text.
  const isPlainDigest = secret.where === 'key' && key === undefined;
  return mistakeIf(!isPlainDigest, 'sign.secret-missing', { due: secret.name });
}

function fieldMistakes(
  { parts, key }: Recipe,
  { names, secret }: ExpectedText,
  fields: RecipeParts,
): readonly SignMistake[] {
  if (parts.some(isJson)) return [];
  const used = parts.map(({ name }) => name);
  const isMissing = ({ name, value }: RecipePart) =>
    value !== '' && names.includes(name) && !used.includes(name);
  const missing = fields.filter(isMissing).map(({ name }) => name);
  const mayHaveSecret = secret !== undefined && (secret.where === 'text' || key === undefined);
  const isExtra = (part: RecipePart) =>
    isSecret(part) ? !mayHaveSecret : !names.includes(part.name);
  const extra = parts.filter(isExtra).map(({ name }) => name);
  return [
    ...mistakeIf(missing.length > 0, 'sign.field-missing', { fields: missing }),
    ...mistakeIf(extra.length > 0, 'sign.field-extra', { fields: [...new Set(extra)] }),
  ];
}

function formMistakes({ parts, key }: Recipe, sent: RecipeParts): readonly SignMistake[] {
  const formed = key === undefined ? parts : [...parts, key];
  const ids = new Set(formed.flatMap(({ form }) => form?.mistake ?? []));
  return [...ids].flatMap((id) => {
    const made = formed.filter(({ form }) => form?.mistake === id);
    const [first] = made;
    const names = made.map(({ name }) => name);
    return first === undefined ? [] : [{ id, evidence: formEvidence(first, names, sent) }];
  });
}

/** The mistakes that show the sent value too. */
const OTHER_VALUES: readonly Form['mistake'][] = [
  'sign.time-differs',
  'sign.msgid-differs',
  'sign.value-differs',
];

/** Evidence about values is that of the first part in the form. */
function formEvidence(
  { name, value: signed, form }: RecipePart,
  fields: readonly string[],
  sent: RecipeParts,
): Evidence {
  const isOtherValue = form !== undefined && OTHER_VALUES.includes(form.mistake);
  return {
    used: form?.description,
    fields,
    signed,
    ...(isOtherValue && { sent: sent.find((part) => part.name === name)?.value }),
    ...form?.evidence,
  };
}

function charsetMistakes({ charset }: Recipe): readonly SignMistake[] {
  const evidence = { used: charset?.name, due: 'UTF-8' };
  return mistakeIf(charset !== undefined, 'sign.charset', evidence);
}

function digestedMistakes(
  { digested }: Recipe,
  { algorithm: due }: ExpectedSigning,
): readonly SignMistake[] {
  if (digested === undefined) return [];
  const { name } = digested;
  const used = { en: `${due} of the ${name}`, zh: `对 ${name} 结果再做 ${due}` };
  return [{ id: 'sign.algorithm', evidence: { used, due, digested: name } }];
}

/** Treats all secrets as one, so that the wrong secret in the right place is not a mistake of order. */
function orderMistakes({ parts }: Recipe, { names, secret }: ExpectedText): readonly SignMistake[] {
  const places = parts.map((part) =>
    names.indexOf(isSecret(part) ? (secret?.name ?? '') : part.name),
  );
  const known = places.filter((place) => place >= 0);
  const isOrdered = known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
  const order = parts.map(({ name }) => name);
  return mistakeIf(!isOrdered, 'sign.field-order', { order, due: names });
}

function separatorMistakes({ parts, between, pair }: Recipe): readonly SignMistake[] {
  if (parts.some(isJson)) return [{ id: 'sign.separator', evidence: { used: JSON_TEXT } }];
  const label = parts.find((part) => part.label !== undefined)?.label;
  const isSeparated = pair !== undefined || label !== undefined || between !== '';
  const shownAs = (words: JoinedWords) =>
    joinedText({ between, pair }, words) + (label === undefined ? '' : `…${label}${pair ?? '='}`);
  return mistakeIf(isSeparated, 'sign.separator', {
    used: {
      en: shownAs({ name: 'name', value: 'value', space: 'space' }),
      zh: shownAs({ name: '参数名', value: '值', space: '空格' }),
    },
  });
}

const JSON_TEXT: Bilingual = { en: '{"name":"value",…}', zh: '{"参数名":"值",…}' };

interface JoinedWords {
  readonly name: string;
  readonly value: string;
  readonly space: string;
}

/** The separator alone; or two names with their values, and the separator between them. */
function joinedText({ between, pair }: Joining, { name, value, space }: JoinedWords): string {
  const separator = between === ' ' ? space : shownBreak(between);
  if (pair === undefined) return separator;
  const one = name + pair + value;
  return one + separator + one;
}

function lineFeedMistakes({ ending }: Recipe): readonly SignMistake[] {
  return ending === undefined
    ? []
    : [{ id: 'sign.line-feed', evidence: { used: shownBreak(ending) } }];
}

function shownBreak(text: string): string {
  return text.replace('\r', '\\r').replace('\n', '\\n');
}

function isJson({ json }: RecipePart): boolean {
  return json === true;
}

function isSecret({ secret }: RecipePart): boolean {
  return secret === true;
}

function mistakeIf(isMade: boolean, id: SignMistakeId, evidence: Evidence): readonly SignMistake[] {
  return isMade ? [{ id, evidence }] : [];
}
