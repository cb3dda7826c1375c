/**
 * Calls whose paths begin like those of the operations, but which no server makes: of the script in a web page (JSSDK), and
 * of the SDK in an app. Observed: the carrier's scripts in public pages, and its SDK in public apps. The last row was seen
 * in one public client. Their parameters are not simulated.
 */
import type { Bilingual } from '../text/bilingual.js';
import { singleSlashes } from './paths.js';

export interface SdkCallRow {
  readonly id: string;
  readonly name: Bilingual;
  readonly path: RegExp;
  /** What to do instead, as the second half of a sentence. */
  readonly advice: Bilingual;
}

const FROM_THE_PHONE: Bilingual = {
  en: 'the phone sends it, not your server; instead, issue a token with the control API or the console',
  zh: '它由手机发出，不是你的服务端发的；请改用控制接口或控制台签发 token',
};

export const SDK_CALLS = [
  {
    id: 'page-script',
    name: { en: 'the script of the JSSDK, or an image of it', zh: '网页 JSSDK 的脚本或图片' },
    path: /^\/h5\/js\//i,
    advice: {
      en: 'pages load it from the carrier; start the mock with --page-sdk, which serves a script of its own',
      zh: '网页从移动认证平台加载它；启动时加 --page-sdk，模拟服务会提供自己的脚本',
    },
  },
  {
    id: 'page-prefetch',
    name: {
      en: 'httpsPreGetmobile, with which the JSSDK prepares a login',
      zh: '网页 JSSDK 预取号的 httpsPreGetmobile 接口',
    },
    path: /^\/h5\/httpsPreGetmobile\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'page-token',
    name: {
      en: 'authGetToken, with which the JSSDK gets a token',
      zh: '网页 JSSDK 取 token 的 authGetToken 接口',
    },
    path: /^\/h5\/onekeylogin\/authGetToken\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'page-options',
    name: { en: 'getPageOption, a call of the JSSDK', zh: '网页 JSSDK 的 getPageOption 接口' },
    path: /^\/h5\/onekeylogin\/getPageOption\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'page-other-networks',
    name: {
      en: 'a call of the JSSDK for 联通 and 电信 numbers',
      zh: '网页 JSSDK 为联通、电信号码发出的请求',
    },
    path: /^\/h5\/onekeylogin\/(?:getNew(?:Telecom|Unicom)Phonescrip|C[TU]Callback)\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'page-mobile',
    name: {
      en: 'getMobile, with which pages and apps got a token',
      zh: '网页和 App 取 token 的 getMobile 接口',
    },
    path: /^\/h5\/getMobile\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'app-phonescrip',
    name: {
      en: 'a Phonescrip call, with which the SDK in an app prepares a login',
      zh: '手机 App 里的 SDK 预取号的 Phonescrip 接口',
    },
    path: /^\/unisdk\/(?:rs|api)\/get\w*Phonescrip\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'app-token',
    name: {
      en: 'scripAndToken or getAuthToken, with which the SDK in an app gets a token',
      zh: '手机 App 里的 SDK 取 token 的 scripAndToken、getAuthToken 接口',
    },
    path: /^\/unisdk\/(?:rs|api)\/(?:scripAndToken\w*|getAuthToken)\/?$/i,
    advice: FROM_THE_PHONE,
  },
  {
    id: 'sms-password',
    name: {
      en: 'sendDynaPwd or validateDynamicPwd, an old interface for SMS codes',
      zh: '旧的短信验证码接口 sendDynaPwd、validateDynamicPwd',
    },
    path: /^\/openapi\/(?:sendDynaPwd|validateDynamicPwd)\/?$/i,
    advice: {
      en: 'it has no token and no successor here; send SMS codes with your own provider',
      zh: '它不用 token，这里也没有对应的接口；短信验证码请用你自己的短信服务',
    },
  },
] as const satisfies readonly SdkCallRow[];

export function isSdkCall(path: string): boolean {
  const single = singleSlashes(path);
  return SDK_CALLS.some((row) => row.path.test(single));
}
