/** What leaves a requirement unmet, in words. */
import type { Decision, Requirement } from '../../engine/decide.js';
import type { Bilingual } from '../../explain/finding.js';

export type Cause = Requirement | Extract<Decision['decidedBy'], 'allMet'>;

export const CAUSE_TEXTS: Readonly<Record<Cause, Bilingual>> = {
  allMet: { en: 'every requirement is met', zh: '各项检查全部通过' },
  urlRight: { en: 'the method is not POST, or the path is wrong', zh: '请求方法不是 POST，或请求地址不对' },
  bodyReadable: {
    en: 'the body is not one JSON object of at most 64 KiB',
    zh: '请求体不是一个 JSON 对象，或超过 64 KiB',
  },
  valuesAreStrings: { en: 'a value is not a String', zh: '有参数值不是 String' },
  tokenPresent: { en: 'there is no token', zh: '没有传 token，或 token 为空' },
  parametersValid: { en: 'a parameter is missing or ill-formed', zh: '参数缺失或格式不对' },
  appKnown: { en: 'the app does not exist', zh: '应用不存在' },
  ipAllowed: { en: "the caller's address is not on the whitelist", zh: '出口 IP 不在服务器IP白名单内' },
  capabilityGranted: { en: 'the capability is not ticked at the portal', zh: '开发者社区未勾选该能力' },
  encryptionPossible: {
    en: 'RSA is asked for and the app has not registered both public keys',
    zh: '要求 RSA，但应用公钥1、应用公钥2没有都报备',
  },
  signValid: { en: 'the sign is wrong', zh: '签名不对' },
  serviceUp: { en: "the carrier's service is down", zh: '运营商服务故障' },
  tokenWellFormed: { en: 'the token does not have the shape of one', zh: 'token 的格式不对' },
  tokenKnown: { en: 'the token does not exist', zh: 'token 不存在' },
  tokenOfThisApp: { en: 'the token was got with another appid', zh: 'token 是用另一个 appid 获取的' },
  tokenOfThisCapability: { en: 'the token was got for the other capability', zh: 'token 是用另一种能力获取的' },
  tokenLive: { en: 'the token is two minutes old or older', zh: 'token 已超过两分钟有效期' },
  tokenUnused: { en: 'the token was used already', zh: 'token 已经用过' },
  callsLeft: { en: 'the daily quota or the package is used up', zh: '每日免费次数或套餐已用完' },
  phoneNumReadable: {
    en: 'phoneNum is no 64 upper-case hex, or does not decrypt',
    zh: 'phoneNum 不是 64 位大写十六进制，或解密失败',
  },
  tokenServiceUp: { en: "the carrier's internal token service is down", zh: '运营商内部的 token 校验服务故障' },
  numberObtained: { en: 'the carrier cannot obtain the number', zh: '运营商取号失败' },
  numberMatches: { en: "it is not the token's number", zh: '不是 token 对应的号码' },
};
