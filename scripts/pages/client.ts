/** The options of the client and its errors, with their words: a missing or an additional one does not compile. */
import type { CmpassportKeys } from '../../src/client/credentials.js';
import type { CmpassportErrorCode } from '../../src/client/errors.js';
import type { CallOptions, GetPhoneNumberOptions, Verification } from '../../src/client/methods.js';
import type { CmpassportClientSettings, CmpassportCredentials } from '../../src/client/settings.js';
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

interface OptionWords {
  readonly meaning: Bilingual;
  /** The default of an option; whether the request of an error may have been sent. */
  readonly more: Bilingual;
}

const OPTIONS: Readonly<
  Record<
    | keyof CmpassportClientSettings
    | Exclude<keyof CmpassportCredentials, 'keys'>
    | `keys.${keyof CmpassportKeys}`,
    OptionWords
  >
> = {
  appId: {
    meaning: { en: "the app's id at the portal", zh: '应用的 appid' },
    more: { en: 'required', zh: '必填' },
  },
  appKey: {
    meaning: {
      en: "signs at verify, and is part of `phoneNum`, also with RSA; signs at login with `signSecret: 'appKey'`; decrypts the number of h5TokenValidate. A text, or a function that is called before each request",
      zh: "本机号码校验用它签名，RSA 方式下也参与生成 `phoneNum`；`signSecret: 'appKey'` 时获取手机号码也用它；H5 一键登录用它解密号码。文本，或每次调用前执行的函数",
    },
    more: { en: 'none', zh: '无' },
  },
  appSecret: {
    meaning: {
      en: 'APPSecret: signs at login with MD5. Text or function',
      zh: 'APPSecret：获取手机号码用它做 MD5 签名。文本或函数',
    },
    more: { en: 'none', zh: '无' },
  },
  'keys.appSignPrivateKey': {
    meaning: {
      en: 'the private key of 应用公钥1: signs with RSA at login, verify and h5TokenValidate. Like all keys, a text, a `KeyObject` or a function that returns one',
      zh: '应用公钥1 对应的私钥：各接口的 RSA 签名都用它。文本、`KeyObject`，或返回它们的函数，其他密钥同此',
    },
    more: { en: 'none', zh: '无' },
  },
  'keys.sign': {
    meaning: {
      en: 'signs instead of `appSignPrivateKey`, for a key service: see [RSA](../how-to/client-in-production.md#a-key-that-stays-in-a-key-service)',
      zh: '代替 `appSignPrivateKey` 签名，用于密钥服务，见 [RSA](../how-to/client-in-production.zh-CN.md#私钥不能离开密钥服务时)',
    },
    more: { en: 'none', zh: '无' },
  },
  'keys.appDecryptPrivateKey': {
    meaning: {
      en: 'the private key of 应用公钥2: decrypts the number at login',
      zh: '应用公钥2 对应的私钥：获取手机号码时解密号码',
    },
    more: { en: 'none', zh: '无' },
  },
  'keys.platformPublicKey': {
    meaning: {
      en: '平台公钥: encrypts the number at verify',
      zh: '平台公钥：本机号码校验时加密号码',
    },
    more: { en: 'none', zh: '无' },
  },
  'keys.appVerifyKey': {
    meaning: {
      en: '应用公钥1 as registered at the portal: checks that the private key matches',
      zh: '报备的应用公钥1：给了就核对私钥是否与它配对',
    },
    more: { en: 'not checked', zh: '不核对' },
  },
  'keys.appEncryptKey': {
    meaning: {
      en: '应用公钥2 as registered at the portal: the same check',
      zh: '报备的应用公钥2，同上',
    },
    more: { en: 'not checked', zh: '不核对' },
  },
  signSecret: {
    meaning: {
      en: "验签方式 at login: `'appSecret'` or `'appKey'`",
      zh: "获取手机号码的验签方式：`'appSecret'` 或 `'appKey'`",
    },
    more: { en: "`'appSecret'`", zh: "`'appSecret'`" },
  },
  signing: {
    meaning: {
      en: "`{ loginTokenValidate: 'md5' or 'rsa', tokenValidate: 'hmac' or 'rsa' }`, each optional",
      zh: "`{ loginTokenValidate: 'md5' 或 'rsa', tokenValidate: 'hmac' 或 'rsa' }`，可以只写一个",
    },
    more: {
      en: '`rsa` if its two keys are given (at login both private keys, at verify `appSignPrivateKey` and `platformPublicKey`), else `md5` and `hmac`. h5TokenValidate always signs with RSA',
      zh: '所需的两把密钥齐全时为 `rsa`（获取手机号码要两把私钥，本机号码校验要 `appSignPrivateKey` 和 `platformPublicKey`），否则为 `md5` 和 `hmac`。H5 一键登录只用 RSA',
    },
  },
  baseUrl: {
    meaning: {
      en: "the carrier's address; a path after the host is kept",
      zh: '移动认证平台的地址；主机名后面的路径会保留',
    },
    more: { en: "`'https://www.cmpassport.com'`", zh: "`'https://www.cmpassport.com'`" },
  },
  production: {
    meaning: {
      en: "`false` in tests only: accepts the mock's mark, and plain HTTP to any machine",
      zh: '只在测试里写 `false`：接受带模拟服务标记的 token 和响应，也允许用明文 HTTP 访问任何机器',
    },
    more: { en: '`true`', zh: '`true`' },
  },
  timeoutMs: {
    meaning: { en: 'maximum duration of a call in milliseconds', zh: '整次调用的总时限，毫秒' },
    more: { en: '`5000`', zh: '`5000`' },
  },
  connectAttempts: {
    meaning: {
      en: 'number of connection attempts, 1 to 10; repeated only if nothing was sent, after 100 ms and then 300 ms',
      zh: '最多尝试连接几次，1–10；只有什么都没发出时才重连，先隔 100 毫秒，之后隔 300 毫秒',
    },
    more: { en: '`3`', zh: '`3`' },
  },
  fetch: {
    meaning: {
      en: 'replaces the global one: one attempt per call, no redirects followed',
      zh: '代替全局的 `fetch`：每次调用只尝试一次，不跟随重定向',
    },
    more: { en: 'the global `fetch`', zh: '全局 `fetch`' },
  },
  nowMs: {
    meaning: { en: 'a function that returns epoch milliseconds', zh: '返回毫秒时间戳的函数' },
    more: { en: "the machine's clock", zh: '系统时钟' },
  },
  newMsgId: {
    meaning: {
      en: 'a function that returns 1 to 36 characters, new each time',
      zh: '返回 1–36 个字符的函数，每次不同',
    },
    more: { en: 'a UUID', zh: 'UUID' },
  },
  onRequest: {
    meaning: {
      en: 'called before each attempt: see [Logs, metrics and traces](../how-to/client-in-production.md#logs-metrics-and-traces)',
      zh: '每次尝试发送之前调用，见[日志、指标与链路](../how-to/client-in-production.zh-CN.md#日志指标与链路)',
    },
    more: { en: 'none', zh: '无' },
  },
  onResponse: {
    meaning: {
      en: 'called at the end of each call that was attempted',
      zh: '尝试过发送的调用结束时调用',
    },
    more: { en: 'none', zh: '无' },
  },
};

