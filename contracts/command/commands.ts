/** The commands of `cmpassport-mock contract`: a row each. */
import type { Language } from '../../src/text/bilingual.js';
import { CALIBRATE_FLAGS, calibrate } from './calibrate-command.js';
import { CONSUMER_FLAGS, consume } from './consumer-command.js';
import type { FlagRow } from './flags.js';
import type { Kit } from './kit.js';
import { PROVIDER_FLAGS, provide } from './provider-command.js';
import { REPLAY_FLAGS, replay } from './replay-command.js';

interface CommandRow {
  readonly name: string;
  readonly usage: Readonly<Record<Language, readonly string[]>>;
  readonly purpose: Readonly<Record<Language, string>>;
  readonly flags: readonly FlagRow[];
  /** Returns the exit status. */
  run(args: readonly string[], kit: Kit): Promise<number>;
}

export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'provider',
    usage: {
      en: ['--mock <url> [flags]', '--profile <file> [flags]'],
      zh: ['--mock <url> [参数]', '--profile <file> [参数]'],
    },
    purpose: {
      en: 'provider: checks that a carrier responds as documented',
      zh: 'provider：检验服务端的响应是否符合文档',
    },
    flags: PROVIDER_FLAGS,
    run: provide,
  },
  {
    name: 'consumer',
    usage: { en: ['[flags] -- <command> [arguments]'], zh: ['[参数] -- <命令> [命令的参数]'] },
    purpose: {
      en: 'consumer: checks the requests of a client, and how it handles responses',
      zh: 'consumer：检验客户端发出的请求是否符合文档，能否处理各种响应',
    },
    flags: CONSUMER_FLAGS,
    run: consume,
  },
  {
    name: 'replay',
    usage: { en: ['[flags] <file> …'], zh: ['[参数] <文件> …'] },
    purpose: {
      en: `replay: checks captured requests without running the client. The files are HAR, curl commands, raw HTTP, records of
GET /_mock/requests or files of consumer --save; "-" is standard input.`,
      zh: `replay：检验抓到的请求是否符合文档，不运行客户端。文件可以是 HAR、curl 命令、原始 HTTP 报文、
GET /_mock/requests 的记录，或 consumer --save 保存的文件；“-”表示标准输入`,
    },
    flags: REPLAY_FLAGS,
    run: replay,
  },
  {
    name: 'calibrate',
    usage: { en: ['--profile <file> [flags]'], zh: ['--profile <file> [参数]'] },
    purpose: {
      en: 'calibrate: finds out what a carrier does where the document is silent',
      zh: 'calibrate：文档没有写明的地方，测出服务实际怎么做',
    },
    flags: CALIBRATE_FLAGS,
    run: calibrate,
  },
];
