/** The text for each mistake in the calculation of a phoneNum. The document, 2.3 phoneNum. */
import type { FindingWords } from '../finding.js';

export const CALCULATION_ROWS = [
  {
    id: 'phone.masked',
    title: { en: 'The phone number is masked', zh: '手机号码是打码后的' },
    detail: {
      en: 'phoneNum was calculated from {text}, where digits of the number are hidden by asterisks, as a page or a log shows it. Use the complete number: number + appKey + timestamp.',
      zh: 'phoneNum 是用 {text} 算的，其中的手机号码是打码后的，像是从页面或日志里取的。要用完整的手机号码：手机号码 + appKey + timestamp。',
    },
  },
  {
    id: 'phone.plain',
    title: { en: 'phoneNum is plain text', zh: 'phoneNum 是明文' },
    detail: {
      en: 'phoneNum was sent in plain text: {text}. Send the SHA-256 of number + appKey + timestamp, which is {due}, as 64 upper-case hex digits.',
      zh: 'phoneNum 传的是明文：{text}。要先做 SHA-256：原文是“手机号码 + appKey + timestamp”，即 {due}，输出 64 位大写十六进制。',
    },
    instead: [
      {
        ifPresent: 'encrypt',
        detail: {
          en: 'phoneNum was sent in plain text: {text}. With keyType 1, use 平台公钥 to encrypt number + appKey + timestamp, which is {due}.',
          zh: 'phoneNum 传的是明文：{text}。keyType 为 1 时，要用平台公钥加密“手机号码 + appKey + timestamp”，即 {due}。',
        },
      },
    ],
  },
  {
    id: 'phone.algorithm',
    inLog: ['used'],
    title: { en: 'phoneNum is hashed with the wrong algorithm', zh: 'phoneNum 的摘要算法不对' },
    detail: {
      en: 'phoneNum was made with {used}. Use SHA-256, without a key, over number + appKey + timestamp: {due}. Send the result as 64 upper-case hex digits.',
      zh: 'phoneNum 用的算法是 {used}，应该用不带密钥的 SHA-256，原文是“手机号码 + appKey + timestamp”，即 {due}，输出 64 位大写十六进制。',
    },
    instead: [
      {
        ifPresent: 'encrypt',
        detail: {
          en: 'phoneNum was made with {used}: a digest was encrypted. With keyType 1, use 平台公钥 to encrypt number + appKey + timestamp itself: {due}.',
          zh: 'phoneNum 用的算法是 {used}，加密的是摘要。keyType 为 1 时，要用平台公钥直接加密“手机号码 + appKey + timestamp”，即 {due}。',
        },
      },
    ],
  },
  {
    id: 'phone.hash-alone',
    title: { en: 'phoneNum is calculated without the appKey', zh: 'phoneNum 里没有拼 appKey' },
    detail: {
      en: 'phoneNum was calculated from {text} only. Missing: {missing}. Calculate it from number + appKey + the timestamp of the header: {due}.',
      zh: 'phoneNum 只用 {text} 来算，少了 {missing}。应该用“手机号码 + appKey + timestamp”，即 {due}。',
    },
  },
  {
    id: 'phone.secret-swapped',
    title: { en: 'phoneNum is calculated with the APPSecret', zh: 'phoneNum 里拼的是 APPSecret' },
    detail: {
      en: 'phoneNum was calculated from {text}, with the APPSecret instead of the appKey. Calculate it from {due}. Verify always uses the appKey, even if login signs with the APPSecret.',
      zh: 'phoneNum 是用 {text} 算的，该拼 appKey 的地方拼了 APPSecret，正确的是 {due}。不管获取手机号码用哪种验签方式，本机号码校验一律用 appKey。',
    },
  },
  {
    id: 'phone.timestamp-missing',
    title: {
      en: 'phoneNum is calculated without the timestamp',
      zh: 'phoneNum 里没有拼 timestamp',
    },
    detail: {
      en: 'phoneNum was calculated from {text}, without the timestamp of the header. Calculate it from number + appKey + timestamp, in this order: {due}.',
      zh: 'phoneNum 是用 {text} 算的，没有拼 header 里的 timestamp。应该依次拼“手机号码 + appKey + timestamp”，即 {due}。',
    },
  },
  {
    id: 'phone.timestamp-differs',
    title: {
      en: 'The time in phoneNum differs from the timestamp of the header',
      zh: 'phoneNum 里的时间与 header 的 timestamp 不一致',
    },
    detail: {
      en: 'phoneNum was calculated from {text}. After the appKey, it must end with the 17 digits of the same request’s header: {due}. Read the clock once, and use that time in both places.',
      zh: 'phoneNum 是用 {text} 算的。appKey 后面要拼同一个请求 header 里的 timestamp，17 位完全相同：{due}。时间只取一次，两处共用。',
    },
  },
  {
    id: 'phone.field-order',
    title: { en: 'phoneNum is calculated in the wrong order', zh: 'phoneNum 的拼接顺序不对' },
    detail: {
      en: 'phoneNum was calculated from {text}. The correct order is number, appKey, timestamp: {due}.',
      zh: 'phoneNum 是用 {text} 算的，顺序不对。应该依次拼手机号码、appKey、timestamp：{due}。',
    },
  },
  {
    id: 'phone.country-code',
    title: {
      en: 'The phone number has a country code',
      zh: '手机号码带了国家码',
    },
    detail: {
      en: 'phoneNum was calculated from {text}, where the number has the country code 86. Use only its eleven digits: {due}.',
      zh: 'phoneNum 是用 {text} 算的，手机号码前带了 86。只拼 11 位手机号码：{due}。',
    },
  },
  {
    id: 'phone.formatted',
    title: {
      en: 'The phone number has spaces or dashes',
      zh: '手机号码带了空格或横线',
    },
    detail: {
      en: 'phoneNum was calculated from {text}, where the number has spaces or dashes. Use only its eleven digits: {due}.',
      zh: 'phoneNum 是用 {text} 算的，手机号码里有空格或横线。只拼 11 位手机号码：{due}。',
    },
  },
] as const satisfies readonly FindingWords[];

export type PhoneNumMistake = (typeof CALCULATION_ROWS)[number]['id'];
