/** The texts of each operation. */
import type { Bilingual } from '../../../src/text/bilingual.js';

export const OPERATIONS = {
  'operation.loginTokenValidate': { en: 'Login', zh: '获取手机号码' },
  'operation.tokenValidate': { en: 'Verify', zh: '本机号码校验' },
  'operation.h5TokenValidate': { en: 'H5 login', zh: 'H5 获取手机号码' },
  'capability.loginTokenValidate': {
    en: 'One-tap login (loginTokenValidate)',
    zh: '获取手机号码（loginTokenValidate）',
  },
  'capability.tokenValidate': { en: 'Number verification (tokenValidate)', zh: '本机号码校验（tokenValidate）' },
  'capability.h5TokenValidate': {
    en: 'Login of pages and mini-programs (h5TokenValidate)',
    zh: 'H5、小程序获取手机号码（h5TokenValidate）',
  },
  'handset.done.loginTokenValidate': { en: 'Logged in', zh: '登录成功' },
  'handset.done.tokenValidate': { en: 'This is the number of this phone', zh: '是本机号码' },
  'handset.done.h5TokenValidate': { en: 'Logged in', zh: '登录成功' },
  'handset.failed.loginTokenValidate': { en: 'Log in by SMS instead', zh: '请改用短信验证码登录' },
  'handset.failed.tokenValidate': { en: 'Not verified', zh: '校验未通过' },
  'handset.failed.h5TokenValidate': { en: 'Log in by SMS instead', zh: '请改用短信验证码登录' },
  'handset.send.loginTokenValidate': {
    en: "Acts as your server: signs with this app's secret.",
    zh: '相当于你的服务端：用这个应用的密钥签名。',
  },
  'handset.send.tokenValidate': {
    en: "Acts as your server: hashes the number and signs with this app's appKey.",
    zh: '相当于你的服务端：对号码做哈希，用这个应用的 appKey 签名。',
  },
  'handset.send.h5TokenValidate': {
    en: 'Acts as your server: signs with the private key of 应用公钥1.',
    zh: '相当于你的服务端：用应用公钥1 对应的私钥签名。',
  },
  'handset.expired.loginTokenValidate': {
    en: 'Expired: the carrier now returns 104201.',
    zh: '已过期：现在获取手机号码会返回 104201。',
  },
  'handset.expired.tokenValidate': { en: 'Expired: the carrier now returns 606.', zh: '已过期：现在校验会返回 606。' },
  'handset.expired.h5TokenValidate': {
    en: 'Expired: the carrier now returns 104007.',
    zh: '已过期：现在获取手机号码会返回 104007。',
  },
  'sequence.end.loginTokenValidate': { en: 'Logs the user in', zh: '登录成功' },
  'sequence.end.tokenValidate': { en: 'Confirms the number', zh: '确认号码' },
  'sequence.end.h5TokenValidate': { en: 'Logs the user in', zh: '登录成功' },
} as const satisfies Readonly<Record<string, Bilingual>>;