const GET_PHONE_NUMBER: Readonly<
  Record<Exclude<keyof GetPhoneNumberOptions, keyof CallOptions>, OptionWords>
> = {
  strictCheck: {
    meaning: {
      en: "`'1'`: the carrier checks the server's address against 服务器IP白名单",
      zh: "`'1'` 时校验服务器IP白名单",
    },
    more: { en: "`'0'`", zh: "`'0'`" },
  },
  expandParams: {
    meaning: {
      en: '`expandparams`, a text that is sent unchanged',
      zh: '`expandparams`，原样发送的文本',
    },
    more: { en: 'not sent', zh: '不发送' },
  },
};

const VERIFY_PHONE_NUMBER: Readonly<
  Record<Exclude<keyof Verification, keyof CallOptions>, OptionWords>
> = {
  token: {
    meaning: {
      en: "the token from the phone's SDK, for number verification",
      zh: '手机端 SDK 为本机号码校验取到的 token',
    },
    more: { en: 'required', zh: '必填' },
  },
  phoneNumber: {
    meaning: {
      en: 'the number to check: eleven digits, no `+86`, spaces or dashes',
      zh: '要核对的号码：11 位数字，不带 `+86`、空格、横线',
    },
    more: { en: 'required', zh: '必填' },
  },
  operator: {
    meaning: {
      en: "`openType`, the SIM card's operator: `'mobile'`, `'unicom'`, `'telecom'` or `'unknown'`",
      zh: "`openType`，SIM 卡的运营商：`'mobile'`、`'unicom'`、`'telecom'` 或 `'unknown'`",
    },
    more: { en: "`'unknown'`; with `'wap'` not sent", zh: "`'unknown'`；`'wap'` 时不发送" },
  },
  requesterType: {
    meaning: { en: "`'app'` or `'wap'`", zh: "`'app'` 或 `'wap'`" },
    more: { en: "`'app'`", zh: "`'app'`" },
  },
  message: {
    meaning: {
      en: 'your own text; the client URL-encodes it. According to the document, the carrier passes it on to a notification interface (通知接口); that the response returns it is inferred',
      zh: '你自己的文本，客户端会做 urlencode。文档说会透传给通知接口；随响应返回是推断',
    },
    more: { en: 'not sent', zh: '不发送' },
  },
  expandParams: {
    meaning: {
      en: 'your own names and values, as an object; sent as `name=value|name=value`, URL-encoded as a whole. That the response returns them is observed',
      zh: '你自己的参数，写成对象；按 `name=value|name=value` 拼接后整体做 urlencode。随响应返回是公开资料可见的',
    },
    more: { en: 'not sent', zh: '不发送' },
  },
};

