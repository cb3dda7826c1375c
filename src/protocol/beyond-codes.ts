/**
 * Result codes that are in public lists but not in the document. The lists are those of aggregators, which resell the
 * carrier's service with their own SDK. Most lists mix codes of the SDK with codes of the server.
 */
import type { Bilingual } from '../text/bilingual.js';
import type { NextStep } from './next-steps.js';
import { TOKEN_VALIDATE } from './operations/token-validate.js';

export const BEYOND_SIDES = ['server', 'sdk', 'unstated'] as const;

export interface BeyondRow {
  readonly code: string;
  /** As published. */
  readonly desc: string;
  readonly descEn: string;
  /** The part that reports it, if a source states it. */
  readonly side: (typeof BEYOND_SIDES)[number];
  readonly source: Bilingual;
  /** Inferred from the description: no source states it. */
  readonly nextStep: NextStep;
}

const LISTS: Bilingual = { en: 'code lists of aggregators', zh: '聚合平台的返回码列表' };
const FORMERLY: Bilingual = {
  en: 'lists for number verification, until 2019',
  zh: '2019 年以前本机号码校验的返回码列表',
};
const [{ code: CALLS_USED_UP, desc, descEn }] = TOKEN_VALIDATE.unlistedResults;

/** As most rows are. */
const LISTED = { side: 'unstated', source: LISTS, nextStep: 'fallBackToSms' } as const;

/** In the order of the codes. */
export const BEYOND_RESULTS: readonly BeyondRow[] = [
  {
    code: CALLS_USED_UP,
    desc,
    descEn,
    side: 'server',
    source: FORMERLY,
    nextStep: 'contactCarrier',
  },
  {
    ...LISTED,
    code: '103102',
    desc: '包签名错误',
    descEn: 'package signature or bundle id error',
    side: 'sdk',
    nextStep: 'fixConfiguration',
  },
  // The lists name the cause: a VPN or a foreign address.
  { ...LISTED, code: '103111', desc: '网关IP错误', descEn: 'gateway ip error' },
  // The lists name the cause: many logins in a short time.
  { ...LISTED, code: '103902', desc: 'scrip失效', descEn: 'scrip is no longer valid' },
  // The lists name the cause: more than 30 unused tokens for a number in 10 minutes. Another token makes it worse.
  {
    ...LISTED,
    code: '103911',
    desc: 'token请求过于频繁',
    descEn: 'token requested too often',
    side: 'sdk',
  },
  { ...LISTED, code: '105001', desc: '联通取号失败', descEn: 'unicom number not obtained' },
  { ...LISTED, code: '105002', desc: '移动取号失败', descEn: 'mobile number not obtained' },
  { ...LISTED, code: '105003', desc: '电信取号失败', descEn: 'telecom number not obtained' },
  {
    ...LISTED,
    code: '105012',
    desc: '不支持电信取号',
    descEn: 'telecom numbers are not supported',
  },
  { ...LISTED, code: '105013', desc: '不支持联通取号', descEn: 'unicom numbers are not supported' },
  { ...LISTED, code: '105021', desc: '当天已达取号限额', descEn: 'daily limit of numbers reached' },
  {
    ...LISTED,
    code: '105302',
    desc: 'appid不在白名单',
    descEn: 'appid is not in the whitelist',
    nextStep: 'fixConfiguration',
  },
];
