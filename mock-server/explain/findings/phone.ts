/** Mistakes in verify's phoneNum: its input, its hash or encryption, or the number itself. The document, 2.3 phoneNum. */
import { publicHalf } from '../../../src/protocol/rsa-keys.js';
import { sha256Hex } from '../../../src/protocol/sign.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import type { Operator } from '../../carrier/engine/state.js';
import { type Evidence, type FindingRow, HEX, NEVER_A_CAUSE, type Text } from '../finding.js';
import { type Encoding, isMasked, masked, type PhoneNumMistake } from '../phone/calculation.js';
import { type AnalysedPhoneNum, analysePhoneNum, isHash, likelyNumber, lossOfHash } from '../phone/phone-num.js';
import { withPhoneNumOf } from '../repair/change.js';
import type { Subject } from '../subject.js';
import { knownToken } from '../token.js';

const FIELD = 'phoneNum';

interface CalculationRow extends Pick<FindingRow, 'inLog' | 'title' | 'detail' | 'instead'> {
  readonly id: PhoneNumMistake;
}

/** Mistakes in the calculation of a phoneNum. */
const CALCULATION_ROWS: readonly CalculationRow[] = [
  {
    id: 'phone.masked',
    title: { en: 'The number in phoneNum is masked', zh: 'phoneNum 里的手机号码是打码后的' },
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
    title: { en: 'phoneNum is calculated without the timestamp', zh: 'phoneNum 里没有拼 timestamp' },
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
    title: { en: 'The number in phoneNum has a country code', zh: 'phoneNum 里的手机号码带了国家码' },
    detail: {
      en: 'phoneNum was calculated from {text}, where the number has the country code 86. Use only its eleven digits: {due}.',
      zh: 'phoneNum 是用 {text} 算的，手机号码前带了 86。只拼 11 位手机号码：{due}。',
    },
  },
  {
    id: 'phone.formatted',
    title: { en: 'The number in phoneNum has spaces or dashes', zh: 'phoneNum 里的手机号码带了空格或横线' },
    detail: {
      en: 'phoneNum was calculated from {text}, where the number has spaces or dashes. Use only its eleven digits: {due}.',
      zh: 'phoneNum 是用 {text} 算的，手机号码里有空格或横线。只拼 11 位手机号码：{due}。',
    },
  },
];

/** The number that phoneNum was calculated from. A masked one may be the token's; otherwise it is any other. */
function numberIn(subject: Subject): string | undefined {
  const { calculation, tokenNumber = '' } = analysePhoneNum(subject) ?? {};
  const number = calculation?.phoneNumber;
  return number === masked(tokenNumber) ? tokenNumber : number?.replaceAll('*', '0');
}

/** Repaired by a calculation from the number that the client means. */
const CALCULATED = {
  together: 'phoneNum',
  repair: (subject: Subject) => withPhoneNumOf(subject, numberIn(subject) ?? likelyNumber(subject)),
} as const;

const PLATFORM_KEY = '平台公钥';
const NETWORKS: Readonly<Record<Exclude<Operator, 'mobile'>, string>> = { unicom: '联通', telecom: '电信' };

export const PHONE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'phone.leading-zero',
    inLog: ['by', 'instead'],
    title: { en: 'phoneNum has lost leading zeros', zh: 'phoneNum 丢了前导零' },
    detail: {
      en: 'phoneNum has {length} hex digits instead of {digits}, because {by} drops leading zeros. Use {instead}. Calculate the signature from the complete phoneNum too.',
      zh: 'phoneNum 少了开头的 0，只有 {length} 位，应为 {digits} 位：{by} 会丢掉前导零，请用 {instead} 补齐。sign 也要用补齐后的 phoneNum 来算。',
    },
    detect: detectInPhoneNum(lossEvidence),
    ...CALCULATED,
  },
  {
    id: 'phone.case',
    title: { en: 'phoneNum has lower-case hex', zh: 'phoneNum 里有小写字母' },
    detail: {
      en: 'phoneNum is {received}. The document requires 64 upper-case hex digits: {expected}. Calculate the signature from the upper-case phoneNum too.',
      zh: 'phoneNum 传的是 {received}；文档要求 64 位 SHA256 值、字母大写，即 {expected}。sign 也要用大写的 phoneNum 来算。',
    },
    detect: detectInPhoneNum(caseEvidence),
    ...CALCULATED,
  },
  {
    id: 'phone.encoding',
    inLog: ['encoding', 'expectedEncoding'],
    title: { en: 'phoneNum has the wrong encoding', zh: 'phoneNum 密文的编码方式不对' },
    detail: {
      en: 'The ciphertext in phoneNum was sent as {encoding}. With keyType 1, send it as {expectedEncoding}.',
      zh: 'phoneNum 里的密文是按 {encoding} 编码发送的；keyType 为 1 时，应该用 {expectedEncoding}。',
    },
    detect: detectInPhoneNum(encodingEvidence),
    ...CALCULATED,
  },
  {
    id: 'phone.key-pair',
    title: { en: 'phoneNum is not encrypted with 平台公钥', zh: 'phoneNum 不是用平台公钥加密的' },
    detail: {
      en: 'The private key of 平台公钥 cannot decrypt phoneNum. It was encrypted with another key, such as 应用公钥1 or 应用公钥2, or with a padding other than PKCS#1 v1.5. 平台公钥 is {expected}.',
      zh: '用平台公钥对应的私钥解不开 phoneNum：可能用了别的公钥加密（例如应用公钥1、应用公钥2），或者填充方式不是 PKCS#1 v1.5。平台公钥是 {expected}。',
    },
    detect: detectInPhoneNum(({ phoneNum, ciphertext, decrypted }, { state }) =>
      ciphertext === undefined || decrypted !== undefined
        ? []
        : [{ field: FIELD, received: phoneNum, expected: publicHalf(state.platformKey) }],
    ),
    ...CALCULATED,
  },
  ...CALCULATION_ROWS.map(calculationFinding),
  {
    id: 'phone.different',
    mayBeRight: true,
    title: { en: 'phoneNum is for a different number than the token', zh: 'phoneNum 里的号码不是 token 对应的号码' },
    detail: {
      en: 'The token belongs to the number {expected}. Neither the correct calculation nor any known mistake produces this phoneNum from that number. The correct input is {due}. If the user typed another number, this result is correct. An SMS code sent to that number does not prove that it is the number of this phone (短验辅助校验无法保证校验的号码和本机号码一致).',
      zh: 'token 对应的号码是 {expected}。用这个号码，按正确的算法和各种已知的错误算法都算不出这个 phoneNum；正确的原文是 {due}。如果用户填的本来就是另一个号码，这个结果就是对的。这时改用短信验证码，也证明不了这是本机号码：文档写明“短验辅助校验无法保证校验的号码和本机号码一致”。',
    },
    detect: detectInPhoneNum(differentEvidence),
    repair: (subject, { expected }) => withPhoneNumOf(subject, String(expected)),
  },
  {
    id: 'phone.other-network',
    inLog: ['network'],
    title: { en: 'The number belongs to another network', zh: '号码不是移动的' },
    detail: {
      en: 'The token belongs to a {network} number ({received}). This mock verifies it like any other. China Mobile cannot: 联通 and 电信 have their own services and their own tokens.',
      zh: 'token 对应的是{network}号码（{received}）。模拟服务照常校验，中国移动校验不了：联通、电信各有自己的服务和 token。',
    },
    detect: otherNetworkEvidence,
    repair: NEVER_A_CAUSE,
  },
];

