/** The texts of `--help` around the rows of the flags. */
import type { Language } from '../../src/text/bilingual.js';
import { DEFAULT_HOST, DEFAULT_PORT } from '../options/option-rows.js';
import type { CommandName } from './command.js';

interface CommandTexts {
  /** One line. */
  readonly brief: string;
  /** After the name of the program. */
  readonly usage: string;
  /** Before the rows of its flags. `contract` shows its flags itself. */
  readonly words: string;
  /** Lines. */
  readonly examples?: string;
}

export interface HelpTexts {
  readonly head: string;
  readonly usage: string;
  readonly commands: Readonly<Record<CommandName, CommandTexts>>;
  /** Before the variables that the command of exec gets. */
  readonly given: string;
  /** Before the flags of serve that exec accepts too. */
  readonly ofServe: string;
  readonly overview: {
    readonly commands: string;
    /** Lines. */
    readonly examples: string;
    readonly flags: string;
  };
  readonly allCommands: string;
  readonly variables: string;
  readonly examples: string;
  /** Before the exit status of the commands. */
  readonly exitStatus: string;
  /** In the rows of the exit status, instead of a command. */
  readonly all: string;
}

const ENGLISH: HelpTexts = {
  head: `A simulated China Mobile carrier (cmpassport): loginTokenValidate, tokenValidate
and, for pages, h5TokenValidate, with every check and code.`,
  usage: 'Usage: ',
  commands: {
    serve: {
      brief: 'start the simulated carrier (without a command, too)',
      usage: '[serve] [flags]',
      words: 'serve starts the simulated carrier:',
      examples: `  cmpassport-mock                                   start the carrier on http://${DEFAULT_HOST}:${DEFAULT_PORT}
  cmpassport-mock --https-port 10443                also serve HTTPS for www.cmpassport.com
  cmpassport-mock --proxy-port 10087                start a proxy on http://${DEFAULT_HOST}:10087, for clients with a hard-coded address
  cmpassport-mock --config mock.json --log debug    use your own apps, and log a line for each request`,
    },
    exec: {
      brief: 'run your tests, or another command, with the carrier around it',
      usage: 'exec [flags] -- <command>',
      words: `exec starts the carrier on a free port, runs a command, for example your tests, with the address in CMPASSPORT_BASE, and
stops the carrier with it. exec fails if no request reached the carrier. It also accepts the flags of serve, and:`,
      examples: `  cmpassport-mock exec -- mvn test                  start the carrier, run your tests, stop it
  cmpassport-mock exec --proxy -- pytest            the same for a client with a hard-coded address`,
    },
    wait: {
      brief: 'wait until the carrier at an address is ready',
      usage: 'wait [flags] <url>',
      words: 'wait returns when the carrier at an address is ready:',
    },
    explain: {
      brief: 'report why a captured request is refused',
      usage: 'explain --app <file> [flags] [request]',
      words: `explain reports why a captured request is refused, and needs no server. It reads the request from a file, or
from standard input if no file is given: a record of GET /_mock/requests, a HAR file, a curl command, a raw HTTP
message, or any text with the names and values of the fields, such as log lines. A response in the capture is used
as evidence.`,
      examples:
        '  cmpassport-mock explain --app app.json curl.txt   report why this request is refused',
    },
    init: {
      brief: 'write a first test for Java, Go, PHP, Python or Node',
      usage: 'init java|go|php|pytest|node [flags]',
      words: `init writes a first test and what it needs into your project: an extension for JUnit 5, functions for Go's testing, a
trait for PHPUnit, a fixture for pytest, or functions for node:test. It never overwrites a file.`,
      examples:
        '  cmpassport-mock init java --package com.shop.login   write CarrierMock and a test for JUnit 5',
    },
    contract: {
      brief: 'test a carrier or a client with the cases of the document',
      usage: 'contract provider|consumer|replay|calibrate [flags]',
      words: `contract tests a carrier with cases from the document, or a client by the requests that it sends. contract --help
lists its flags.`,
      examples: `  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    check that a carrier responds as documented`,
    },
    help: {
      brief: 'print what is known of a code, a mistake, a problem or a symptom',
      usage: 'help [command or code or id]',
      words: `help prints what is known of a result code, or of a mistake, a problem or a symptom by its id, without a server; or
the flags of a command.`,
      examples:
        '  cmpassport-mock help 105312                       what this code means, how to get it, what to do',
    },
  },
  overview: {
    commands: 'Commands:',
    examples: `  cmpassport-mock                   start the carrier on http://${DEFAULT_HOST}:${DEFAULT_PORT}
  cmpassport-mock exec -- mvn test  run your tests with the carrier around them
  cmpassport-mock help 105312       what this code means, and what to do`,
    flags: `The flags of a command: cmpassport-mock help serve, or serve --help.
--version prints the version. In Chinese: --lang zh, or on a Chinese system.`,
  },
  given: 'The command gets these variables:',
  ofServe: 'The flags of serve that exec accepts:',
  allCommands: 'All commands:',
  variables:
    'Each flag with a value can also be set by an environment variable: --https-port is CMPASSPORT_HTTPS_PORT.',
  examples: 'Examples:',
  exitStatus: 'Exit status:',
  all: 'all',
};

