/** The text of `contract --help`: of all commands, or of the named one. */
import type { Language } from '../../src/text/bilingual.js';
import { COMMANDS } from './commands.js';
import { helpOf } from './flags.js';

const USAGE = { en: { first: 'usage: ', next: '       ' }, zh: { first: '用法：', next: '      ' } } as const;

const EXIT_STATUS = {
  en: 'Exit status: 0 everything passed, 1 something failed (or changed, with --against), 2 a problem of the kit, the network or the usage.',
  zh: '退出码：0 全部通过；1 有用例失败（或使用 --against 时有变化）；2 工具或网络有问题，或参数有误。',
} as const;

/** The help of the named command, or else of all. */
export function contractHelp(name: string | undefined, lang: Language): string {
  const named = COMMANDS.filter((row) => row.name === name);
  const shown = named.length === 0 ? COMMANDS : named;
  const usage = shown
    .flatMap((row) => row.usage[lang].map((rest) => `cmpassport-mock contract ${row.name} ${rest}`))
    .map((line, at) => `${at === 0 ? USAGE[lang].first : USAGE[lang].next}${line}\n`);
  const sections = shown.map(({ purpose, flags }) => `${purpose[lang]}\n\n${helpOf(flags, lang)}\n`);
  return `${usage.join('')}\n${sections.join('')}${EXIT_STATUS[lang]}\n`;
}
