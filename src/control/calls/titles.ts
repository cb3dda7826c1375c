/** A valid value in a few words: the `title` of a schema, which error messages contain in both languages. */

import { READINGS } from '../../protocol/readings.js';
import type { Bilingual } from '../../text/bilingual.js';

// Credentials and control tokens.
export const SECRET_LENGTH_MAX = 256;
// The Base64 of a key of 4096 bits has 3300 characters.
export const KEY_LENGTH_MAX = 4096;

export const TITLES = {
  phoneNumber: { en: 'eleven digits that begin with 1', zh: '以 1 开头的 11 位数字' },
  appKey: {
    en: `1 to ${SECRET_LENGTH_MAX} characters, the first 16 in ASCII: they are the AES key of h5TokenValidate`,
    zh: `1–${SECRET_LENGTH_MAX} 个字符，前 16 个是 ASCII 字符（h5TokenValidate 的 AES 密钥）`,
  },
  teamName: {
    en: '1 to 32 letters, digits, dashes and underscores, the first a letter or digit',
    zh: '1–32 位字母、数字、横线或下划线，以字母或数字开头',
  },
  controlToken: {
    en: `1 to ${SECRET_LENGTH_MAX} letters, digits and . _ ~ + / = -`,
    zh: `1–${SECRET_LENGTH_MAX} 位字母、数字和 . _ ~ + / = -`,
  },
  privateKey: {
    en: `the private key of 应用公钥1, PKCS#8 in Base64, at most ${KEY_LENGTH_MAX} characters`,
    zh: `应用公钥1 对应的私钥，PKCS#8 的 Base64，最多 ${KEY_LENGTH_MAX} 个字符`,
  },
  appId: {
    en: '1 to 64 letters, digits, dots, dashes and underscores, the first a letter or digit',
    zh: '1–64 位字母、数字、点、横线和下划线，以字母或数字开头',
  },
  calibrationFormat: {
    en: '2: another release wrote the file, record it again with contract calibrate',
    zh: '2：这个文件由其他版本写出，请用 contract calibrate 重新记录',
  },
  duration: { en: 'a duration such as "90s" or "2m"', zh: '时长，例如 "90s" 或 "2m"' },
} as const satisfies Readonly<Record<string, Bilingual>>;

type ReadingWithForm = Extract<(typeof READINGS)[number], { readonly form: string }>;

const CHINESE_FORMS: Readonly<Record<ReadingWithForm['form'], string>> = {
  'refused:<code>': 'refused:<返回码>（如 refused:103211）',
  'window:<duration>': 'window:<时长>（如 window:5m）',
};

/** The title of a reading with a pattern. */
export function readingTitle({
  options,
  form,
}: Pick<ReadingWithForm, 'options' | 'form'>): Bilingual {
  return {
    en: `one of ${[...options, form].join(', ')}`,
    zh: `${options.join('、')} 或 ${CHINESE_FORMS[form]}`,
  };
}

const ALL: readonly Bilingual[] = [
  ...Object.values(TITLES),
  ...READINGS.flatMap((row) => ('form' in row ? [readingTitle(row)] : [])),
];

/** The title in both languages; a schema has only the English one. */
export function bilingualTitle(title: string): Bilingual {
  return ALL.find(({ en }) => en === title) ?? { en: title, zh: title };
}
