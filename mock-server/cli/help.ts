/** The text of `--help` around the rows of the flags. */
import type { Language } from '../../src/protocol/bilingual.js';
import { DEFAULT_HOST, DEFAULT_PORT } from './option-rows.js';

export interface HelpInputs {
  /** The rows of a command's flags. */
  readonly serve: string;
  readonly explain: string;
  readonly row: (name: string, text: string) => string;
}

function englishHelp({ serve, explain, row }: HelpInputs): string {
  return `A simulated China Mobile carrier (cmpassport). It exchanges a token for a phone number (loginTokenValidate)
and verifies a phone number against a token (tokenValidate), with every check and every documented code.

Usage: cmpassport-mock [serve] [flags]
       cmpassport-mock explain --app <file> [flags] [request]
       cmpassport-mock contract provider|consumer [flags]

serve starts the simulated carrier:

${serve}

explain reports why a captured request is refused, and needs no server. It reads the request from a file, or
from standard input if no file is given: a record of GET /_mock/requests, JSON with method, url, headers and
body, a HAR file, the JSON body alone, a raw HTTP message, or a curl command.

${explain}

contract tests a carrier with the cases of the document, or a client by the requests that it sends. Its flags
are listed by contract --help.

All commands:

${row('--help, -h', 'this text; in Chinese with --lang zh, or if LC_ALL or LANG is Chinese')}
${row('--version', 'the version')}

Each flag with a value can also be set by an environment variable: --https-port is CMPASSPORT_HTTPS_PORT.

Examples:
  cmpassport-mock                                   start the carrier on http://${DEFAULT_HOST}:${DEFAULT_PORT}
  cmpassport-mock --https-port 10443                also serve HTTPS for www.cmpassport.com
  cmpassport-mock --proxy-port 10087                start a proxy on http://${DEFAULT_HOST}:10087, for clients with a fixed address
  cmpassport-mock --config mock.json --log debug    use your own apps, and log a line for each request
  cmpassport-mock explain --app app.json curl.txt   report why this request is refused
  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    check that a carrier responds as documented

Exit status of serve: 0 after SIGTERM, SIGINT or SIGHUP, 1 after a second signal. Of explain: 0 if every check
that could be made accepts the request, 1 if it is refused (including 001). Of all commands: 2 for a mistake in
flags or files. Of all commands except serve: 1 if the output cannot be written.
`;
}

function chineseHelp({ serve, explain, row }: HelpInputs): string {
  return `中国移动 cmpassport 认证服务的模拟服务：用 token 换取手机号码（loginTokenValidate），
校验是否本机号码（tokenValidate）；执行全部校验，能返回文档中的每个返回码。

用法：cmpassport-mock [serve] [参数]
      cmpassport-mock explain --app <file> [参数] [请求]
      cmpassport-mock contract provider|consumer [参数]

serve 启动模拟服务：

${serve}

explain 不需要启动服务，直接说明抓到的一个请求为什么被拒。请求是一个文件，没有文件时读标准输入，格式可以是：
GET /_mock/requests 的一条记录，含 method、url、headers、body 的 JSON，HAR 文件，单独的 JSON 消息体，
HTTP 原始报文，或 curl 命令。

${explain}

contract 用文档的用例检验一个服务端，或检验一个客户端发出的请求；参数见 contract --help。

通用：

${row('--help, -h', '本帮助；--lang en 为英文，默认由 LC_ALL 或 LANG 决定')}
${row('--version', '版本号')}

带值的参数都可以用环境变量给出：--https-port 即 CMPASSPORT_HTTPS_PORT。

示例：
  cmpassport-mock                                   在 http://${DEFAULT_HOST}:${DEFAULT_PORT} 启动
  cmpassport-mock --https-port 10443                同时为 www.cmpassport.com 提供 HTTPS
  cmpassport-mock --proxy-port 10087                供写死了域名的客户端使用：代理在 http://${DEFAULT_HOST}:10087
  cmpassport-mock --config mock.json --log debug    使用自己的应用，每个请求一行日志
  cmpassport-mock explain --app app.json curl.txt   这个请求错在哪里
  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    应答是否符合文档

退出码：收到 SIGTERM、SIGINT、SIGHUP 停止为 0，收到第二个信号为 1，参数或文件有误为 2。
explain：不连接运营商所能判断的范围内，请求会被接受为 0，会被拒（包括 001）为 1。
除 serve 外的命令：无法写出结果时为 1。
`;
}

export const HELP: Readonly<Record<Language, (inputs: HelpInputs) => string>> = { en: englishHelp, zh: chineseHelp };
