/**
 * Result codes that the document does not have and public lists do: the code lists of aggregators, which sell the
 * carrier's service with an SDK of their own. Most of them mix what the SDK reports with what the server answers.
 */
import type { Bilingual } from './bilingual.js';
import type { NextStep } from './next-steps.js';
import { UNLISTED_TOKEN_VALIDATE_RESULTS } from './result-codes.js';

export const BEYOND_SIDES = ['server', 'sdk', 'unstated'] as const;

export interface BeyondRow {
  readonly code: string;
  /** As it is published. */
  readonly desc: string;
  readonly descEn: string;
  /** Which part reports it, where a source says so. */
  readonly side: (typeof BEYOND_SIDES)[number];
  readonly source: Bilingual;
  /** What a client does next. It follows from the words: no source says it. */
  readonly nextStep: NextStep;
}

const LISTS: Bilingual = { en: 'code lists of aggregators', zh: '聚合平台的返回码列表' };
const FORMERLY: Bilingual = {
  en: 'lists for number verification, until 2019',
  zh: '2019 年以前本机号码校验的返回码列表',
};
const [{ code: CALLS_USED_UP, desc, descEn }] = UNLISTED_TOKEN_VALIDATE_RESULTS;

/** In the order of the codes. */
export const BEYOND_RESULTS: readonly BeyondRow[] = [
  { code: CALLS_USED_UP, desc, descEn, side: 'server', source: FORMERLY, nextStep: 'contactCarrier' },
  {
    code: '103102',
    desc: '包签名错误',
    descEn: 'package signature or bundle id error',
    side: 'sdk',
    source: LISTS,
    nextStep: 'fixConfiguration',
  },
  {
    code: '103111',
    desc: '网关IP错误',
    descEn: 'gateway ip error',
    side: 'unstated',
    source: LISTS,
    // By the lists a VPN or a foreign address.
    nextStep: 'fallBackToSms',
  },
  {
    code: '103902',
    desc: 'scrip失效',
    descEn: 'scrip is no longer valid',
    side: 'unstated',
    source: LISTS,
    // By the lists after many logins in a short time.
    nextStep: 'fallBackToSms',
  },
  {
    code: '103911',
    desc: 'token请求过于频繁',
    descEn: 'token requested too often',
    side: 'sdk',
    source: LISTS,
    // By the lists more than 30 unused tokens of a number in 10 minutes: another one makes it worse.
    nextStep: 'fallBackToSms',
  },
  {
    code: '105001',
    desc: '联通取号失败',
    descEn: 'unicom gave no number',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105002',
    desc: '移动取号失败',
    descEn: 'mobile gave no number',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105003',
    desc: '电信取号失败',
    descEn: 'telecom gave no number',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105012',
    desc: '不支持电信取号',
    descEn: 'telecom numbers are not supported',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105013',
    desc: '不支持联通取号',
    descEn: 'unicom numbers are not supported',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105021',
    desc: '当天已达取号限额',
    descEn: 'daily limit of numbers reached',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fallBackToSms',
  },
  {
    code: '105302',
    desc: 'appid不在白名单',
    descEn: 'appid is not in the whitelist',
    side: 'unstated',
    source: LISTS,
    nextStep: 'fixConfiguration',
  },
];
