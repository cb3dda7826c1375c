/** `cmpassport-mock contract …`: selects the command and returns the exit status. */
import { printable } from '../report/text.js';
import { CALIBRATE_FLAGS, calibrate } from './calibrate-command.js';
import { CONSUMER_FLAGS, consume } from './consumer-command.js';
import { helpOf } from './flags.js';
import { type KitInputs, kitOf } from './kit.js';
import { PROVIDER_FLAGS, provide } from './provider-command.js';
import { REPLAY_FLAGS, replay } from './replay-command.js';
import { UsageProblem } from './usage-problem.js';

const USAGE_STATUS = 2;

const HELP = {
  en: `usage: cmpassport-mock contract provider --mock <url> [flags]
       cmpassport-mock contract provider --profile <file> [flags]
       cmpassport-mock contract consumer [flags] -- <command> [arguments]
       cmpassport-mock contract replay [flags] <file> …
       cmpassport-mock contract calibrate --profile <file> [flags]

provider: checks that a carrier responds as documented

${helpOf(PROVIDER_FLAGS, 'en')}
consumer: checks the requests of a client, and how it handles responses

${helpOf(CONSUMER_FLAGS, 'en')}
replay: checks captured requests without running the client. The files are HAR, curl commands, raw HTTP, records of
GET /_mock/requests or files of consumer --save; "-" is standard input.

${helpOf(REPLAY_FLAGS, 'en')}
calibrate: finds out what a carrier does where the document is silent

${helpOf(CALIBRATE_FLAGS, 'en')}
Exit status: 0 everything passed, 1 something failed (or changed, with --against), 2 a problem of the kit, the network or the usage.
`,
  zh: `用法：cmpassport-mock contract provider --mock <url> [参数]
      cmpassport-mock contract provider --profile <file> [参数]
      cmpassport-mock contract consumer [参数] -- <命令> [命令的参数]
      cmpassport-mock contract replay [参数] <文件> …
      cmpassport-mock contract calibrate --profile <file> [参数]

provider：检验服务端的响应是否符合文档

${helpOf(PROVIDER_FLAGS, 'zh')}
consumer：检验客户端发出的请求是否符合文档，能否处理各种响应

${helpOf(CONSUMER_FLAGS, 'zh')}
replay：检验抓到的请求是否符合文档，不运行客户端。文件可以是 HAR、curl 命令、原始 HTTP 报文、
GET /_mock/requests 的记录，或 consumer --save 保存的文件；“-”表示标准输入

${helpOf(REPLAY_FLAGS, 'zh')}
calibrate：文档没有写明的地方，测出服务实际怎么做

${helpOf(CALIBRATE_FLAGS, 'zh')}
退出码：0 全部通过；1 有用例失败（或使用 --against 时有变化）；2 工具或网络有问题，或参数有误。
`,
} as const;

const COMMANDS = [
  { name: 'provider', run: provide },
  { name: 'consumer', run: consume },
  { name: 'replay', run: replay },
  { name: 'calibrate', run: calibrate },
] as const;

/** Returns the exit status. A mistake that the user can correct is one sentence on standard error, not a rejection. */
export async function contractCommand(args: readonly string[], inputs: KitInputs): Promise<number> {
  const kit = kitOf(inputs);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  if (own.includes('--help') || own.includes('-h')) {
    kit.out.write(HELP[kit.language]);
    return 0;
  }
  try {
    const [name, ...rest] = args;
    const command = COMMANDS.find((row) => row.name === name);
    if (command !== undefined) return await command.run(rest, kit);
    throw new UsageProblem({
      en: `contract needs provider, consumer, replay or calibrate, found ${name === undefined ? 'nothing' : JSON.stringify(name)} (see contract --help)`,
      zh: `contract 后面应为 provider、consumer、replay 或 calibrate，实际${name === undefined ? '没有写' : `为 ${JSON.stringify(name)}`}（见 contract --help）`,
    });
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    kit.out.complain(`cmpassport-mock: ${printable(error.words[kit.language])}\n`);
    return USAGE_STATUS;
  }
}
