/** The options of a server, a row for each: flag and variable, name and comment in createMockServer, value, help. */
import { LANGUAGES } from '../../src/text/bilingual.js';
import {
  ADDRESS,
  CONNECTIONS,
  CONTROL_TOKEN_TEXT,
  filled,
  list,
  NAMES,
  type OptionRow,
  oneOf,
  PORT,
  PUBLIC_URL,
  TEXT,
  whole,
} from './option-kinds.js';

export const LOG_LEVELS = ['silent', 'error', 'info', 'debug'] as const;
export const LOG_FORMATS = ['text', 'json'] as const;
export const SHELLS = ['bash', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/** China Mobile's service number. No common software listens on it. */
export const DEFAULT_PORT = 10086;
export const DEFAULT_HOST = '127.0.0.1';
/** Enough for a load test. An idle connection takes 21 KiB (measured), so this many take two hundred megabytes. */
export const DEFAULT_MAX_CONNECTIONS = 10_000;

/** In the order of the help. The comment of a row is published with MockServerOptions. */
export const OPTION_ROWS = {
  /** The HTTP port; by default a free one. */
  port: {
    flag: 'port',
    value: 'n',
    kind: PORT,
    default: DEFAULT_PORT,
    inProcess: true,
    help: {
      en: `HTTP port; 0 selects a free port (default ${DEFAULT_PORT})`,
      zh: `HTTP 端口，0 表示任选空闲端口（默认 ${DEFAULT_PORT}）`,
    },
  },
  /** The address to listen on; by default 127.0.0.1. */
  host: {
    flag: 'host',
    value: 'address',
    kind: ADDRESS,
    default: DEFAULT_HOST,
    inProcess: true,
    help: {
      en: `address to listen on (default ${DEFAULT_HOST}). If it is not a loopback address, an app without its own whitelist accepts every client address`,
      zh: `监听地址（默认 ${DEFAULT_HOST}）；不限于本机时，没有设 ipWhitelist 的应用放行任何来源 IP`,
    },
  },
  /** Also serves HTTPS on this port; 0 selects a free port. */
  httpsPort: {
    flag: 'https-port',
    value: 'n',
    kind: PORT,
    inProcess: true,
    help: {
      en: 'also serve HTTPS on this port; 0 selects a free port',
      zh: '同时开启 HTTPS，使用这个端口，0 表示任选空闲端口',
    },
  },
  /** Starts an HTTP proxy that connects the carrier's host names to this server. It also starts HTTPS; 0 selects a free port. */
  proxyPort: {
    flag: 'proxy-port',
    value: 'n',
    kind: PORT,
    inProcess: true,
    help: {
      en: "HTTP proxy for the carrier's host names only; set HTTPS_PROXY in the client, or -Dhttps.proxyHost and -Dhttps.proxyPort for Java. Also starts HTTPS, on a free port if --https-port is omitted",
      zh: '在这个端口上启动 HTTP 代理，只代理移动认证平台的域名：客户端设 HTTPS_PROXY，Java 设 -Dhttps.proxyHost 和 -Dhttps.proxyPort；同时开启 HTTPS，没有 --https-port 时任选空闲端口',
    },
  },
  /** The folder of the local CA, created on first use; by default `.cmpassport-mock/tls` in the home directory. */
  tlsDir: {
    flag: 'tls-dir',
    value: 'dir',
    kind: filled({ en: 'the path of a folder', zh: '目录的路径' }),
    inProcess: true,
    help: {
      en: 'folder of the local CA (default ~/.cmpassport-mock/tls)',
      zh: '本地 CA 的目录（默认 ~/.cmpassport-mock/tls）',
    },
  },
  /** Names for the certificate, in addition to the carrier's and those of this machine. */
  tlsNames: {
    flag: 'tls-name',
    value: 'names',
    kind: NAMES,
    default: [],
    inProcess: true,
    help: {
      en: 'more names or addresses for the certificate, separated by commas',
      zh: '证书里另外包含的域名或地址，用逗号分隔',
    },
  },
  tlsCert: {
    flag: 'tls-cert',
    value: 'file',
    ofServer: true,
    help: {
      en: 'your own certificate (PEM) instead of the local CA; requires --tls-key',
      zh: '使用自备证书（PEM），不用本地 CA；要同时指定 --tls-key',
    },
  },
  tlsKey: {
    flag: 'tls-key',
    value: 'file',
    ofServer: true,
    help: { en: 'the private key of your certificate (PEM)', zh: '这个证书的私钥（PEM）' },
  },
  config: {
    flag: 'config',
    value: 'file',
    help: {
      en: 'apps, subscribers, lifetimes and readings (JSON); a change of the file applies without a restart',
      zh: '应用、号码、有效期和解释口径（JSON），修改后自动生效',
    },
  },
  calibration: {
    flag: 'calibration',
    value: 'file',
    help: {
      en: 'what contract calibrate observed at the carrier (JSON): order of checks, readings, descriptions',
      zh: 'contract calibrate 在真实平台上观测到的结果（JSON）：检查的先后、解释口径、返回码描述',
    },
  },
  /** Serves a script of its own instead of the JSSDK, so that pages on this machine get tokens. */
  pageSdk: {
    flag: 'page-sdk',
    inProcess: true,
    help: {
      en: "serve a script of its own instead of the carrier's JSSDK, so that a page on this machine gets a token",
      zh: '用自己的脚本代替移动认证平台的 JSSDK，让本机的网页能取到 token',
    },
  },
  strict: {
    flag: 'strict',
    help: {
      en: 'the strictest option of every reading that neither the configuration nor a calibration sets; with exec, remarks fail the run too',
      zh: '配置和校准都没有设置的解释口径，一律取最严格的选项；用于 exec 时，有提示也算失败',
    },
  },
  /** Stores state in a Redis or Valkey at this address, which several servers can share; by default in memory. Not with a seed. */
  store: {
    flag: 'store',
    value: 'address',
    kind: filled({
      en: 'the address of a Redis, such as redis://127.0.0.1:6379',
      zh: ' Redis 的地址，例如 redis://127.0.0.1:6379',
    }),
    inProcess: true,
    help: {
      en: 'store state in a Redis or Valkey that several servers can share: redis://127.0.0.1:6379 (default memory)',
      zh: '把状态存到 Redis 或 Valkey，多个实例共用：redis://127.0.0.1:6379（默认 memory，即内存）',
    },
  },
  storePassword: {
    flag: 'store-password',
    value: 'text',
    ofServer: true,
    secret: true,
    variableOnly: true,
    help: {
      en: "the store's password; it has no flag, because other users of the machine can see arguments",
      zh: 'Redis 的密码；只能用环境变量，因为本机其他用户看得到命令行参数',
    },
  },
  storePasswordFile: {
    flag: 'store-password-file',
    value: 'file',
    help: { en: "a file with the store's password", zh: '存有 Redis 密码的文件' },
  },
  /** Generates ids, tokens and credentials from this text, the same each time. */
  seed: {
    flag: 'seed',
    value: 'text',
    kind: TEXT,
    inProcess: true,
    help: {
      en: 'generate ids, tokens and credentials from this seed, the same after each start',
      zh: '用这个种子生成 id、token 和凭据，每次启动都相同',
    },
  },
  log: {
    flag: 'log',
    value: 'level',
    kind: oneOf(LOG_LEVELS),
    default: 'info',
    help: {
      en: `log level: ${LOG_LEVELS.join(', ')} (default info)`,
      zh: `日志级别：${LOG_LEVELS.join('、')}（默认 info）`,
    },
  },
  logFormat: {
    flag: 'log-format',
    value: 'format',
    kind: oneOf(LOG_FORMATS),
    default: 'text',
    help: {
      en: 'text for people, or json for log collectors, one event per line (default text)',
      zh: 'text 供人阅读；json 每行一个事件，供日志系统采集（默认 text）',
    },
  },
  logSecrets: {
    flag: 'log-secrets',
    help: {
      en: 'log tokens and the details of refusals, and with --log debug whole requests and responses; hidden by default',
      zh: '日志写出 token 和被拒原因里的具体值，加上 --log debug 还写出完整的请求和响应；默认隐藏',
    },
  },
  lang: {
    flag: 'lang',
    value: 'language',
    kind: oneOf(LANGUAGES),
    help: {
      en: `language of the output: ${LANGUAGES.join(' or ')} (default: zh on a Chinese system, else en)`,
      zh: `输出使用的语言：${LANGUAGES.join(' 或 ')}（默认：系统语言是中文时为 zh，否则为 en）`,
    },
  },
  shell: {
    flag: 'shell',
    value: 'shell',
    kind: oneOf(SHELLS),
    help: {
      en: `shell of the printed commands: ${SHELLS.join(' or ')} (default powershell on Windows, else bash)`,
      zh: `启动信息里的命令用哪种 shell：${SHELLS.join(' 或 ')}（Windows 上默认 powershell，其余为 bash）`,
    },
  },
  /** Proxies whose X-Forwarded-For is trusted: addresses, CIDR blocks or `loopback`. */
  trustProxy: {
    flag: 'trust-proxy',
    value: 'addresses',
    kind: list({ en: 'addresses', zh: '地址' }),
    default: [],
    inProcess: true,
    help: {
      en: 'trust X-Forwarded-For from these proxies: addresses, CIDR blocks or loopback, separated by commas',
      zh: '信任哪些代理的 X-Forwarded-For：地址、CIDR 网段或 loopback，用逗号分隔',
    },
  },
  /** The token that callers of the control API must send. */
  controlToken: {
    flag: 'control-token',
    value: 'text',
    kind: CONTROL_TOKEN_TEXT,
    inProcess: true,
    secret: true,
    help: { en: 'require this token on the control API', zh: '调用控制接口必须带上这个令牌' },
  },
  controlTokenFile: {
    flag: 'control-token-file',
    value: 'file',
    help: { en: 'a file with this token', zh: '存有这个令牌的文件' },
  },
  /** The address of the control API and the console for users, behind a proxy or a mapped port. */
  publicUrl: {
    flag: 'public-url',
    value: 'url',
    kind: PUBLIC_URL,
    inProcess: true,
    help: {
      en: 'the address of the control API and the console for users, behind a proxy or a mapped port, for printed links and X-Mock-Explanation',
      zh: '经过反向代理或端口映射时，用户访问控制接口和控制台的地址，用于输出的链接和 X-Mock-Explanation',
    },
  },
  /** Serves the control API on this port and not on the carrier's. The carrier's calls work on both; 0 selects a free port. */
  controlPort: {
    flag: 'control-port',
    value: 'n',
    kind: PORT,
    inProcess: true,
    help: {
      en: "serve the control API on its own port and not on the carrier's",
      zh: '控制接口用这个端口，不再与模拟接口共用端口',
    },
  },
  /** The address of the control port; by default 127.0.0.1. */
  controlHost: {
    flag: 'control-host',
    value: 'address',
    kind: ADDRESS,
    inProcess: true,
    help: {
      en: `the address of that port (default ${DEFAULT_HOST})`,
      zh: `控制接口端口的监听地址（默认 ${DEFAULT_HOST}）`,
    },
  },
  /** Host names that the control API accepts in addition to addresses and local names; `*.` stands for one label. */
  allowHosts: {
    flag: 'allow-host',
    value: 'names',
    kind: NAMES,
    default: [],
    inProcess: true,
    help: {
      en: 'more host names that the control API accepts, in addition to addresses and local names, separated by commas',
      zh: '除了 IP 地址和本地名称，还允许用哪些域名访问控制接口，用逗号分隔',
    },
  },
  /** Connections to a port at a time; by default 10 000. Further ones are closed at once. */
  maxConnections: {
    flag: 'max-connections',
    value: 'n',
    kind: CONNECTIONS,
    default: DEFAULT_MAX_CONNECTIONS,
    inProcess: true,
    help: {
      en: `connections to a port at a time (default ${DEFAULT_MAX_CONNECTIONS}); further ones are closed at once`,
      zh: `每个端口最多同时有多少个连接（默认 ${DEFAULT_MAX_CONNECTIONS}），超出的立即关闭`,
    },
  },
} as const satisfies Readonly<Record<string, OptionRow>>;

// The limit of setTimeout. The minimum is 1, because 0 means no limit to node:http.
const REQUEST_TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** The options that only createMockServer has. */
export const IN_PROCESS_ONLY = {
  /** The time in milliseconds within which a request must arrive completely; by default 10 000. */
  requestTimeoutMs: { kind: whole({ min: 1, max: REQUEST_TIMEOUT_MS_MAX }) },
} as const;