const CHINESE: HelpTexts = {
  head: `中国移动一键登录、本机号码校验（统一认证）的模拟服务：loginTokenValidate、
tokenValidate 和 H5 的 h5TokenValidate。请求按文档逐项检查，任何返回码都能返回。`,
  usage: '用法：',
  commands: {
    serve: {
      brief: '启动模拟服务（不写命令时也是它）',
      usage: '[serve] [参数]',
      words: 'serve 启动模拟服务：',
      examples: `  cmpassport-mock                                   在 http://${DEFAULT_HOST}:${DEFAULT_PORT} 启动模拟服务
  cmpassport-mock --https-port 10443                同时为 www.cmpassport.com 提供 HTTPS
  cmpassport-mock --proxy-port 10087                调用方的请求地址写死时：启动代理 http://${DEFAULT_HOST}:10087
  cmpassport-mock --config mock.json --log debug    用自己的应用，每个请求一行日志`,
    },
    exec: {
      brief: '启动模拟服务，运行一个命令（例如测试），结束时停止',
      usage: 'exec [参数] -- <命令>',
      words: `exec 在空闲端口上启动模拟服务，运行一个命令（例如你的测试），命令从 CMPASSPORT_BASE 得到地址，结束时一并停止。
没有请求到达模拟服务时算失败。serve 的参数都可以用，另有：`,
      examples: `  cmpassport-mock exec -- mvn test                  启动模拟服务，运行测试，然后停止
  cmpassport-mock exec --proxy -- pytest            同上，用于请求地址写死的调用方`,
    },
    wait: {
      brief: '等到某个地址的模拟服务就绪',
      usage: 'wait [参数] <url>',
      words: 'wait 等到某个地址的模拟服务就绪：',
    },
    explain: {
      brief: '分析一个抓到的请求为什么被拒',
      usage: 'explain --app <file> [参数] [请求]',
      words: `explain 分析一个抓到的请求为什么被拒，不用启动服务。请求从文件读取，没有给文件时读标准输入。支持
GET /_mock/requests 的记录、HAR 文件、curl 命令、原始 HTTP 报文，以及任何含有字段名和值的文本，例如日志行。
其中的响应作为证据。`,
      examples: '  cmpassport-mock explain --app app.json curl.txt   分析这个请求为什么被拒',
    },
    init: {
      brief: '写一个测试：Java、Go、PHP、Python 或 Node',
      usage: 'init java|go|php|pytest|node [参数]',
      words: `init 把第一个测试和它用到的文件写进你的项目：JUnit 5 扩展、Go 的 testing 辅助函数、PHPUnit trait、pytest fixture，
或 node:test 辅助函数。不覆盖已有文件。`,
      examples:
        '  cmpassport-mock init java --package com.shop.login   写入 CarrierMock 和一个 JUnit 5 测试',
    },
    contract: {
      brief: '用文档的用例检验平台侧接口或调用方',
      usage: 'contract provider|consumer|replay|calibrate [参数]',
      words:
        'contract 按文档的用例检验平台侧接口，或检验调用方发出的请求；参数见 contract --help。',
      examples: `  cmpassport-mock contract provider --mock http://${DEFAULT_HOST}:${DEFAULT_PORT}
                                                    检验模拟服务的响应是否符合文档`,
    },
    help: {
      brief: '打印返回码、已知错误、报错或现象的说明',
      usage: 'help [命令、返回码或 id]',
      words:
        'help 打印一个条目，不用启动服务：返回码，或者已知错误、报错、现象的 id；也可以打印一个命令的参数。',
      examples:
        '  cmpassport-mock help 105312                       这个返回码的含义、怎样触发、怎么处理',
    },
  },
  overview: {
    commands: '命令：',
    examples: `  cmpassport-mock                   在 http://${DEFAULT_HOST}:${DEFAULT_PORT} 启动模拟服务
  cmpassport-mock exec -- mvn test  运行测试，其间模拟服务可用
  cmpassport-mock help 105312       这个返回码的含义、怎样触发、怎么处理`,
    flags: `一个命令的参数：cmpassport-mock help serve，或 serve --help。
--version 显示版本号。--lang en 为英文，默认按系统语言。`,
  },
  given: '命令得到的环境变量：',
  ofServe: 'exec 可用的 serve 的参数：',
  allCommands: '通用：',
  variables: '带值的参数都可以用环境变量设置：--https-port 对应 CMPASSPORT_HTTPS_PORT。',
  examples: '示例：',
  exitStatus: '退出码：',
  all: '所有命令',
};

export const HELP: Readonly<Record<Language, HelpTexts>> = { en: ENGLISH, zh: CHINESE };
