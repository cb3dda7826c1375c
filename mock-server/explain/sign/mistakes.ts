/** The mistakes of a signature with their evidence: those of its method, and those of the recipe that was found. The document, 1.2 sign and 2.3 sign. */
import type { DigestName } from '../../../src/protocol/digest.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Edited } from '../edits.js';
import type { Evidence, Text } from '../finding.js';
import type { Loss } from '../lost-zeros.js';
import type { HashScheme } from '../operations.js';
import type { SignMistakeId } from './mistake-rows.js';
import { encodingWords, type LetterCase, type Received } from './received.js';
import { filled, type Joining, type Recipe, type RecipePart, type RecipeParts } from './recipe.js';
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

interface Compared {
  readonly recipe: Recipe;
  readonly text: ExpectedText;
  readonly input: { readonly expected: ExpectedSigning; readonly fields: RecipeParts };
}

/** The evidence of a mistake in the recipe. The mistakes of a value's form have that of the form. */
const EVIDENCE: Readonly<Partial<Record<SignMistakeId, (compared: Compared) => Evidence>>> = {
  'sign.secret-swapped': ({ recipe: { parts, key }, text: { secret } }) => ({
    used: [...parts, ...(key === undefined ? [] : [key])].find(isSecret)?.name,
    due: secret?.name,
  }),
  'sign.secret-missing': ({ text: { secret } }) => ({ due: secret?.name }),
  'sign.field-missing': missingFields,
  'sign.field-extra': extraFields,
  'sign.charset': ({ recipe: { charset } }) => ({ used: charset?.name, due: 'UTF-8' }),
  'sign.algorithm': ({ recipe: { digested }, input: { expected } }) => ({
    used: {
      en: `${expected.algorithm} of the ${digested?.name}`,
      zh: `对 ${digested?.name} 结果再做 ${expected.algorithm}`,
    },
    due: expected.algorithm,
    digested: digested?.name,
  }),
  'sign.field-order': ({ recipe: { parts }, text: { names: due } }) => ({
    order: parts.map(({ name }) => name),
    due,
  }),
  'sign.separator': ({ recipe }) => ({ used: separatorOf(recipe) }),
  'sign.line-feed': ({ recipe: { ending = '' } }) => ({ used: shownBreak(ending) }),
};

/** The mistakes of a recipe, each once. */
export function recipeMistakes(
  { made: recipe, mistakes }: Edited<Recipe, SignMistakeId>,
  input: Compared['input'],
): readonly SignMistake[] {
  const [text = { names: [] }] = input.expected.texts;
  return [...new Set(mistakes)].map((id) => ({
    id,
    evidence:
      formEvidence(id, recipe, input.fields) ?? EVIDENCE[id]?.({ recipe, text, input }) ?? {},
  }));
}

function missingFields({ recipe: { parts }, text: { names }, input: { fields } }: Compared) {
  const used = parts.map(({ name }) => name);
  const missing = filled(fields).filter(({ name }) => names.includes(name) && !used.includes(name));
  return { fields: missing.map(({ name }) => name) };
}

/** A secret is one of them if it does not belong in the text. */
function extraFields({ recipe: { parts, key }, text: { names, secret } }: Compared) {
  const mayHaveSecret = secret !== undefined && (secret.where === 'text' || key === undefined);
  const isExtra = (part: RecipePart) =>
    isSecret(part) ? !mayHaveSecret : !names.includes(part.name);
  return { fields: [...new Set(parts.filter(isExtra).map(({ name }) => name))] };
}

/** The mistakes that show the sent value too. */
const OTHER_VALUES: readonly SignMistakeId[] = [
  'sign.time-differs',
  'sign.msgid-differs',
  'sign.value-differs',
];

/** undefined if no value has a form of this mistake. Evidence about values is that of the first. */
function formEvidence(
  id: SignMistakeId,
  { parts, key }: Recipe,
  sent: RecipeParts,
): Evidence | undefined {
  const formed = (key === undefined ? parts : [...parts, key]).filter(
    ({ form }) => form?.mistake === id,
  );
  const [first] = formed;
  if (first === undefined) return undefined;
  const { name, value: signed, form } = first;
  return {
    used: form?.description,
    fields: formed.map((part) => part.name),
    signed,
    ...(OTHER_VALUES.includes(id) && { sent: sent.find((part) => part.name === name)?.value }),
    ...form?.evidence,
  };
}

function separatorOf({ parts, between, pair }: Recipe): Bilingual {
  if (parts.some(({ json }) => json === true)) return JSON_TEXT;
  const label = parts.find((part) => part.label !== undefined)?.label;
  const shownAs = (words: JoinedWords) =>
    joinedText({ between, pair }, words) + (label === undefined ? '' : `…${label}${pair ?? '='}`);
  return {
    en: shownAs({ name: 'name', value: 'value', space: 'space' }),
    zh: shownAs({ name: '参数名', value: '值', space: '空格' }),
  };
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

function shownBreak(text: string): string {
  return text.replace('\r', '\\r').replace('\n', '\\n');
}

function isSecret({ secret }: RecipePart): boolean {
  return secret === true;
}

function mistakeIf(isMade: boolean, id: SignMistakeId, evidence: Evidence): readonly SignMistake[] {
  return isMade ? [{ id, evidence }] : [];
}
