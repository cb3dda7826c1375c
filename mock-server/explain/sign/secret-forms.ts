/** Secrets as deployments get them wrong: with more or fewer characters, in another case, or a placeholder instead of them. */
import { digestHex } from '../../../src/protocol/digest.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { type Evidence, type Text, YES } from '../finding.js';
import type { SignMistakeId } from './mistake-rows.js';
import type { RecipePart } from './recipe.js';

export interface SecretForm {
  readonly description: Text;
  readonly of: (secret: string) => string;
}

export const LINE_BREAKS = [
  { text: '\n', name: '\\n' },
  { text: '\r\n', name: '\\r\\n' },
  { text: '\r', name: '\\r' },
] as const;

export const LINE_BREAKS_BEHIND: readonly SecretForm[] = LINE_BREAKS.map(({ text, name }) => ({
  description: { en: `a line break (${name}) after it`, zh: `后面多了换行（${name}）` },
  of: (secret) => secret + text,
}));

function around(before: string, behind: string, description: Bilingual): SecretForm {
  return { description, of: (secret) => before + secret + behind };
}

/** Additions from a file, an environment variable or a web page. */
export const OTHER_ADDITIONS: readonly SecretForm[] = [
  around('', ' ', { en: 'a space after it', zh: '后面多了空格' }),
  around(' ', '', { en: 'a space before it', zh: '前面多了空格' }),
  around(' ', ' ', { en: 'a space on both sides', zh: '前后都多了空格' }),
  around('', '\t', { en: 'a tab after it', zh: '后面多了制表符' }),
  around('\t', '', { en: 'a tab before it', zh: '前面多了制表符' }),
  around('\n', '', { en: 'a line break before it', zh: '前面多了换行' }),
  around('"', '"', { en: 'double quotes around it', zh: '两边多了双引号' }),
  around("'", "'", { en: 'single quotes around it', zh: '两边多了单引号' }),
  around('\ufeff', '', { en: 'a byte order mark before it', zh: '前面多了 BOM' }),
  around('', '\u00a0', { en: 'a no-break space after it', zh: '后面多了不换行空格' }),
  around('\u00a0', '', { en: 'a no-break space before it', zh: '前面多了不换行空格' }),
  around('', '\u200b', { en: 'a zero-width space after it', zh: '后面多了零宽空格' }),
  around('\u200b', '', { en: 'a zero-width space before it', zh: '前面多了零宽空格' }),
  {
    description: { en: 'a second copy after it', zh: '后面又重复了一遍' },
    of: (secret) => secret + secret,
  },
];

const TYPED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:=&-_/';

/** A character that was pasted or typed with it. */
const TYPED_ADDITIONS: readonly SecretForm[] = Array.from(TYPED).flatMap((typed) => [
  around('', typed, {
    en: `one character too many after it (${typed})`,
    zh: `后面多了一个字符（${typed}）`,
  }),
  around(typed, '', {
    en: `one character too many before it (${typed})`,
    zh: `前面多了一个字符（${typed}）`,
  }),
]);

const COMMON_CHANGES: readonly SecretForm[] = [
  {
    description: { en: 'in lower case', zh: '转成了小写' },
    of: (secret) => secret.toLowerCase(),
  },
  {
    description: { en: 'in upper case', zh: '转成了大写' },
    of: (secret) => secret.toUpperCase(),
  },
  {
    description: { en: 'without its first character', zh: '少了第一个字符' },
    of: (secret) => secret.slice(1),
  },
  {
    description: { en: 'without its last character', zh: '少了最后一个字符' },
    of: (secret) => secret.slice(0, -1),
  },
];

export const CHANGES: readonly SecretForm[] = [
  ...COMMON_CHANGES,
  {
    description: { en: 'as its MD5 in upper case', zh: '先做了一次 MD5（大写）' },
    of: (secret) => digestHex('MD5', secret).toUpperCase(),
  },
  {
    description: { en: 'as its MD5 in lower case', zh: '先做了一次 MD5（小写）' },
    of: (secret) => digestHex('MD5', secret),
  },
];

/** What a value that is not set becomes as text. */
export const NOTHING = ['null', 'undefined', 'None', 'nil', '<nil>', '(null)', 'NULL'] as const;

/** What templates and shells write around the name of a variable. */
export const TEMPLATES = [
  ['${', '}'],
  ['{{', '}}'],
  ['{{ ', ' }}'],
  ['$', ''],
  ['%', '%'],
  ['<', '>'],
  ['', ''],
] as const;

/** The names of the variables that hold a secret. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  appKey: ['APP_KEY', 'appKey', 'app_key', 'app-key', 'app.key'],
  appSecret: ['APP_SECRET', 'appSecret', 'APPSecret', 'app_secret', 'app-secret', 'app.secret'],
};

/** Placeholders of this secret; the likeliest first. */
function placeholdersOf(name: string): readonly string[] {
  const variables = VARIABLES[name] ?? [];
  return TEMPLATES.flatMap(([before, behind]) => variables.map((one) => before + one + behind));
}

/** The secret in another form. The likely forms come first. */
export interface FormedSecret {
  readonly secret: RecipePart;
  readonly likely: boolean;
}

interface Forms {
  readonly forms: readonly SecretForm[];
  readonly mistake: SignMistakeId;
  readonly evidence?: Evidence;
  readonly likely?: boolean;
}

/** A form that does not change the secret is left out. */
function inForms(
  secret: RecipePart,
  { forms, mistake, evidence, likely = false }: Forms,
): readonly FormedSecret[] {
  return forms
    .map(({ description, of }) => ({
      ...secret,
      value: of(secret.value),
      form: { mistake, description, ...(evidence && { evidence }) },
    }))
    .filter(({ value }) => value !== secret.value)
    .map((formed) => ({ secret: formed, likely }));
}

function textForms(texts: readonly string[]): readonly SecretForm[] {
  return texts.map((text) => ({ description: text, of: () => text }));
}

const NOTHING_LIKELY = NOTHING.slice(0, 2);

/** Texts instead of the secret. */
export function replacedSecret(secret: RecipePart): readonly FormedSecret[] {
  const row = { mistake: 'sign.secret-missing', evidence: { due: secret.name } } as const;
  const [placeholder = '', ...placeholders] = placeholdersOf(secret.name);
  const likely = textForms([...NOTHING_LIKELY, placeholder]);
  const others = textForms([...NOTHING.slice(NOTHING_LIKELY.length), ...placeholders]);
  return [
    ...inForms(secret, { ...row, forms: likely, likely: true }),
    ...inForms(secret, { ...row, forms: others }),
  ];
}

/** If the secret ends the text, a line break after the secret is also a line break after the text. */
export function changedSecret(secret: RecipePart, endsText: boolean): readonly FormedSecret[] {
  const changed = {
    mistake: 'sign.secret-changed',
    evidence: { length: secret.value.length },
  } as const;
  const longer = { mistake: 'sign.secret-extra' } as const;
  return [
    ...inForms(secret, { ...changed, forms: COMMON_CHANGES, likely: true }),
    ...inForms(secret, { ...changed, forms: CHANGES.slice(COMMON_CHANGES.length) }),
    ...inForms(secret, {
      ...longer,
      forms: LINE_BREAKS_BEHIND,
      ...(endsText && { evidence: { endsText: YES } }),
    }),
    ...inForms(secret, { ...longer, forms: OTHER_ADDITIONS }),
  ];
}

export function mistypedSecret(secret: RecipePart): readonly FormedSecret[] {
  return inForms(secret, { mistake: 'sign.secret-extra', forms: TYPED_ADDITIONS });
}
