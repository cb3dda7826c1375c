/** The words of the reports, in both languages. */
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import type { Status, Suite } from '../kit/result.js';

/** Used with a number: `3 failed`. */
export const STATUS_WORDS: Readonly<Record<Status, Bilingual>> = {
  pass: { en: 'passed', zh: '通过' },
  fail: { en: 'failed', zh: '失败' },
  warn: { en: 'with a warning', zh: '警告' },
  skip: { en: 'skipped', zh: '跳过' },
  disabled: { en: 'disabled', zh: '停用' },
  error: { en: 'could not be judged', zh: '没能判定' },
};

export const SUITE_WORDS: Readonly<Record<Suite, Bilingual>> = {
  provider: { en: 'provider suite', zh: '平台侧测试集' },
  consumer: { en: 'consumer suite', zh: '调用方测试集' },
  replay: { en: 'captured requests', zh: '抓到的请求' },
};

export const WORDS = {
  causes: { en: 'Causes', zh: '原因' },
  example: { en: 'e.g.', zh: '例如' },
  forms: { en: 'Forms of responses', zh: '响应的形式' },
  repeat: { en: 'repeat', zh: '单独重跑' },
  app: { en: 'kept app', zh: '保留的应用' },
  journal: { en: 'journal', zh: '请求记录' },
  console: { en: 'console', zh: '控制台' },
  failures: { en: 'Failures', zh: '失败' },
  errors: { en: 'Could not be judged', zh: '没能判定' },
  warnings: { en: 'Warnings', zh: '警告' },
  reported: {
    en: 'For information: differences from a MAY',
    zh: '供参考：与 MAY 级别的用例有差异',
  },
  notRun: { en: 'Not run', zh: '没有执行' },
  seen: {
    en: 'Codes received where several are accepted',
    zh: '接受多种返回码的用例，实际返回的是',
  },
  notChecked: { en: 'Not checked', zh: '没有核对' },
  summary: { en: 'Summary', zh: '汇总' },
  document: { en: 'document', zh: '文档' },
  reason: { en: 'reason', zh: '说明' },
  expected: { en: 'expected', zh: '期望' },
  received: { en: 'received', zh: '实际' },
  finding: { en: 'finding', zh: '已知错误' },
  request: { en: 'request', zh: '请求' },
  answer: { en: 'response', zh: '响应' },
  files: { en: 'files', zh: '文件' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** `1 case`, `3 cases`. */
export function casesText(count: number, lang: Language): string {
  return { en: `${count} ${count === 1 ? 'case' : 'cases'}`, zh: `${count} 个用例` }[lang];
}

/** `12 skipped: needs the control API`. */
export function countedText(count: number, status: Status, lang: Language): string {
  const word = STATUS_WORDS[status][lang];
  return { en: `${count} ${word}`, zh: `${word} ${count} 个` }[lang];
}

/** `Failures (2)`: full-width parentheses in Chinese, without a space. */
export function withNote(text: string, note: string | number, lang: Language): string {
  return { en: `${text} (${note})`, zh: `${text}（${note}）` }[lang];
}

export const COMMA: Bilingual = { en: ', ', zh: '，' };
export const SEMICOLON: Bilingual = { en: '; ', zh: '；' };

/** The mistake that each rule of the carrier finds, as part of a sentence. A test checks that each rule in the cases has its words. */
const FAULTS: Readonly<Record<string, Bilingual>> = {
  urlRight: { en: 'a wrong address or method', zh: '请求地址或方法错误' },
  bodyReadable: { en: 'a body that is not one JSON object', zh: '请求体不是一个 JSON 对象' },
  valuesAreStrings: { en: 'a value that is not a String', zh: '字段值不是 String' },
  tokenPresent: { en: 'a missing token', zh: '缺少 token' },
  parametersValid: { en: 'a missing or malformed parameter', zh: '参数缺失或格式错误' },
  appKnown: { en: 'an unknown appId', zh: 'appId 不存在' },
  businessTypeRight: { en: 'the businessType of another product', zh: 'businessType 是别的产品的' },
  userInformationRight: {
    en: 'a userInformation that differs',
    zh: 'userInformation 不是取 token 时的',
  },
  ipAllowed: { en: 'an address that is not on the whitelist', zh: '出口 IP 不在白名单内' },
  capabilityGranted: { en: 'a capability that was not granted', zh: '应用没有勾选该能力' },
  encryptionPossible: { en: 'RSA without registered public keys', zh: '没有报备公钥却使用 RSA' },
  signValid: { en: 'a wrong signature', zh: '签名错误' },
  serviceUp: { en: 'a service failure', zh: '服务故障' },
  tokenServiceUp: { en: 'a failure of the token service', zh: 'token 校验服务故障' },
  numberObtained: { en: 'a number that cannot be obtained', zh: '取号失败' },
  tokenWellFormed: { en: 'a malformed token', zh: 'token 格式错误' },
  tokenKnown: { en: 'an unknown token', zh: 'token 不存在' },
  tokenOfThisApp: { en: 'a token of another app', zh: 'token 属于其他应用' },
  tokenOfThisCapability: { en: 'a token of another operation', zh: 'token 属于另一个接口' },
  tokenLive: { en: 'an expired token', zh: 'token 已过期' },
  tokenUnused: { en: 'a token that was used before', zh: 'token 已用掉' },
  callsLeft: { en: 'a call beyond the quota or the package', zh: '次数或套餐已用完' },
  phoneNumReadable: { en: 'a phoneNum that cannot be read', zh: 'phoneNum 无法解析' },
  numberMatches: { en: 'a number that does not match the token', zh: '号码不是 token 对应的号码' },
};

/** The rule that finds no mistake. */
export const ALL_MET = 'allMet';

/** Undefined for `allMet` and for rules of a later mock. */
export function faultOf(rule: string): Bilingual | undefined {
  return FAULTS[rule];
}
