/** Why a reading is not settled, and how to settle it, in both languages. */

import { type Bilingual, type Words, wordsIn } from '../../src/text/bilingual.js';
import type { Operation } from '../index.js';

/** The needs of readings that a profile cannot settle. */
export const MISSING_FROM_PROFILE: Readonly<Record<string, Bilingual>> = {
  'verify-quota-code': {
    en: 'Needs an app without remaining calls: the code of its next call to verify is the option.',
    zh: '需要一个次数已用完的应用：这时再调用一次本机号码校验，返回码就是结论。',
  },
  'daily-quota-counts': {
    en: 'Needs an app without a contract and with one call left for the day: make a call that is refused, then a good one. To repeat this, wait until the next day.',
    zh: '需要一个没有签合同、当天只剩一次的应用：先发一个会被拒绝的请求，再发一个正常请求。再测要等到第二天。',
  },
  'daily-quota-covers': {
    en: 'Needs an app without a contract whose calls of the day are used up at verify: then call login. To repeat this, wait until the next day.',
    zh: '需要一个没有签合同、每日次数已被本机号码校验用完的应用：这时再调用获取手机号码。再测要等到第二天。',
  },
  'login-ip-check': {
    en: 'Needs an address that is not on the portal’s whitelist: call with strictcheck 0 while the whitelist has other addresses, and again while it is empty.',
    zh: '需要一个没有填进开发者社区白名单的出口 IP：白名单里有其他 IP 时，用 strictcheck 0 调用一次；清空白名单，再调用一次。',
  },
  'other-apps-dead-token': {
    en: 'Needs a token of a second app that is used or older than two minutes.',
    zh: '需要另一个应用的 token，已用掉或者超过两分钟。',
  },
  'verify-key-size': {
    en: 'Needs an app whose registered 应用公钥1 is longer than 1024 bits, with its private key in the profile.',
    zh: '需要一个应用，报备的应用公钥1 超过 1024 位，并在 profile 里给出对应的私钥。',
  },
};

const RERUN: Bilingual = {
  en: 'Run again when the carrier is stable.',
  zh: '请等服务稳定后再运行一次。',
};

export const REASONS = {
  capability: (operation: string): Bilingual => ({
    en: `Needs the capability ${operation} in the profile.`,
    zh: `需要 profile 的 capabilities 里有 ${operation}。`,
  }),
  rsa: (): Bilingual => ({
    en: 'Needs the capability rsa in the profile, with both key pairs registered.',
    zh: '需要 profile 的 capabilities 里有 rsa，并且两把应用公钥都已报备。',
  }),
  disabled: (): Bilingual => ({
    en: 'The profile disables the cases that would settle it: see its field `disabled`.',
    zh: '能得出结论的用例都在 profile 的 disabled 里停用了。',
  }),
  notTrusted: (operation: Operation, found: Words): Bilingual => ({
    en: `${operation}: the responses to plain requests match no option (${wordsIn(found, 'en')}). Check the address, the credentials, the IP whitelist and the clock, then run again.`,
    zh: `${operation}：普通请求的响应也不符合任何一种解释口径（${wordsIn(found, 'zh')}）。请检查地址、凭据、服务器IP白名单和时钟，再运行一次。`,
  }),
  noAnswer: (found: Words): Bilingual => ({
    en: `A request got no result code (${wordsIn(found, 'en')}). ${RERUN.en}`,
    zh: `有一个请求没有得到返回码（${wordsIn(found, 'zh')}）。${RERUN.zh}`,
  }),
  unsteady: (codes: readonly string[]): Bilingual => ({
    en: `The same request got different results (${codes.join(', ')}). ${RERUN.en}`,
    zh: `同一个请求得到了不同的返回码（${codes.join('、')}）。${RERUN.zh}`,
  }),
  notPredicted: (code: string): Bilingual => ({
    en: `No option predicts the result ${code}. Ask the carrier, and see the evidence.`,
    zh: `返回码 ${code} 不符合任何一种解释口径。请向移动认证平台确认，并查看 evidence。`,
  }),
  disagree: (): Bilingual => ({
    en: 'No single option matches all responses: the carrier differs between operations or fields. See the evidence.',
    zh: '没有一种解释口径符合全部响应：不同接口或不同字段的处理方式不一致。请查看 evidence。',
  }),
  several: (options: readonly string[]): Bilingual => ({
    en: `All available requests match ${options.join(' and ')}. To distinguish them, add another operation to the profile's capabilities.`,
    zh: `现有请求的响应与 ${options.join('、')} 都相符。要区分，请在 profile 的 capabilities 里加上其他接口。`,
  }),
  needsTokens: (calls: number): Bilingual => ({
    en: `Needs up to ${calls} more calls with a live token, and the profile has no source of tokens: set its field tokens and a --spend-limit.`,
    zh: `还需要用有效 token 调用最多 ${calls} 次，但 profile 里没有 tokens：请设置 tokens 和 --spend-limit。`,
  }),
  needsLive: (calls: number, { spent, limit }: { spent: number; limit: number }): Bilingual => ({
    en: `Needs up to ${calls} more calls with a live token: ${spent} of at most ${limit} are used. Set a higher --spend-limit.`,
    zh: `还需要用有效 token 调用最多 ${calls} 次：上限 ${limit} 次，已用 ${spent} 次。请提高 --spend-limit。`,
  }),
  behindToken: (): Bilingual => ({
    en: 'The carrier checks the token first, so a live token is needed.',
    zh: '平台先检查 token，需要用有效 token 才能得出结论。',
  }),
  tokenUseUnclear: (): Bilingual => ({
    en: `A good request after a refused one got neither success nor the code of a used token twice. ${RERUN.en}`,
    zh: `被拒绝的请求之后再发正常请求，既没有成功，也没有两次都得到 token 已用掉的返回码。${RERUN.zh}`,
  }),
  notSuccessful: (found: Words): Bilingual => ({
    en: `A good request with a live token did not succeed (${wordsIn(found, 'en')}). Check the source of tokens: a token works once, within two minutes.`,
    zh: `用有效 token 发出的正常请求没有成功（${wordsIn(found, 'zh')}）。请检查 tokens：每个 token 只能用一次，两分钟内有效。`,
  }),
  windowBetween: (from: string, to: string): Bilingual => ({
    en: `The carrier refuses times beyond a window whose width is between ${from} and ${to}, which is not a usual width. Ask the carrier for the exact width.`,
    zh: `时间相差太多会被拒绝，界限在 ${from} 和 ${to} 之间，不是常见的值。请向移动认证平台确认准确的值。`,
  }),
  windowAskew: (): Bilingual => ({
    en: "The carrier's time window is not symmetric around this machine's clock. Synchronize the clock with NTP, and run again.",
    zh: '以本机时钟为准，允许早多少和允许晚多少不一样。请用 NTP 同步本机时钟，再运行一次。',
  }),
} as const;
