/** What is wrong with a command, and why `exec` or its command failed. */
import type { Bilingual } from '../../src/text/bilingual.js';
import { catalogue } from '../../src/text/catalogue.js';
import { quote } from '../../src/text/shown-json.js';
import { UsageError, usageErrors } from '../../src/text/usage-error.js';

export const COMMAND_MESSAGES = catalogue({
  'command.unknown': {
    en: 'unknown command {"found"}: the commands are {commands}',
    zh: '未知命令 {"found"}：可用的有 {commands}',
  },
  'command.near': {
    en: 'unknown command {"found"}, did you mean {near}?',
    zh: '未知命令 {"found"}，是不是 {near}？',
  },
  'help.unknown': {
    en: 'nothing is known as {"found"}: use a result code such as 105312, or the id of a mistake or of a problem, such as sign.secret-swapped',
    zh: '没有 {"found"} 这个条目：请用返回码（如 105312）、已知错误的 id（如 sign.secret-swapped），或者报错、现象的 id（如 app.exists、no-request）',
  },
  'help.near': {
    en: 'nothing is known as {"found"}, did you mean {near}?',
    zh: '没有 {"found"} 这个条目，是不是 {near}？',
  },
  'serve.argument': {
    en: 'serve accepts flags only, found {"found"}: remove it, or write it first if it is the command',
    zh: 'serve 后面只能写以 -- 开头的参数，实际为 {"found"}：请去掉；如果它是命令，请写在最前面',
  },
  'tls.certificate-or-key': {
    en: '--tls-cert and --tls-key require each other, found only one: set both',
    zh: '--tls-cert 与 --tls-key 须同时指定，现在只有一个：请两个都设置',
  },
  'tls.no-effect': {
    en: '{option} has no effect without --https-port or --proxy-port: set it, or omit {option}',
    zh: '{option} 要与 --https-port 或 --proxy-port 一起用：请加上其中一个，或去掉 {option}',
  },
  'explain.no-app': {
    en: 'explain requires --app <file>, the app of the request (see --help)',
    zh: 'explain 需要 --app <file>，即该请求的应用（见 --help）',
  },
  'explain.one-request': {
    en: 'explain accepts one request, found {"found"} as a second one: remove it (see --help)',
    zh: 'explain 一次只接受一个请求，多了 {"found"}：请去掉（见 --help）',
  },
  'exec.no-command': {
    en: 'exec requires the command after "--", found {found}: write cmpassport-mock exec [flags] -- <command>',
    zh: 'exec 的命令须写在 "--" 之后，实际{found}：请写成 cmpassport-mock exec [参数] -- <命令>',
  },
  'exec.not-ready': {
    en: 'it was not ready after {seconds} s',
    zh: '{seconds} 秒后仍未就绪',
  },
  'exec.nul-character': {
    en: 'no variable can have a NUL character, found one in the value for {variable}: remove it from the configuration',
    zh: '环境变量的值不能有 NUL 字符，{variable} 的值里有：请在配置里去掉',
  },
  'init.template': {
    en: 'init requires one of {known}, found {found}',
    zh: 'init 需要 {known} 之一，实际{found}',
  },
  'init.no-folder': {
    en: '--dir must name the folder of your project, found {"folder"}: create it, or correct the path',
    zh: '--dir 应为项目所在的目录，实际为 {"folder"}：请先建目录，或改正路径',
  },
  'init.exists': {
    en: '{"file"} exists already, so nothing was written: remove or rename it, or use another --dir',
    zh: '{"file"} 已存在，没有写任何文件：请删除或改名，或用 --dir 指定别的目录',
  },
  'init.no-examples': {
    en: 'this installation has no examples: use the npm package',
    zh: '这里安装的只有服务，没有示例文件：请用 npm 包',
  },
  'wait.address': {
    en: 'wait requires one address, for example http://127.0.0.1:10086, found {found}',
    zh: 'wait 需要一个地址，例如 http://127.0.0.1:10086，实际{found}',
  },
});

export const commandError = usageErrors(COMMAND_MESSAGES);

/** An argument in a text, as it was found. */
export function foundArgument(argument: string | undefined): Bilingual {
  if (argument === undefined) return { en: 'nothing', zh: '没有写' };
  return { en: quote(argument), zh: `为 ${quote(argument)}` };
}

/** The same error with a reference to the help. */
export function withHelp({ words, id }: Pick<UsageError, 'words' | 'id'>): UsageError {
  const { en, zh } = words;
  return new UsageError({ en: `${en} (see --help)`, zh: `${zh}（见 --help）` }, id);
}
