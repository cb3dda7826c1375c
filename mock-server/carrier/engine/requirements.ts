/** The requirements of the operations: what each needs to be checked, and its words; and the form of a rule. */
import type { Basis, ReadingId } from '../../../src/protocol/readings.js';
import type { Requirement } from '../../../src/protocol/requirements.js';
import type { Bilingual } from '../../../src/text/bilingual.js';

/** Each needs everything before it too. */
const NEEDS = ['nothing', 'body', 'store', 'app', 'token'] as const;
export type Need = (typeof NEEDS)[number];

export interface RequirementRow {
  /** What the check reads, apart from the request line. Without it, the requirement cannot be checked. */
  readonly needs: Need;
  readonly met: Bilingual;
  readonly unmet: Bilingual;
}

export const REQUIREMENTS: Readonly<Record<Requirement, RequirementRow>> = {
  urlRight: {
    needs: 'nothing',
    met: { en: 'POST to the exact path', zh: 'POST 到准确的路径' },
    unmet: {
      en: 'the method is not POST, or the path is wrong',
      zh: '请求方法不是 POST，或请求地址错误',
    },
  },
  bodyReadable: {
    needs: 'nothing',
    met: { en: 'the body is one JSON object', zh: '请求体是一个 JSON 对象' },
    unmet: {
      en: 'the body is not one JSON object of at most 64 KiB',
      zh: '请求体不是一个 JSON 对象，或超过 64 KiB',
    },
  },
  valuesAreStrings: {
    needs: 'body',
    met: { en: 'every value is a String', zh: '字段值都是 String' },
    unmet: { en: 'a value is not a String', zh: '有字段值不是 String' },
  },
  tokenPresent: {
    needs: 'body',
    met: { en: 'the token is present', zh: 'token 不为空' },
    unmet: { en: 'the token is missing or empty', zh: '没有传 token，或 token 为空' },
  },
  parametersValid: {
    needs: 'body',
    met: { en: 'the parameters are complete and well formed', zh: '参数齐全，格式正确' },
    unmet: { en: 'a parameter is missing or malformed', zh: '参数缺失或格式错误' },
  },
  appKnown: {
    needs: 'store',
    met: { en: 'the app exists', zh: '应用存在' },
    unmet: { en: 'the app does not exist', zh: '应用不存在' },
  },
  businessTypeRight: {
    needs: 'body',
    met: { en: 'businessType is that of one-tap login', zh: 'businessType 是一键登录的' },
    unmet: { en: 'businessType is not 8, one-tap login', zh: 'businessType 不是 8（一键登录）' },
  },
  ipAllowed: {
    needs: 'app',
    met: {
      en: 'the address is on the whitelist, or is not checked',
      zh: '出口 IP 在服务器IP白名单内，或不校验',
    },
    unmet: {
      en: "the caller's address is not on the whitelist",
      zh: '出口 IP 不在服务器IP白名单内',
    },
  },
  capabilityGranted: {
    needs: 'app',
    met: { en: 'the app has the capability', zh: '应用已勾选该能力' },
    unmet: {
      en: 'the capability is not enabled in the developer portal',
      zh: '开发者社区里没有勾选该能力',
    },
  },
  encryptionPossible: {
    needs: 'app',
    met: {
      en: 'no RSA, or both public keys are registered',
      zh: '没有用 RSA，或应用公钥1、应用公钥2 都已报备',
    },
    unmet: {
      en: 'RSA is requested, but the app has not registered both public keys',
      zh: '请求用 RSA，但应用公钥1、应用公钥2 没有都报备',
    },
  },
  signValid: {
    needs: 'app',
    met: { en: 'the signature is correct', zh: '签名正确' },
    unmet: { en: 'the signature is wrong', zh: '签名错误' },
  },
  serviceUp: {
    needs: 'store',
    met: { en: 'the carrier works', zh: '移动认证平台服务正常' },
    unmet: { en: "the carrier's service is down", zh: '移动认证平台服务故障' },
  },
  phoneNumReadable: {
    needs: 'app',
    met: { en: 'phoneNum is readable', zh: 'phoneNum 能解析' },
    unmet: {
      en: 'phoneNum is not 64 upper-case hex digits, or cannot be decrypted',
      zh: 'phoneNum 不是 64 位大写十六进制，或解密失败',
    },
  },
  tokenServiceUp: {
    needs: 'store',
    met: { en: "the carrier's token service works", zh: '移动认证平台内部的 token 校验服务正常' },
    unmet: {
      en: "the carrier's internal token service is down",
      zh: '移动认证平台内部的 token 校验服务故障',
    },
  },
  tokenWellFormed: {
    needs: 'store',
    met: { en: 'the token has the correct format', zh: 'token 格式正确' },
    unmet: { en: 'the token has the wrong format', zh: 'token 格式错误' },
  },
  tokenKnown: {
    needs: 'store',
    met: { en: 'the token exists', zh: 'token 存在' },
    unmet: { en: 'the token does not exist', zh: 'token 不存在' },
  },
  tokenOfThisApp: {
    needs: 'app',
    met: { en: 'the token belongs to this app', zh: 'token 属于这个应用' },
    unmet: { en: 'the token was issued for another appid', zh: 'token 是用另一个 appid 取的' },
  },
  tokenOfThisCapability: {
    needs: 'token',
    met: { en: 'the token is for this capability', zh: 'token 用于这个接口' },
    unmet: { en: 'the token was issued for another capability', zh: 'token 是为另一个接口取的' },
  },
  tokenLive: {
    needs: 'token',
    met: { en: 'the token has not expired', zh: 'token 在有效期内' },
    unmet: { en: 'the token has expired', zh: 'token 已过期' },
  },
  tokenUnused: {
    needs: 'token',
    met: { en: 'the token is unused', zh: 'token 没有用掉' },
    unmet: { en: 'the token was already used', zh: 'token 已用掉' },
  },
  userInformationRight: {
    needs: 'token',
    met: {
      en: 'userInformation is what the SDK returned with the token',
      zh: 'userInformation 与 SDK 返回的一致',
    },
    unmet: {
      en: 'userInformation is not what the SDK returned with the token',
      zh: 'userInformation 与取 token 时 SDK 返回的不一致',
    },
  },
  callsLeft: {
    needs: 'app',
    met: { en: 'calls are left', zh: '每日次数或套餐没有用完' },
    unmet: { en: 'the daily quota or the package is used up', zh: '每日次数或套餐已用完' },
  },
  numberObtained: {
    needs: 'store',
    met: { en: 'the carrier obtains the number', zh: '移动认证平台取得到号码' },
    unmet: { en: 'the carrier cannot obtain the number', zh: '移动认证平台取号失败' },
  },
  numberMatches: {
    needs: 'token',
    met: { en: "the number is the token's number", zh: '号码就是 token 对应的号码' },
    unmet: { en: "the number is not the token's number", zh: '号码不是 token 对应的号码' },
  },
};

export interface Rule {
  readonly requires: Requirement;
  /** The code if the requirement is not met. */
  readonly otherwise: string;
  /** How we know that this code has this cause. The order of the rows is our interpretation: the document states none. */
  readonly basis: Basis;
  /** The reading whose option is the code, if an app can choose another code. */
  readonly codeReading?: ReadingId | undefined;
}

export const ALL_MET_WORDS: Bilingual = { en: 'every requirement is met', zh: '各项检查全部通过' };

/** Whether a check of this requirement reads only what is already available. */
export function isDecidable(requires: Requirement, available: Need): boolean {
  return NEEDS.indexOf(REQUIREMENTS[requires].needs) <= NEEDS.indexOf(available);
}

/** The requirement that decided; undefined if all were met, or if the outcome was forced. */
export function requirementOf(
  decidedBy: Requirement | 'allMet' | 'forced',
): Requirement | undefined {
  return decidedBy === 'allMet' || decidedBy === 'forced' ? undefined : decidedBy;
}
