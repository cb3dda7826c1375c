/** The exit status of each command, as the help and the page of the commands list them. */
import type { Bilingual } from '../../src/text/bilingual.js';
import type { CommandName } from './command.js';

export interface StatusRow {
  readonly status: string;
  readonly when: Bilingual;
}

/** In addition to those of all commands. `contract` lists its own. */
export const EXIT_STATUS: Readonly<Record<CommandName, readonly StatusRow[]>> = {
  serve: [
    {
      status: '0',
      when: { en: 'after SIGTERM, SIGINT or SIGHUP', zh: '收到 SIGTERM、SIGINT 或 SIGHUP 后停止' },
    },
    { status: '1', when: { en: 'after a second signal', zh: '收到第二个信号' } },
  ],
  exec: [
    { status: 'n', when: { en: 'the command ended with n', zh: '命令以 n 结束' } },
    {
      status: '128+n',
      when: {
        en: 'signal n ended the command: 130 after SIGINT',
        zh: '命令被信号 n 结束：SIGINT 为 130',
      },
    },
    {
      status: '1',
      when: {
        en: 'the command succeeded, but no request or not every client reached the carrier, --strict found a mistake, or --json or --report could not be written',
        zh: '命令成功，但没有请求到达模拟服务，或有调用方没有连上，或 --strict 发现了错误，或 --json、--report 写不出去',
      },
    },
    {
      status: '125',
      when: {
        en: 'exec failed: the mock did not start in time, or TMPDIR cannot be written',
        zh: 'exec 自身失败：模拟服务没有按时启动，或 TMPDIR 不可写',
      },
    },
    { status: '126', when: { en: 'the command cannot be run', zh: '命令无法运行' } },
    { status: '127', when: { en: 'the command was not found', zh: '找不到命令' } },
  ],
  wait: [
    { status: '0', when: { en: 'the mock is ready', zh: '模拟服务已就绪' } },
    { status: '1', when: { en: 'it is not ready in time', zh: '到时仍未就绪' } },
  ],
  explain: [
    {
      status: '0',
      when: {
        en: 'every check that could be made accepts the request',
        zh: '能做的检查全部通过',
      },
    },
    {
      status: '1',
      when: {
        en: 'the request is or was refused (including 001)',
        zh: '请求会被拒或已被拒（包括 001）',
      },
    },
  ],
  init: [],
  contract: [],
  help: [],
};

export const EXIT_STATUS_OF_ALL: readonly StatusRow[] = [
  {
    status: '2',
    when: {
      en: 'a mistake in flags or files, or --hosts is not possible here',
      zh: '参数或文件有误，或这里做不到 --hosts',
    },
  },
  {
    status: '1',
    when: {
      en: 'the output cannot be written, except for serve',
      zh: '结果无法写出，serve 除外',
    },
  },
];
