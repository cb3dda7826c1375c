/** The mistake that each rule of the carrier finds, as part of a sentence. A test checks that each rule in the cases has its words. */
import type { Bilingual } from '../../src/text/bilingual.js';

const WORDS: Readonly<Record<string, Bilingual>> = {
  urlRight: { en: 'a wrong address or method', zh: '请求地址或方法错误' },
  bodyReadable: { en: 'a body that is not one JSON object', zh: '请求体不是一个 JSON 对象' },
  valuesAreStrings: { en: 'a value that is not a String', zh: '字段值不是 String' },
  tokenPresent: { en: 'a missing token', zh: '缺少 token' },
  parametersValid: { en: 'a missing or malformed parameter', zh: '参数缺失或格式错误' },
  appKnown: { en: 'an unknown appId', zh: 'appId 不存在' },
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
  tokenOfThisCapability: { en: 'a token of the other operation', zh: 'token 属于另一个接口' },
  tokenLive: { en: 'an expired token', zh: 'token 已过期' },
  tokenUnused: { en: 'a token that was used before', zh: 'token 已经用过' },
  callsLeft: { en: 'a call beyond the quota or the package', zh: '次数或套餐已用完' },
  phoneNumReadable: { en: 'a phoneNum that cannot be read', zh: 'phoneNum 无法解析' },
  numberMatches: { en: 'a number that does not match the token', zh: '号码不是 token 对应的号码' },
};

/** The rule that finds no mistake. */
export const ALL_MET = 'allMet';

/** Undefined for `allMet` and for rules of a later mock. */
export function faultOf(rule: string): Bilingual | undefined {
  return WORDS[rule];
}
