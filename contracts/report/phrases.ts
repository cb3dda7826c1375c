/** The kit's short texts in Chinese. Texts from the wire and texts without a phrase here stay unchanged. */
import type { Language } from './words.js';

interface Phrase {
  readonly en: RegExp;
  readonly zh: string;
}

const REASONS: readonly Phrase[] = [
  { en: /^needs the control API$/, zh: '需要控制接口' },
  { en: /^needs the capability (\w+)$/, zh: '需要 $1 能力' },
  { en: /^needs RSA keys$/, zh: '需要 RSA 密钥' },
  { en: /^needs live tokens$/, zh: '需要有效的 token' },
  { en: /^could be charged, and there is no spend limit$/, zh: '可能计费，没有设花费上限' },
  { en: /^beyond the spend limit of (\d+)$/, zh: '超出花费上限（$1 次）' },
  { en: /^does not apply with (.+)$/, zh: '取舍 $1 时不适用' },
  { en: /^the limit of (\d+) is reached$/, zh: '已达花费上限（$1 次）' },
  { en: /^the profile has no source of live tokens \(tokens\)$/, zh: 'profile 里没有有效 token 的来源（tokens）' },
  { en: /^(.+): no fresh, unused (\w+) token is left$/, zh: '$1：没有可用的 $2 token 了' },
  { en: /^(.+) must print (\{.+\}), found (.*)$/s, zh: '$1 应输出 $2，实际为 $3' },
  { en: /^the response of the control API has no number (\S+)$/, zh: '控制接口的响应里没有数字 $1' },
  { en: /^no response in (\d+) ms$/, zh: '$1 毫秒内没有响应' },
  { en: /^no response \((.+)\)$/s, zh: '没有响应（$1）' },
  { en: /^no response$/, zh: '没有响应' },
  { en: /^no connection$/, zh: '连接失败' },
  { en: /^the response has more than (\d+) bytes$/, zh: '响应超过 $1 字节' },
  {
    en: /^the response is not JSON, so this is not a mock of this project$/,
    zh: '响应不是 JSON，这里不是 cmpassport-mock',
  },
  { en: /^the response is not JSON with a result code$/, zh: '响应不是带返回码的 JSON' },
  { en: /^not sent after (\d+) requests without a response$/, zh: '连续 $1 个请求没有响应，其余的没有发送' },
  { en: /^an earlier call: (.*)$/s, zh: '前一次调用：$1' },
  { en: /^the recorder cannot listen \((.+)\)$/s, zh: '录制代理无法监听端口（$1）' },
  { en: /^not run: --max-failures was reached$/, zh: '没有执行：已达到 --max-failures' },
  { en: /^known deviation until (\S+): (.*)$/s, zh: '已登记的偏差，$1 到期：$2' },
  { en: /^known deviation that no longer occurs: remove its row$/, zh: '已登记的偏差不再出现：请删除这一条' },
  { en: /^known deviation expired on (\S+): (.*)$/s, zh: '已登记的偏差已于 $1 到期：$2' },
];

const SUBJECTS: readonly Phrase[] = [
  { en: /^HTTP status$/, zh: 'HTTP 状态码' },
  // The response's body in the provider suite, the request's in the consumer suite.
  { en: /^body$/, zh: '报文' },
  { en: /^method$/, zh: '请求方法' },
  { en: /^path$/, zh: '请求路径' },
  { en: /^header (\S+)$/, zh: '请求头 $1' },
  { en: /^charged$/, zh: '计费' },
  { en: /^tokenUsed$/, zh: 'token 是否用掉' },
  { en: /^decidedBy$/, zh: '判定规则' },
  { en: /^resultCode of an earlier call$/, zh: '前一次调用的 resultCode' },
  { en: /^schema (\S+)$/, zh: 'schema $1' },
  { en: /^(\S+) decrypted$/, zh: '$1 解密后' },
  { en: /^accessToken redeemed$/, zh: 'accessToken 兑换' },
];

const VALUES: readonly Phrase[] = [
  { en: /^present$/, zh: '有' },
  { en: /^absent$/, zh: '没有' },
  { en: /^nothing$/, zh: '没有' },
  { en: /^(\d+) calls?$/, zh: '$1 次' },
  { en: /^granted$/, zh: '成功' },
  { en: /^refused$/, zh: '拒绝' },
  { en: /^different from the previous response$/, zh: '与上一次响应不同' },
  { en: /^the current time in Beijing, within (\S+)$/, zh: '当前的北京时间，相差不超过 $1' },
  { en: /^text that matches (.+)$/s, zh: '匹配 $1 的文本' },
  { en: /^(.*) \(the hidden parts differ\)$/s, zh: '$1（不同之处已隐藏）' },
  { en: /^one of (\S+(?:, \S+)*)$/, zh: '$1 之一' },
  // The messages of Ajv about a schema.
  { en: /^must match pattern "(.+)"$/s, zh: '匹配 $1 的文本' },
  { en: /^must be string$/, zh: '字符串' },
  { en: /^must be number$/, zh: '数字' },
  { en: /^must be object$/, zh: '对象' },
  { en: /^must be equal to constant$/, zh: '规定的值' },
  { en: /^must NOT have fewer than (\d+) characters$/, zh: '至少 $1 个字符' },
  { en: /^must NOT have more than (\d+) characters$/, zh: '最多 $1 个字符' },
];

const CODES = /^\d+(?: or \d+)+$/;

/** A failed call is named before the reason. */
const CALL = /^([A-Z]+ \S+): (.*)$/s;

export function reasonText(text: string, lang: Language): string {
  if (lang !== 'zh') return text;
  const [, call, reason] = CALL.exec(text) ?? [];
  return reason === undefined ? translated(text, REASONS) : `${call}：${translated(reason, REASONS)}`;
}

/** The subject of a difference or of a skipped check. */
export function aboutText(text: string, lang: Language): string {
  return lang === 'zh' ? translated(text, SUBJECTS) : text;
}

export function valueText(text: string, lang: Language): string {
  if (lang !== 'zh') return text;
  return CODES.test(text) ? text.replaceAll(' or ', ' 或 ') : translated(text, VALUES);
}

function translated(text: string, phrases: readonly Phrase[]): string {
  const phrase = phrases.find(({ en }) => en.test(text));
  return phrase === undefined ? text : text.replace(phrase.en, phrase.zh);
}
