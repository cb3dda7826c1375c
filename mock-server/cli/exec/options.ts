/** The flags of `exec`. */
import {
  type FlagTable,
  type FlagValues,
  type ValuesOf,
  valuesOf,
} from '../../../src/text/flags.js';
import type { Environment } from '../../options/language.js';
import { OPTION_ROWS } from '../../options/option-rows.js';
import { invalidFlag, type Options } from '../../options/options.js';
import { commandError, foundArgument, withHelp } from '../messages.js';
import { toOptions } from '../serve-options.js';
import { hostsError } from './hosts-messages.js';

/** Clients with a hard-coded address call this port. */
const HOSTS_PORT = '443';

/** The flags of exec alone. */
export const EXEC_ROWS = {
  proxy: {
    flag: 'proxy',
    help: {
      en: 'also start the proxy, and set the variables that lead clients with a hard-coded address to it',
      zh: '同时启动代理，并设置让地址写死的调用方走代理的环境变量',
    },
  },
  hosts: {
    flag: 'hosts',
    help: {
      en: "lead the carrier's names to the mock for every client of the command, by a hosts file that only the command sees (requires port 443)",
      zh: '用只对命令生效的 hosts 文件，让命令里的所有调用方按域名走模拟服务（需要端口 443）',
    },
  },
  allowNoRequest: {
    flag: 'allow-no-request',
    help: {
      en: 'succeed although no request reached the carrier',
      zh: '没有请求到达模拟服务时也算成功',
    },
  },
  /** The file for the summary. */
  json: {
    flag: 'json',
    value: 'file',
    help: { en: 'write the summary as JSON', zh: '用 JSON 写出汇总' },
  },
  /** The folder for the refusals that no test expected. */
  report: {
    flag: 'report',
    value: 'dir',
    help: {
      en: 'write every refusal that no test expected, as text, JSON and JUnit',
      zh: '写出测试没有预期的全部拒绝：文本、JSON 和 JUnit',
    },
  },
  keepOnFailure: {
    flag: 'keep-on-failure',
    help: {
      en: 'keep the mock with its console until Ctrl-C if the command fails',
      zh: '命令失败时保留模拟服务和控制台，直到按 Ctrl-C',
    },
  },
} as const satisfies FlagTable;

// Nothing prints commands to paste.
const { shell: _, ...SERVER_ROWS } = OPTION_ROWS;

/** The flags of serve that exec accepts too. */
export { SERVER_ROWS };

export interface ExecOptions extends Omit<ValuesOf<typeof EXEC_ROWS>, 'proxy'> {
  readonly server: Options;
  readonly command: readonly [program: string, ...args: string[]];
}

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
  const { proxy, ...own } = valuesOf(EXEC_ROWS, values, invalidFlag);
  const proxyPort = proxy ? { 'proxy-port': '0' } : {};
  const httpsPort = own.hosts ? { 'https-port': HOSTS_PORT } : {};
  const { 'https-port': found = HOSTS_PORT } = values;
  if (own.hosts && found !== HOSTS_PORT)
    throw hostsError('hosts.https-port', { found: String(found) });
  const ports = { port: '0', ...proxyPort, ...httpsPort };
  // The command has the standard output, so the log has only errors by default.
  const server = toOptions({ ...ports, log: 'error', ...values }, env);
  return { ...own, server, command: [program, ...args] };
}
