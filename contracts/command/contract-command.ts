/** `cmpassport-mock contract …`: selects the command and returns the exit status. */

import type { Language } from '../../src/text/bilingual.js';
import { printable } from '../../src/text/printable.js';
import { UsageError } from '../../src/text/usage-error.js';
import { COMMANDS } from './commands.js';
import { helpOf } from './flags.js';
import { type KitInputs, kitOf } from './kit.js';

const USAGE_STATUS = 2;

/** Returns the exit status. A mistake that the user can correct is one sentence on standard error, not a rejection. */
export async function contractCommand(args: readonly string[], inputs: KitInputs): Promise<number> {
  const kit = kitOf(inputs);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.includes('--help') || own.includes('-h')) {
    kit.out.write(contractHelp(own[0], kit.language));
    return 0;
  }
  try {
    const [name, ...rest] = args;
    const command = COMMANDS.find((row) => row.name === name);
    if (command !== undefined) return await command.run(rest, kit);
    throw new UsageError({
      en: `contract needs provider, consumer, replay or calibrate, found ${name === undefined ? 'nothing' : JSON.stringify(name)} (see contract --help)`,
      zh: `contract 后面应为 provider、consumer、replay 或 calibrate，实际${name === undefined ? '没有写' : `为 ${JSON.stringify(name)}`}（见 contract --help）`,
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    kit.out.complain(`cmpassport-mock: ${printable(error.words[kit.language])}\n`);
    return USAGE_STATUS;
  }
}

const USAGE = { en: { first: 'usage: ', next: '       ' }, zh: { first: '用法：', next: '      ' } } as const;

const EXIT_STATUS = {
  en: 'Exit status: 0 everything passed, 1 something failed (or changed, with --against), 2 a problem of the kit, the network or the usage.',
  zh: '退出码：0 全部通过；1 有用例失败（或使用 --against 时有变化）；2 工具或网络有问题，或参数有误。',
} as const;

/** The help of the named command, or else of all. */
function contractHelp(name: string | undefined, lang: Language): string {
  const named = COMMANDS.filter((row) => row.name === name);
  const shown = named.length === 0 ? COMMANDS : named;
  const usage = shown
    .flatMap((row) => row.usage[lang].map((rest) => `cmpassport-mock contract ${row.name} ${rest}`))
    .map((line, at) => `${at === 0 ? USAGE[lang].first : USAGE[lang].next}${line}\n`);
  const sections = shown.map(({ purpose, flags }) => `${purpose[lang]}\n\n${helpOf(flags, lang)}\n`);
  return `${usage.join('')}\n${sections.join('')}${EXIT_STATUS[lang]}\n`;
}
