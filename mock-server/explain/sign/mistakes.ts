/** Finds the mistakes of a recipe by comparison with the expected signing. The document, 1.2 sign and 2.3 sign. */
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Evidence, Text } from '../finding.js';
import type { Loss } from '../lost-zeros.js';
import type { HashScheme } from '../operations.js';
import type { SignMistakeId } from './mistake-rows.js';
import { encodingWords, type LetterCase, type Received } from './received.js';
import type { Recipe, RecipePart, RecipeParts } from './recipe.js';
import type { KeyName } from './rsa.js';

export interface SignMistake {
  readonly id: SignMistakeId;
  readonly evidence: Evidence;
}

/** A possible string to sign: its fields in order, and the secret and its place. */
export interface ExpectedText {
  readonly names: readonly string[];
  readonly secret?: { readonly name: string; readonly where: HashScheme['secretIn'] };
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
  readonly algorithm: Text;
  readonly signingKey?: KeyName;
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
  const { encoding, short } = method.received;
  const { loss } = method;
  return [
    ...keyMistakes(method, expected),
    ...algorithmMistakes(method, expected),
    ...mistake('sign.encoding', encoding !== expected.encoding, {
      used: encodingWords(encoding),
      due: encodingWords(expected.encoding),
    }),
    ...mistake('sign.leading-zero', loss !== undefined, {
      length: short?.text.length,
      digits: short?.digits,
      ...loss,
    }),
    ...caseMistakes(method.received, expected),
  ];
}

function keyMistakes(
  { signingKey }: SigningMethod,
  { key }: ExpectedSigning,
): readonly SignMistake[] {
  if (signingKey === undefined) return [];
  const isRight = signingKey.appId === key.appId && signingKey.key === key.key;
  return mistake('sign.key-pair', !isRight, {
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
  return mistake('sign.algorithm', algorithm !== due, {
    used: algorithm,
    due,
    ...(selectedBy !== undefined && { selectedBy }),
    ...(dueKey !== undefined && { dueKey }),
  });
}

function caseMistakes(
  { letterCase }: Received,
  { upperCase }: ExpectedSigning,
): readonly SignMistake[] {
  if (!upperCase || letterCase === undefined) return [];
  return mistake('sign.case', letterCase !== 'upper', {
    used: CASES[letterCase],
    due: CASES.upper,
  });
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
    ...mistake('sign.charset', recipe.charset !== undefined, {
      used: recipe.charset?.name,
      due: 'UTF-8',
    }),
    ...orderMistakes(recipe, text),
    ...separatorMistakes(recipe),
    ...mistake('sign.line-feed', recipe.ending !== undefined, {
      used: shownBreak(recipe.ending ?? ''),
    }),
  ]);
  return compared.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function secretMistakes({ parts, key }: Recipe, { secret }: ExpectedText): readonly SignMistake[] {
  if (secret === undefined) return [];
  const { name: expected, where } = secret;
  const used = [...parts.filter(isSecret), ...(key?.secret === true ? [key] : [])].map(
    ({ name }) => name,
  );
  const [other] = used;
  // A plain digest cannot use verify's key: that is a mistake in the algorithm, and has its own text.
  const forgotten = other === undefined && !(where === 'key' && key === undefined);
  return [
    ...mistake('sign.secret-swapped', other !== undefined && !used.includes(expected), {
      used: other,
      due: expected,
    }),
    ...mistake('sign.secret-missing', forgotten, { due: expected }),
  ];
}

function fieldMistakes(
  { parts, key }: Recipe,
  { names, secret }: ExpectedText,
  fields: RecipeParts,
): readonly SignMistake[] {
  const used = parts.map(({ name }) => name);
  const missing = fields.filter(
    ({ name, value }) => value !== '' && names.includes(name) && !used.includes(name),
  );
  const mayHaveSecret = secret !== undefined && (secret.where === 'text' || key === undefined);
  const extra = parts.filter((part) =>
    isSecret(part) ? !mayHaveSecret : !names.includes(part.name),
  );
  return [
    ...mistake('sign.field-missing', missing.length > 0, {
      fields: missing.map(({ name }) => name),
    }),
    ...mistake('sign.field-extra', extra.length > 0, {
      fields: [...new Set(extra.map(({ name }) => name))],
    }),
  ];
}

function formMistakes({ parts, key }: Recipe, sent: RecipeParts): readonly SignMistake[] {
  const formed = key === undefined ? parts : [...parts, key];
  const ids = new Set(formed.flatMap(({ form }) => form?.mistake ?? []));
  return [...ids].flatMap((id) => {
    const made = formed.filter(({ form }) => form?.mistake === id);
    return formMistake(id, made, sent);
  });
}

/** The mistake of the parts in one form. Evidence about values is that of the first part. */
function formMistake(
  id: SignMistakeId,
  made: RecipeParts,
  sent: RecipeParts,
): readonly SignMistake[] {
  const { name, value: signed, form } = made[0] ?? { name: '', value: '' };
  const isGenerated = id === 'sign.time-differs' || id === 'sign.msgid-differs';
  return mistake(id, true, {
    used: form?.description,
    fields: made.map((part) => part.name),
    signed,
    ...(isGenerated && { sent: sent.find((part) => part.name === name)?.value }),
    ...form?.evidence,
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
  return mistake('sign.field-order', !ordered, {
    order: parts.map(({ name }) => name),
    due: expectedNames,
  });
}

function separatorMistakes({ parts, between, pair }: Recipe): readonly SignMistake[] {
  const label = parts.find((part) => part.label !== undefined)?.label;
  const joined = (name: string, value: string, space: string) => {
    const shown = between === ' ' ? space : shownBreak(between);
    const used =
      pair === undefined ? shown : `${name}${pair}${value}${shown}${name}${pair}${value}`;
    return label === undefined ? used : `${used}…${label}${pair ?? '='}`;
  };
  const isJoined = pair !== undefined || label !== undefined || between !== '';
  return mistake('sign.separator', isJoined, {
    used: { en: joined('name', 'value', 'space'), zh: joined('参数名', '值', '空格') },
  });
}

function isSecret({ secret }: RecipePart): boolean {
  return secret === true;
}

function mistake(id: SignMistakeId, isMade: boolean, evidence: Evidence): readonly SignMistake[] {
  return isMade ? [{ id, evidence }] : [];
}