const CALL: Readonly<Record<keyof CallOptions, OptionWords>> = {
  timeoutMs: {
    meaning: { en: 'maximum duration of this call in milliseconds', zh: '这次调用的总时限，毫秒' },
    more: { en: "the client's", zh: '客户端的设置' },
  },
  msgId: {
    meaning: {
      en: 'the id of this request, 1 to 36 characters, new for each request, for example of a trace',
      zh: '这次请求的 id，1–36 个字符，每次不同，例如链路 id',
    },
    more: { en: 'from `newMsgId`', zh: '由 `newMsgId` 生成' },
  },
  signal: {
    meaning: { en: 'an `AbortSignal` that ends the call', zh: '用来中止调用的 `AbortSignal`' },
    more: { en: 'none', zh: '无' },
  },
};

const ERRORS: Readonly<Record<CmpassportErrorCode, OptionWords>> = {
  ERR_CONFIGURATION: {
    meaning: {
      en: 'a setting, a secret or a key cannot work. Thrown when the client is created, or at the call for values from a function. `field` names it',
      zh: '配置或密钥不可用：创建客户端时抛出；密钥由函数提供的，调用时抛出。`field` 指明字段',
    },
    more: { en: '', zh: '' },
  },
  ERR_ARGUMENT: {
    meaning: {
      en: 'a token or number that the carrier would refuse, or whose hash would be wrong: `+86`, spaces, dashes. `field` names it',
      zh: 'token 或号码一定会被拒，或会算出错误的哈希，例如带 `+86`、空格、横线。`field` 指明字段',
    },
    more: { en: '', zh: '' },
  },
  ERR_SECRET_UNAVAILABLE: {
    meaning: { en: 'a function that returns a secret failed', zh: '提供密钥的函数出错' },
    more: { en: '', zh: '' },
  },
  ERR_NETWORK: {
    meaning: { en: 'the connection failed or broke', zh: '连接未建立或中断' },
    more: {
      en: '`false` if it was never established, or if `fetch` blocks the port',
      zh: '未建立，或 `fetch` 不允许访问该端口时为 `false`',
    },
  },
  ERR_TIMEOUT: {
    meaning: {
      en: 'no complete response within `timeoutMs`',
      zh: '`timeoutMs` 内没有收到完整响应',
    },
    more: { en: 'depends on the progress', zh: '看请求是否已发出' },
  },
  ERR_ABORTED: {
    meaning: { en: 'your `signal` ended the call', zh: '你的 `signal` 中止了调用' },
    more: { en: 'depends on the progress', zh: '看请求是否已发出' },
  },
  ERR_HTTP_STATUS: {
    meaning: {
      en: 'a status other than 200: the carrier always answers 200 (observed)',
      zh: 'HTTP 状态码不是 200：移动认证平台总是返回 200（公开资料可见）',
    },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_RESPONSE_TOO_LARGE: {
    meaning: { en: 'more than 64 KiB', zh: '超过 64 KiB' },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_RESPONSE_NOT_JSON: {
    meaning: { en: 'the body is not JSON', zh: '响应体不是 JSON' },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_RESPONSE_FORMAT: {
    meaning: {
      en: 'a required field is missing or not as documented. `field` names it',
      zh: '缺少必需的字段，或与文档不符。`field` 指明字段',
    },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_RESPONSE_MISMATCH: {
    meaning: {
      en: 'the response belongs to another request: `inresponseto` or `msgId` differs',
      zh: '是另一个请求的响应：`inresponseto` 或 `msgId` 对不上',
    },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_DECRYPTION: {
    meaning: {
      en: '`msisdn` does not decrypt to a number. If the other key works, the message says that the two are swapped',
      zh: '`msisdn` 解不出号码；如果用另一把私钥能解开，会指出两把私钥放反了',
    },
    more: { en: '`true`', zh: '`true`' },
  },
  ERR_MOCK: {
    meaning: {
      en: "in production, a token or a response has the mock's mark",
      zh: '生产模式下，token 或响应带有模拟服务的标记',
    },
    more: { en: '`false` for a token', zh: '拒绝 token 时为 `false`' },
  },
};

type Head = Readonly<Record<Language, readonly string[]>>;

const OPTION_HEAD: Head = { en: ['Option', 'Meaning', 'Default'], zh: ['选项', '含义', '默认'] };
const ERROR_HEAD: Head = {
  en: ['`code`', 'When', '`maybeSent`'],
  zh: ['`code`', '何时', '`maybeSent`'],
};

const PARTS: Readonly<Record<string, readonly [Head, Readonly<Record<string, OptionWords>>]>> = {
  options: [OPTION_HEAD, OPTIONS],
  getPhoneNumber: [OPTION_HEAD, GET_PHONE_NUMBER],
  verifyPhoneNumber: [OPTION_HEAD, VERIFY_PHONE_NUMBER],
  call: [OPTION_HEAD, CALL],
  errors: [ERROR_HEAD, ERRORS],
};

export function client(language: Language, name: string): string {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`the client has no table ${name}`);
  const [head, words] = part;
  return table(
    head[language],
    Object.entries(words).map(([option, { meaning, more }]) => [
      code(option),
      meaning[language],
      more[language],
    ]),
  );
}