function detectInPhoneNum(
  detect: (analysed: AnalysedPhoneNum, subject: Subject) => readonly Evidence[],
): FindingRow['detect'] {
  return (subject) => {
    const analysed = analysePhoneNum(subject);
    return analysed === undefined ? [] : detect(analysed, subject);
  };
}

function calculationFinding(row: CalculationRow): FindingRow {
  return {
    ...row,
    ...CALCULATED,
    detect: detectInPhoneNum((analysed) =>
      analysed.calculation?.mistakes.includes(row.id) === true ? [calculationEvidence(analysed, row.id)] : [],
    ),
  };
}

/** `expected` has the right phoneNum only for a hash: each encryption produces another ciphertext. */
function calculationEvidence(
  { phoneNum, isRsa, calculation, expectedText: due = '' }: AnalysedPhoneNum,
  id: PhoneNumMistake,
): Evidence {
  const { text = '', missing = [], algorithm } = calculation ?? {};
  const expected = isRsa || isMasked(due) ? {} : { expected: sha256Hex(due) };
  return {
    field: FIELD,
    received: phoneNum,
    ...expected,
    text,
    due,
    missing,
    ...(id === 'phone.algorithm' && { used: algorithm }),
    ...(id === 'phone.plain' && isRsa && { encrypt: PLATFORM_KEY }),
  };
}

function caseEvidence({ phoneNum, isRsa }: AnalysedPhoneNum): readonly Evidence[] {
  const expected = phoneNum.toUpperCase();
  return !isRsa && isHash(phoneNum) && phoneNum !== expected ? [{ field: FIELD, received: phoneNum, expected }] : [];
}

function lossEvidence(analysed: AnalysedPhoneNum): readonly Evidence[] {
  const { phoneNum, short, expectedText: due } = analysed;
  const loss = lossOfHash(analysed);
  if (loss === undefined || short === undefined || due === undefined) return [];
  const { digits } = short;
  return [{ field: FIELD, received: phoneNum, expected: sha256Hex(due), length: phoneNum.length, digits, ...loss }];
}

const ENCODINGS: Readonly<Record<Encoding, Text>> = { hex: HEX, base64: 'base64' };

function encodingEvidence({ phoneNum, ciphertext }: AnalysedPhoneNum, { state }: Subject): readonly Evidence[] {
  const due = readingsOf(state)['verify-rsa-encoding'];
  if (ciphertext === undefined || ciphertext.encoding === due) return [];
  const { encoding, bytes } = ciphertext;
  return [
    {
      field: FIELD,
      received: phoneNum,
      expected: bytes.toString(due),
      encoding: ENCODINGS[encoding],
      expectedEncoding: ENCODINGS[due],
    },
  ];
}

/** phoneNum has another number, or none; or no known calculation produces this hash from the token's number. */
function differentEvidence(analysed: AnalysedPhoneNum): readonly Evidence[] {
  const { phoneNum, tokenNumber, decrypted, expectedText: due } = analysed;
  if (due === undefined || tokenNumber === undefined || !isDifferent(analysed)) return [];
  const text = decrypted === undefined ? {} : { text: decrypted };
  return [{ field: FIELD, received: phoneNum, expected: tokenNumber, due, ...text }];
}

function isDifferent({ phoneNum, isRsa, tokenNumber, decrypted, calculation }: AnalysedPhoneNum): boolean {
  if (calculation !== undefined) {
    const { phoneNumber } = calculation;
    return phoneNumber !== (isMasked(phoneNumber) ? masked(tokenNumber ?? '') : tokenNumber);
  }
  return !isRsa ? isHash(phoneNum) : decrypted !== undefined;
}

function otherNetworkEvidence(subject: Subject): readonly Evidence[] {
  const { operator, phoneNumber } = knownToken(subject)?.record ?? {};
  if (!('phoneNum' in subject.request) || operator === undefined || operator === 'mobile') return [];
  return [{ received: phoneNumber ?? '', operator, network: NETWORKS[operator] }];
}
