/** Why no repaired request can be built. */
import type { Bilingual } from '../../../src/text/bilingual.js';

/** What only the client or the carrier has. */
export interface Missing {
  readonly missing: Bilingual;
}

export function isMissing(repaired: object | Missing): repaired is Missing {
  return 'missing' in repaired;
}

export const MISSING = {
  values: { en: 'the values of your own request', zh: '你自己请求里的值' },
  json: { en: 'a valid JSON object', zh: '正确的 JSON 对象' },
  app: { en: 'the appid of your app', zh: '你的应用的 appid' },
  publicKeys: { en: 'the public keys of your app', zh: '应用的公钥' },
  privateKey: { en: 'the private key of 应用公钥1', zh: '应用公钥1 对应的私钥' },
  signedValues: {
    en: 'the values that your code signed and did not send',
    zh: '代码里参与签名、但没有发送的值',
  },
  secret: { en: 'the secret of the app', zh: '应用的密钥' },
  signature: { en: 'the complete signature', zh: '完整的 sign' },
  phoneNumber: { en: 'the phone number of the token', zh: 'token 对应的手机号码' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export function missing(what: keyof typeof MISSING): Missing {
  return { missing: MISSING[what] };
}
