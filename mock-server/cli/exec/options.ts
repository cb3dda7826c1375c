/** The flags of `exec`. */
import type { FlagValues } from '../../../src/text/flags.js';
import type { Environment } from '../../options/language.js';
import type { Options } from '../../options/options.js';
import { commandError, foundArgument, withHelp } from '../messages.js';
import { type FlagRow, SERVER_FLAGS, toOptions } from '../serve-options.js';

export interface ExecOptions {
  readonly server: Options;
  readonly command: readonly [program: string, ...args: string[]];
  readonly allowNoRequest: boolean;
  /** The file for the summary. */
  readonly json: string | undefined;
}

export const EXEC_ROWS: readonly FlagRow[] = [
  {
    flag: 'proxy',
    help: {
      en: 'also start the proxy, and set the variables that lead clients with a hard-coded address to it',
      zh: '同时启动代理，并设置让地址写死的客户端走代理的环境变量',
    },
  },
  {
    flag: 'allow-no-request',
    help: {
      en: 'succeed although no request reached the carrier',
      zh: '没有请求到达模拟服务时也算成功',
    },
  },
  {
    flag: 'json',
    value: 'file',
    help: { en: 'write the summary as JSON', zh: '用 JSON 写出汇总' },
  },
];

export const EXEC_FLAGS: readonly FlagRow[] = [
  ...EXEC_ROWS,
  // Nothing prints commands to paste.
  ...SERVER_FLAGS.filter(({ flag }) => flag !== 'shell'),
];

interface Rest {
  /** Arguments before `--` that are no flags. */
  readonly before: readonly string[];
  readonly command: readonly string[];
  readonly env: Environment;
}

/** Throws a UsageError that names the flag or the missing command. */
export function toExecOptions(
  values: FlagValues,
  { before, command: [program, ...args], env }: Rest,
): ExecOptions {
  if (program === undefined || before.length > 0) {
    throw withHelp(commandError('exec.no-command', { found: foundArgument(before[0]) }));
  }
  const proxy = values['proxy'] === true ? { 'proxy-port': '0' } : {};
  return {
    // The command has the standard output, so the log has only errors by default.
    server: toOptions({ port: '0', log: 'error', ...proxy, ...values }, env),
    command: [program, ...args],
    allowNoRequest: values['allow-no-request'] === true,
    json: typeof values['json'] === 'string' ? values['json'] : undefined,
  };
}
