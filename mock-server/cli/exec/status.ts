/** The exit status of `exec`, as `env` and `docker run` exit: POSIX, 2.8.2. */
import { constants } from 'node:os';
import type { Bilingual } from '../../../src/text/bilingual.js';
import { quoted } from '../../../src/text/curl-command.js';
import { codeOf, messageOf } from '../../../src/text/error-message.js';
import { quote } from '../../../src/text/shown-json.js';

export const FAILURE_STATUS = 1;
/** `exec` itself failed. */
export const EXEC_FAILED_STATUS = 125;
const CANNOT_BE_RUN_STATUS = 126;
const NOT_FOUND_STATUS = 127;

export function signalStatus(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

export type Ended =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not run'; readonly error: unknown };

export interface Outcome {
  readonly ended: Ended;
  readonly requests: number;
  readonly allowNoRequest: boolean;
}

/** Whether the command succeeded without a request, which is a failure of `exec`. */
export function lacksRequest({ ended, requests, allowNoRequest }: Outcome): boolean {
  return ended.kind === 'exited' && ended.code === 0 && requests === 0 && !allowNoRequest;
}

export function statusOf(outcome: Outcome): number {
  const { ended } = outcome;
  switch (ended.kind) {
    case 'exited':
      return lacksRequest(outcome) ? FAILURE_STATUS : ended.code;
    case 'killed':
      return signalStatus(ended.signal);
    case 'not run':
      return isNotFound(ended.error) ? NOT_FOUND_STATUS : CANNOT_BE_RUN_STATUS;
    default:
      return ended satisfies never;
  }
}

/** An empty command is an invalid argument for Node, and an unknown command for `env` and the shells. */
function isNotFound(error: unknown): boolean {
  return ['ENOENT', 'ERR_INVALID_ARG_VALUE'].includes(codeOf(error) ?? '');
}

export interface NotRun {
  readonly command: readonly [program: string, ...args: string[]];
  readonly error: unknown;
  /** Whether a file has the program's path. */
  readonly exists: boolean;
  readonly platform: NodeJS.Platform;
}

/** Why the command did not run, and what to do. */
export function notRunText({ command, error, exists, platform }: NotRun): Bilingual {
  const { en, zh } = isNotFound(error)
    ? notFoundText(command, exists)
    : refusedText(command, error);
  if (platform !== 'win32') return { en, zh };
  return {
    en: `${en}. On Windows, write -- cmd /c for a batch file such as mvn, gradlew or npm`,
    zh: `${zh}。在 Windows 上，mvn、gradlew、npm 等批处理文件请写成 -- cmd /c …`,
  };
}

function notFoundText([program, ...args]: NotRun['command'], exists: boolean): Bilingual {
  if (program === '') {
    return {
      en: 'the command is an empty text: write a program after "--", or set the variable that should contain it',
      zh: '命令是空的：请在 "--" 之后写要运行的程序；写的是变量时，请先给它赋值',
    };
  }
  const found = quote(program);
  if (exists) {
    return {
      en: `cannot run ${found}: it exists, but the interpreter in its first line does not. Install that`,
      zh: `无法运行 ${found}：文件存在，但找不到它第一行指定的解释器，请先安装`,
    };
  }
  if (SHELL_SYNTAX.test(program)) {
    const line = withoutShell([program, ...args]);
    return {
      en: `command ${found} not found: it runs without a shell, so write ${line}. Or install it`,
      zh: `找不到命令 ${found}：命令不经过 shell，请写成 ${line}；没有安装时请先安装`,
    };
  }
  return {
    en: `command ${found} not found: check its spelling and PATH, or install it`,
    zh: `找不到命令 ${found}：请检查拼写和 PATH；没有安装时请先安装`,
  };
}

/** A blank, or what only a shell understands. */
const SHELL_SYNTAX = /[\s&|;<>$`*?~(){}"'\\=]/;
const PLAIN_WORDS = /^[\w@%+:,./\s-]+$/;

/** How to write the same command, for example `-- mvn test` if it was one word. */
function withoutShell(words: readonly string[]): string {
  const line = words.join(' ').trim();
  return PLAIN_WORDS.test(line) ? `-- ${line.replace(/\s+/g, ' ')}` : `-- sh -c ${quoted(line)}`;
}

const PATH_CODES = ['ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

function refusedText([program]: NotRun['command'], error: unknown): Bilingual {
  const code = codeOf(error) ?? messageOf(error);
  const found = {
    en: `cannot run ${quote(program)} (${code})`,
    zh: `无法运行 ${quote(program)}（${code}）`,
  };
  if (code === 'EACCES') {
    return {
      en: `${found.en}: it is a folder or has no permission to execute. Use chmod +x or its interpreter`,
      zh: `${found.zh}：它是目录，或者没有执行权限。请用 chmod +x，或写上解释器`,
    };
  }
  if (PATH_CODES.includes(code)) {
    return { en: `${found.en}: correct its path`, zh: `${found.zh}：请改正路径` };
  }
  return {
    en: `${found.en}: the system does not start it. Try it without exec`,
    zh: `${found.zh}：系统没有启动它，请先不用 exec 试一次`,
  };
}
