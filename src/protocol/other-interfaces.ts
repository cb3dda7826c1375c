/** Other interfaces of the carrier, which the document does not describe. Their paths are named instead of reported as misspelled. */
import type { Bilingual } from '../text/bilingual.js';

const OTHER_INTERFACES = [
  {
    id: 'login-1.x',
    name: { en: 'the login interface 1.x (tokenValidate)', zh: '一键登录 1.x 的 tokenValidate 接口' },
    path: /^\/unisdk\/(?:.*\/)?tokenValidate\/?$/i,
  },
  {
    id: 'login-1.2',
    name: { en: 'uniTokenValidate, the login interface 1.2', zh: '一键登录 1.2 的 uniTokenValidate 接口' },
    path: /\/uniTokenValidate\/?$/i,
  },
  {
    id: 'login-3.5',
    name: { en: 'the login interface 3.5 with 国密 (SM2)', zh: '一键登录 3.5 国密（SM2）接口' },
    path: undefined,
  },
  {
    id: 'verify-sm',
    name: { en: 'tokenValidate with keyType 2, 国密 (SM2 and SM3)', zh: 'keyType 为 2 的国密（SM2、SM3）本机号码校验' },
    path: undefined,
  },
  {
    id: 'sms-send',
    name: { en: 'sendsmscode, which sends an SMS code', zh: '短验辅助的 sendsmscode（下发短信验证码）接口' },
    path: /\/sendsmscode\/?$/i,
  },
  {
    id: 'sms-check',
    name: { en: 'checksmscode, which checks an SMS code', zh: '短验辅助的 checksmscode（校验短信验证码）接口' },
    path: /\/checksmscode\/?$/i,
  },
  {
    id: 'user-info',
    name: { en: 'userInfoValidate', zh: 'userInfoValidate 接口' },
    path: /\/userInfoValidate\/?$/i,
  },
  {
    id: 'h5-login',
    name: { en: 'the login of web pages and mini programs (H5)', zh: 'H5 和小程序的一键登录接口' },
    path: /\/onekeylogin\/tokenValidate\/?$/i,
  },
] as const;

export type OtherInterfaceId = (typeof OTHER_INTERFACES)[number]['id'];

export interface OtherInterface {
  readonly id: OtherInterfaceId;
  readonly name: Bilingual;
}

export function otherInterface(id: OtherInterfaceId): OtherInterface | undefined {
  return OTHER_INTERFACES.find((row) => row.id === id);
}

/** undefined for any other path. */
export function otherInterfaceAt(path: string): OtherInterface | undefined {
  return OTHER_INTERFACES.find((row) => row.path?.test(path));
}

/** A sentence that names the other interface at a path; undefined for any other path. */
export function otherInterfaceSentence(path: string): Bilingual | undefined {
  const { name } = otherInterfaceAt(path) ?? {};
  return (
    name && {
      en: `${path} is ${name.en}, a different interface, not simulated here`,
      zh: `${path} 属于${name.zh}，模拟服务没有实现这个接口`,
    }
  );
}
