/** The usage errors of the kit's commands: what is wrong, what was found, what to do. Ids are public and never change. */
import { catalogue } from '../../src/text/catalogue.js';

export const USAGE_MESSAGES = catalogue({
  'contract.no-command': {
    en: 'contract needs provider, consumer, replay or calibrate, found nothing (see contract --help)',
    zh: 'contract 后面应为 provider、consumer、replay 或 calibrate，实际没有写（见 contract --help）',
  },
  'contract.unknown-command': {
    en: 'contract needs provider, consumer, replay or calibrate, found {"found"} (see contract --help)',
    zh: 'contract 后面应为 provider、consumer、replay 或 calibrate，实际为 {"found"}（见 contract --help）',
  },
  'contract.flag': {
    en: '{command}: {mistake} (see --help)',
    zh: '{command}：{mistake}（见 --help）',
  },
  'contract.only-flags': {
    en: '{command} accepts flags only, found {"found"}: remove it (see --help)',
    zh: '{command} 后面只能写以 -- 开头的参数，实际为 {"found"}：请去掉（见 --help）',
  },
  'contract.not-listed': {
    en: '--{flag} must be one of {values}, found {"found"}',
    zh: '--{flag} 应为 {values} 之一，实际为 {"found"}',
  },
  'contract.number': {
    en: '--{flag} must be a whole number of {min} or more, found {"found"}',
    zh: '--{flag} 应为不小于 {min} 的整数，实际为 {"found"}',
  },
  'contract.address': {
    en: '--{flag} must be an address such as http://127.0.0.1:10086, found {"found"}',
    zh: '--{flag} 应为地址，例如 http://127.0.0.1:10086，实际为 {"found"}',
  },
  'contract.list': {
    en: '--{flag} must be a list separated by commas, found {"found"}: name at least one, or omit it',
    zh: '--{flag} 应为以逗号分隔的列表，实际为 {"found"}：请至少写一项，或去掉它',
  },
  'contract.no-match': {
    en: '--{flag} {"name"} matches no case: --list prints all',
    zh: '--{flag} {"name"} 没有匹配到任何用例，用 --list 查看全部',
  },
  'contract.near-match': {
    en: '--{flag} {"name"} matches no case, did you mean {near}? --list prints all',
    zh: '--{flag} {"name"} 没有匹配到任何用例，是不是 {near}？用 --list 查看全部',
  },
  'contract.nothing-selected': {
    en: '{flags} selects nothing',
    zh: '{flags} 什么也没有选中',
  },
  'contract.case-id': {
    en: '{at} must be the id of a case, found {"found"}: --list prints all',
    zh: '{at} 应为用例的 id，实际为 {"found"}：--list 列出全部',
  },
  'contract.file': { en: '{mistake}', zh: '{mistake}' },
  'contract.keep-without-mock': {
    en: '--keep needs --mock <url>: a mock that still runs after the run',
    zh: '--keep 要与 --mock <url> 一起用：运行结束后，那个模拟服务还在',
  },

  'mock.not-reached': {
    en: '{place} must be a running mock of this project, found {reason}. Start one with "cmpassport-mock --port 10086", or correct the address.',
    zh: '连不上 {place}：{reason}。请先运行 cmpassport-mock --port 10086，或改正地址。',
  },
  'mock.locked': {
    en: '{place} must be a running mock of this project, found a control API that requires its control token. Set the mock’s token with --control-token or CMPASSPORT_CONTROL_TOKEN.',
    zh: '{place} 的控制接口需要正确的令牌。请用 --control-token 或 CMPASSPORT_CONTROL_TOKEN 给出模拟服务的令牌。',
  },
  'mock.no-control-api': {
    en: '{place} must be a running mock of this project, found no control API ({reason}). Use the address of a mock (and --control-url if its control API has a separate port), or describe another carrier with --profile.',
    zh: '{place} 没有控制接口（{reason}）。请改成模拟服务的地址（控制接口单独用端口时，再加 --control-url）；检验网关、桩服务等请写 profile，用 --profile 指定。',
  },

  'provider.no-carrier': {
    en: 'contract provider needs one of --mock <url> and --profile <file> (see --help)',
    zh: 'contract provider 需要 --mock <url> 或 --profile <file> 之一（见 --help）',
  },
  'provider.jobs-with-profile': {
    en: '--jobs needs --mock: the cases of a profile run one after another, with its pacing',
    zh: '--jobs 只能与 --mock 一起用：使用 profile 时，用例按其中的间隔逐个执行',
  },
  'provider.not-reached': {
    en: '{at} must be the address of a carrier, without the document’s path, found at {url} {reason}. Start the carrier, or correct the address.',
    zh: '连不上 {at} {url}：{reason}。请先启动它，或改正地址。',
  },
  'provider.no-response': {
    en: '{at} must be the address of a carrier, without the document’s path, found at {url} {reason}. Start the carrier, or correct the address.',
    zh: '{at} {url} 的响应不可用：{reason}。请先启动它，或改正地址。',
  },
  'provider.no-code': {
    en: '{at} must be the address of a carrier, without the document’s path, found at {url} {response} to {operation}. A carrier responds with JSON that has a resultCode: correct the address.',
    zh: '{at} {url} 不是移动认证平台的接口：{operation} 的{response}。响应应为带 resultCode 的 JSON：请改正地址，地址不含文档规定的路径。',
  },

  'profile.missing-address': {
    en: '{path}: /baseUrls needs the field {"capability"}, because it is in /capabilities',
    zh: '{path}：/baseUrls 缺少字段 {"capability"}，因为 /capabilities 里有它',
  },
  'profile.missing-credential': {
    en: '{path}: /credentials needs the field {"name"}, because {capability} is in /capabilities',
    zh: '{path}：/credentials 缺少字段 {"name"}，因为 /capabilities 里有 {capability}',
  },
  'profile.missing-variable': {
    en: '{at}: the environment variable {name} is not set: set it',
    zh: '{at}：没有设置环境变量 {name}，请设置',
  },
  'profile.private-key': {
    en: '{at}: the environment variable {name} must be a private key (PKCS#8) in Base64 or PEM',
    zh: '{at}：环境变量 {name} 应为 Base64 或 PEM 格式的私钥（PKCS#8）',
  },
  'profile.public-key': {
    en: '{at}: the environment variable {name} must be a public key (SPKI) in Base64 or PEM',
    zh: '{at}：环境变量 {name} 应为 Base64 或 PEM 格式的公钥（SPKI）',
  },

  'consumer.no-command': {
    en: 'contract consumer needs the command that runs your client after "--" (see --help)',
    zh: 'contract consumer 需要在“--”之后给出运行调用方的命令（见 --help）',
  },
  'consumer.command-without-dashes': {
    en: 'contract consumer accepts flags before "--", found {"found"}: write the command that runs your client after "--" (see --help)',
    zh: 'contract consumer 的“--”之前只能写以 -- 开头的参数，实际为 {"found"}：运行调用方的命令请写在“--”之后（见 --help）',
  },
  'consumer.save-all': {
    en: '--save-all needs --save <folder>: set it, or omit --save-all',
    zh: '--save-all 须与 --save <folder> 一起用：请设置 --save，或去掉 --save-all',
  },
  'consumer.empty-command': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found {failure}. The command is empty: check that its variable is set.',
    zh: '{failure}。命令是空的：请检查其中的变量有没有设置。',
  },
  'consumer.shell-command': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found {failure}. The command has no shell: write -- {program}, or -- bash -c {quoted}.',
    zh: '{failure}。命令不经过 shell，请写成 -- {program}，或 -- bash -c {quoted}。',
  },
  'consumer.command-not-found': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found {failure}. Check its path, or install it. The command has no shell: for a shell command, write -- bash -c "…".',
    zh: '{failure}。请检查路径，没有安装时请先安装；命令不经过 shell，shell 命令请写成 -- bash -c "…"。',
  },
  'consumer.command-not-run': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found {failure}. Check its path and permissions. For a shell command, write -- bash -c "…".',
    zh: '{failure}。请检查路径和执行权限；shell 命令请写成 -- bash -c "…"。',
  },
  'consumer.overdue': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found {failure}. The command must end after its call. To allow more time, set --timeout.',
    zh: '命令在 {failure}。请让它调用后就结束，或用 --timeout 延长时限。',
  },
  'consumer.no-call': {
    en: 'the command after "--" must start, call CMPASSPORT_BASE once and end, found no request before it ended ({end}){output}. It must read CMPASSPORT_BASE, CMPASSPORT_OPERATION (here {operation}), CMPASSPORT_TOKEN and the credentials: see docs/reference/contract-files.md#what-a-driver-gets. If the client has only one operation, set --operation; if its https address is fixed, set --intercept.',
    zh: '命令没有向 CMPASSPORT_BASE 发请求就结束了（{end}）{output}。它需要读取 CMPASSPORT_BASE、CMPASSPORT_OPERATION（此处为 {operation}）、CMPASSPORT_TOKEN 和凭据，见 docs/reference/contract-files.zh-CN.md#驱动脚本的环境变量。只实现了一个接口时请加 --operation；https 地址写死时请加 --intercept。',
  },
  'consumer.mock-failed': { en: '{reason}', zh: '{reason}' },

  'replay.no-file': {
    en: 'contract replay needs a file with captured requests, or "-" for standard input (see --help)',
    zh: 'contract replay 需要抓到的请求文件，“-”表示标准输入（见 --help）',
  },
  'replay.capture': { en: '{mistake}', zh: '{mistake}' },
  'replay.no-request': {
    en: 'the files must have requests to {operations}, found {found} requests to other addresses. Capture the calls of your back end to the carrier.',
    zh: '文件里没有发往 {operations} 的请求（共 {found} 个请求）。请抓取后端发往移动认证平台的请求。',
  },
  'replay.no-check': {
    en: '--only, --level and --operation together select no check: omit one of them',
    zh: '--only、--level 与 --operation 一起没有选中任何检查：请去掉其中一个',
  },
  'replay.sign-key': {
    en: '{at} must be the private key of 应用公钥1, as PKCS#8 in Base64 or PEM',
    zh: '{at} 应为应用公钥1 对应的私钥，PKCS#8 的 Base64 或 PEM',
  },

  'calibrate.no-profile': {
    en: 'contract calibrate needs --profile <file> (see --help)',
    zh: 'contract calibrate 需要 --profile <file>（见 --help）',
  },
  'calibrate.no-terminal': {
    en: 'contract calibrate sends requests to {target}, but there is no terminal to confirm this. Add --yes, or --dry-run to see the plan.',
    zh: 'contract calibrate 会向 {target} 发送请求，但没有终端可以确认。请加 --yes，或用 --dry-run 查看计划。',
  },
});
