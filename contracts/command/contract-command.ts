/** `cmpassport-mock contract …`: selects the command and returns the exit status. */
import type { Language } from '../../src/text/bilingual.js';
import { helpRows, helpText } from '../../src/text/flag-help.js';
import type { FlagTable } from '../../src/text/flags.js';
import { printable } from '../../src/text/printable.js';
import { UsageError } from '../../src/text/usage-error.js';
import { usage } from '../kit/usage.js';
import { CALIBRATE_ROWS, calibrate } from './calibrate-command.js';
import { CONSUMER_ROWS, consume } from './consumer-command.js';
import { type Kit, type KitInputs, kitOf } from './kit.js';
import { PROVIDER_ROWS, provide } from './provider-command.js';
import { REPLAY_ROWS, replay } from './replay-command.js';

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
    throw name === undefined
      ? usage('contract.no-command')
      : usage('contract.unknown-command', { found: name });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    kit.out.complain(`cmpassport-mock: ${printable(error.words[kit.language])}\n`);
    return USAGE_STATUS;
  }
}

const USAGE = {
  en: { first: 'usage: ', next: '       ' },
  zh: { first: '用法：', next: '      ' },
} as const;

const EXIT_STATUS = {
  en: 'Exit status: 0 everything passed, 1 something failed (or changed, with --against), 2 no case ran, or a problem of the kit, the network or the usage.',
  zh: '退出码：0 全部通过；1 有用例失败（或使用 --against 时有变化）；2 没有执行任何用例，工具或网络有问题，或参数有误。',
} as const;

function contractHelp(name: string | undefined, lang: Language): string {
  const named = COMMANDS.filter((row) => row.name === name);
  const shown = named.length === 0 ? COMMANDS : named;
  const usage = shown
    .flatMap((row) => row.usage[lang].map((rest) => `cmpassport-mock contract ${row.name} ${rest}`))
    .map((line, at) => `${at === 0 ? USAGE[lang].first : USAGE[lang].next}${line}`);
  const sections = shown.flatMap(({ purpose, flags }) => [purpose[lang], helpRows(flags)]);
  return helpText([usage.join('\n'), ...sections, EXIT_STATUS[lang]], lang);
}

// The commands of `cmpassport-mock contract`: a row each.

interface CommandRow {
  readonly name: string;
  readonly usage: Readonly<Record<Language, readonly string[]>>;
  readonly purpose: Readonly<Record<Language, string>>;
  readonly flags: FlagTable;
  /** Returns the exit status. */
  run(args: readonly string[], kit: Kit): Promise<number>;
}

/** For `help <id>`. */
export { USAGE_MESSAGES } from '../kit/usage-messages.js';

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'provider',
    usage: {
      en: ['--mock <url> [flags]', '--profile <file> [flags]'],
      zh: ['--mock <url> [参数]', '--profile <file> [参数]'],
    },
    purpose: {
      en: 'provider: checks that a carrier responds as documented',
      zh: 'provider：检验平台侧接口（移动认证平台、网关、桩服务）的响应是否符合文档',
    },
    flags: PROVIDER_ROWS,
    run: provide,
  },
  {
    name: 'consumer',
    usage: { en: ['[flags] -- <command> [arguments]'], zh: ['[参数] -- <命令> [命令的参数]'] },
    purpose: {
      en: 'consumer: checks the requests of a client, and how it handles responses',
      zh: 'consumer：检验调用方（你调用移动认证平台的代码）发出的请求是否符合文档，能否处理各种响应',
    },
    flags: CONSUMER_ROWS,
    run: consume,
  },
  {
    name: 'replay',
    usage: { en: ['[flags] <file> …'], zh: ['[参数] <文件> …'] },
    purpose: {
      en: `replay: checks captured requests without running the client. The files are HAR, curl commands, raw HTTP, records of
GET /_mock/requests or files of consumer --save; "-" is standard input.`,
      zh: `replay：检验抓到的请求是否符合文档，不运行调用方的代码。文件可以是 HAR、curl 命令、原始 HTTP 报文、
GET /_mock/requests 的记录，或 consumer --save 保存的文件；“-”表示标准输入`,
    },
    flags: REPLAY_ROWS,
    run: replay,
  },
  {
    name: 'calibrate',
    usage: { en: ['--profile <file> [flags]'], zh: ['--profile <file> [参数]'] },
    purpose: {
      en: 'calibrate: finds out what a carrier does where the document is silent',
      zh: 'calibrate：文档没有写明的地方，测出平台侧接口实际怎么做',
    },
    flags: CALIBRATE_ROWS,
    run: calibrate,
  },
];
