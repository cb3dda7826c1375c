/** What the report calls things, in both languages. */
import type { Requirement } from '../engine/decide.js';
import type { Bilingual } from '../explain/finding.js';

/** What each requirement asks. */
export const REQUIREMENTS: Readonly<Record<Requirement, Bilingual>> = {
  urlRight: { en: 'POST to the exact path', zh: 'POST 到准确的路径' },
  bodyReadable: { en: 'the body is one JSON object', zh: '报文是一个 JSON 对象' },
  valuesAreStrings: { en: 'every value is a String', zh: '参数值都是 String' },
  tokenPresent: { en: 'there is a token', zh: 'token 不为空' },
  parametersValid: { en: 'the parameters are there and well formed', zh: '参数齐全，格式正确' },
  appKnown: { en: 'the app exists', zh: '应用存在' },
  ipAllowed: { en: 'the address is on the whitelist', zh: '来源 IP 在服务器IP白名单内' },
  capabilityGranted: { en: 'the app has the capability', zh: '应用已勾选该能力' },
  encryptionPossible: { en: 'RSA: both public keys are registered', zh: 'RSA：应用公钥1、2 都已报备' },
  signValid: { en: 'the sign is right', zh: '验签通过' },
  serviceUp: { en: 'the carrier works', zh: '平台服务正常' },
  phoneNumReadable: { en: 'phoneNum can be read', zh: 'phoneNum 能解析' },
  tokenServiceUp: { en: "the carrier's token service works", zh: '平台内部 token 校验接口正常' },
  tokenWellFormed: { en: 'the token has the shape of one', zh: 'token 格式正确' },
  tokenKnown: { en: 'the token exists', zh: 'token 存在' },
  tokenOfThisApp: { en: 'the token is of this app', zh: 'token 属于本应用' },
  tokenOfThisCapability: { en: 'the token is of this capability', zh: 'token 属于本能力' },
  tokenLive: { en: 'the token is not too old', zh: 'token 在有效期内' },
  tokenUnused: { en: 'the token is unused', zh: 'token 未使用过' },
  callsLeft: { en: 'calls are left', zh: '次数或套餐有余量' },
  numberObtained: { en: 'the carrier finds the number', zh: '平台取号成功' },
  numberMatches: { en: "the number is the token's", zh: '是本机号码' },
};

export const WORDS = {
  request: { en: 'request', zh: '请求' },
  answer: { en: 'answer expected', zh: '预计返回' },
  unmet: { en: 'not met', zh: '不满足' },
  next: { en: 'with that mended', zh: '改好之后' },
  met: { en: 'met', zh: '满足' },
  allMet: { en: 'every requirement, as far as can be told here', zh: '就这里能查到的，全部要求' },
  requirements: { en: 'Requirements', zh: '逐项检查' },
  legend: {
    en: '✓ met  ✗ unmet  ? taken as met  · not reached',
    zh: '✓ 满足  ✗ 不满足  ? 按满足处理  · 没有查到这一步',
  },
  mistakes: { en: 'Known mistakes', zh: '发现的问题' },
  none: { en: 'none found', zh: '没有发现' },
  sign: { en: 'Sign', zh: '签名' },
  stringToSign: { en: 'string to sign', zh: '待签名串' },
  expected: { en: 'expected', zh: '应为' },
  received: { en: 'received', zh: '收到' },
  notTold: { en: 'What was taken for granted', zh: '以下内容没有核对' },
  byPrivateKey: { en: 'only the owner of the private key can make it', zh: '只有持有应用私钥的一方能算出' },
  unknownSecret: { en: 'not known: the file has no secret for it', zh: '未知：应用文件里没有对应的密钥' },
  unknown: { en: 'not known', zh: '未知' },
  nothing: { en: 'nothing', zh: '没有' },
} as const satisfies Readonly<Record<string, Bilingual>>;
