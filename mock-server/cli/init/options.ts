/** The flags of `init`. */
import { type Language, listed } from '../../../src/text/bilingual.js';
import { type FlagTable, type FlagValues, valuesOf } from '../../../src/text/flags.js';
import { type Environment, languageOf } from '../../options/language.js';
import { textWhere } from '../../options/option-kinds.js';
import { OPTION_ROWS } from '../../options/option-rows.js';
import { invalidFlag } from '../../options/options.js';
import { commandError, foundArgument, withHelp } from '../messages.js';
import { TEMPLATES, type Template } from './templates.js';

export const INIT_ROWS = {
  dir: {
    flag: 'dir',
    value: 'dir',
    default: '.',
    help: {
      en: 'the folder of your project (default: the current one)',
      zh: '项目所在目录（默认：当前目录）',
    },
  },
  package: {
    flag: 'package',
    value: 'name',
    kind: textWhere((text) => /^[a-z_]\w*(?:\.[a-z_]\w*)*$/i.test(text), {
      en: 'be a Java package, for example com.example.login',
      zh: '为 Java 包名，例如 com.example.login',
    }),
    default: 'cmpassport',
    help: {
      en: 'the package of the Java files (default cmpassport)',
      zh: 'Java 文件的包名（默认 cmpassport）',
    },
  },
  lang: OPTION_ROWS.lang,
} as const satisfies FlagTable;

export interface InitOptions {
  readonly template: Template;
  readonly folder: string;
  readonly javaPackage: string;
  readonly lang: Language;
}

/** Throws a UsageError that names the argument. */
export function toInitOptions(
  values: FlagValues,
  { names: [name, more], env }: { readonly names: readonly string[]; readonly env: Environment },
): InitOptions {
  const { dir, package: javaPackage, lang } = valuesOf(INIT_ROWS, values, invalidFlag);
  const template = TEMPLATES.find((known) => known.name === name);
  if (template === undefined || more !== undefined) {
    const found = foundArgument(template === undefined ? name : more);
    throw withHelp(
      commandError('init.template', { found, known: listed(TEMPLATES.map((known) => known.name)) }),
    );
  }
  return { template, folder: dir, javaPackage, lang: languageOf(lang, env) };
}
