/** The mistakes of a recipe, read off by comparing it with what is due. The document, 1.2 sign and 2.3 sign. */
import type { Bilingual } from '../../../src/protocol/bilingual.js';
import type { Evidence, Text } from '../finding.js';
import type { Loss } from '../lost-zeros.js';
import type { HashSigning } from '../operations/operation.js';
import { encodingWords, type LetterCase, type Received } from './received.js';
import type { Form, Joining, Part, Recipe } from './recipe.js';
import type { KeyName } from './rsa.js';
import type { Family } from './secret-uses.js';

export type SignMistakeId =
  | 'sign.secret-swapped'
  | 'sign.secret-missing'
  | 'sign.key-pair'
  | 'sign.algorithm'
  | 'sign.field-missing'
  | 'sign.field-extra'
  | 'sign.phone-num-variant'
  | 'sign.field-order'
  | 'sign.separator'
  | 'sign.url-encoding'
  | 'sign.encoding'
  | 'sign.leading-zero'
  | 'sign.case';

export interface SignMistake {
  readonly id: SignMistakeId;
  readonly evidence: Evidence;
}

/** A text that may be due: which fields in which order, and which secret goes where. */
export interface DueText {
  readonly names: readonly string[];
  readonly secret?: { readonly name: string; readonly where: HashSigning['secretIn'] };
}

export interface Due {
  readonly texts: readonly DueText[];
  readonly algorithm: string;
  readonly encoding: Received['encoding'];
  readonly upperCase: boolean;
  /** 应用公钥1 of the calling app. */
  readonly key: KeyName;
}

/** How the digest or the signature was made, apart from its text. */
export interface Making {
  readonly family: Family;
  readonly algorithm: Text;
  readonly by: KeyName | undefined;
  readonly received: Received;
  /** Of hex that is too short: what made it so. */
  readonly loss: Loss | undefined;
}

/** What the sign itself shows, whatever its text was. */
export function makingMistakes({ algorithm, by, received, loss }: Making, due: Due): readonly SignMistake[] {
  const { encoding, letterCase, short } = received;
  const rightKey = by === undefined || (by.appId === due.key.appId && by.key === due.key.key);
  return [
    ...mistake('sign.key-pair', !rightKey, { used: by?.key, app: by?.appId, due: due.key.key }),
    ...mistake('sign.algorithm', algorithm !== due.algorithm, { used: algorithm, due: due.algorithm }),
    ...encodingMistakes(encoding, due),
    ...mistake('sign.leading-zero', loss !== undefined, { length: short?.text.length, digits: short?.digits, ...loss }),
    ...caseMistakes(letterCase, due),
  ];
}

function encodingMistakes(used: Received['encoding'], { encoding: due }: Due): readonly SignMistake[] {
  return used === due ? [] : mistake('sign.encoding', true, { used: encodingWords(used), due: encodingWords(due) });
}

const CASES: Readonly<Record<LetterCase, Bilingual>> = {
  upper: { en: 'upper', zh: '大写' },
  lower: { en: 'lower', zh: '小写' },
  mixed: { en: 'mixed', zh: '大小写混用' },
};

function caseMistakes(used: LetterCase | undefined, { upperCase }: Due): readonly SignMistake[] {
  if (!upperCase || used === undefined || used === 'upper') return [];
  return mistake('sign.case', true, { used: CASES[used], due: CASES.upper });
}

/** Held against that of the texts due which leaves the fewest mistakes. */
export function recipeMistakes(recipe: Recipe, { texts }: Due, fields: readonly Part[]): readonly SignMistake[] {
  const held = texts.map((due) => [
    ...secretMistakes(recipe, due),
    ...fieldMistakes(recipe, due, fields),
    ...formMistakes(recipe),
    ...orderMistakes(recipe, due),
    ...separatorMistakes(recipe),
  ]);
  return held.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function secretMistakes({ parts, key }: Recipe, { secret }: DueText): readonly SignMistake[] {
  if (secret === undefined) return [];
  const { name: due, where } = secret;
  const used = [...parts.filter(isSecret), ...(key?.secret === true ? [key] : [])].map(({ name }) => name);
  const [other] = used;
  // A plain digest has no place for verify's key: that is a mistake of the algorithm, which says so.
  const forgotten = other === undefined && !(where === 'key' && key === undefined);
  return [
    ...mistake('sign.secret-swapped', other !== undefined && !used.includes(due), { used: other, due }),
    ...mistake('sign.secret-missing', forgotten, { due }),
  ];
}

function fieldMistakes(recipe: Recipe, due: DueText, fields: readonly Part[]): readonly SignMistake[] {
  const names = recipe.parts.map(({ name }) => name);
  const missing = fields
    .filter(({ name, value }) => value !== '' && due.names.includes(name) && !names.includes(name))
    .map(({ name }) => name);
  const extra = recipe.parts.filter((part) => isExtra(part, recipe, due)).map(({ name }) => name);
  return [
    ...mistake('sign.field-missing', missing.length > 0, { fields: missing }),
    ...mistake('sign.field-extra', extra.length > 0, { fields: [...new Set(extra)] }),
  ];
}

function isExtra(part: Part, { key }: Recipe, { names, secret }: DueText): boolean {
  if (!isSecret(part)) return !names.includes(part.name);
  return secret === undefined || (secret.where === 'key' && key !== undefined);
}

const FORM_MISTAKES = { url: 'sign.url-encoding', phoneNum: 'sign.phone-num-variant' } as const;

/** A token without the white space that was sent around it is no mistake of the sign. */
function formMistakes({ parts }: Recipe): readonly SignMistake[] {
  const formed = parts.filter(({ form }) => form !== undefined && form.kind !== 'trimmed');
  const [first] = formed;
  if (first?.form === undefined || first.form.kind === 'trimmed') return [];
  const { kind, how }: Form = first.form;
  const evidence = { used: how, fields: formed.map(({ name }) => name), signed: first.value };
  return mistake(FORM_MISTAKES[kind], true, evidence);
}

/** Secrets count as one, so that the other secret in the right place is no mistake of the order. */
function orderMistakes({ parts }: Recipe, { names, secret }: DueText): readonly SignMistake[] {
  const dueNames = secret?.where === 'text' ? [...names, secret.name] : names;
  const places = parts.map((part) => (isSecret(part) ? names.length : names.indexOf(part.name)));
  const known = places.filter((place) => place >= 0 && place < dueNames.length);
  const ordered = known.every((place, at) => at === 0 || place > (known[at - 1] ?? -1));
  return mistake('sign.field-order', !ordered, { order: parts.map(({ name }) => name), due: dueNames });
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
  const shown = between === ' ' ? space : between.replace('\n', '\\n');
  const used = pair === undefined ? shown : `${name}${pair}${value}${shown}${name}${pair}${value}`;
  return label === undefined ? used : `${used}…${label}${pair ?? '='}`;
}

function isSecret({ secret }: Part): boolean {
  return secret === true;
}

function mistake(id: SignMistakeId, made: boolean, evidence: Evidence): readonly SignMistake[] {
  return made ? [{ id, evidence }] : [];
}
