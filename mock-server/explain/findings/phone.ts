/** Mistakes in verify's phoneNum: its input, its hash or encryption, or the number itself. The document, 2.3 phoneNum. */

import type { Operator } from '../../../src/protocol/portal.js';
import { publicHalf } from '../../../src/protocol/rsa-keys.js';
import { sha256Hex } from '../../../src/protocol/sign.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { type Evidence, type FindingRow, HEX, type Text } from '../finding.js';
import { type CiphertextEncoding, isMasked, masked } from '../phone/calculation.js';
import { CALCULATION_ROWS, type PhoneNumMistake } from '../phone/mistake-rows.js';
import {
  type AnalysedPhoneNum,
  analysePhoneNum,
  digestInBase64,
  isHash,
  likelyNumber,
  lossOfHash,
} from '../phone/phone-num.js';
import { withPhoneNumOf } from '../repair/change.js';
import type { Subject } from '../subject.js';
import { knownToken } from '../token.js';

/** The number that phoneNum was calculated from. A masked one may be the token's; otherwise it is any other. */
function numberIn(subject: Subject): string | undefined {
  const { calculation, tokenNumber = '' } = analysePhoneNum(subject) ?? {};
  const number = calculation?.phoneNumber;
  if (number === undefined || number === '') return undefined;
  return number === masked(tokenNumber) ? tokenNumber : number.replaceAll('*', '0');
}

/** Repaired by a calculation from the number that the client means. */
const CALCULATED = {
  together: 'phoneNum',
  repair: (subject: Subject) => withPhoneNumOf(subject, numberIn(subject) ?? likelyNumber(subject)),
} as const;
/** phoneNum cannot be read. */
const OF_FORM = { ...CALCULATED, explains: ['phoneNumReadable'] } as const;
/** phoneNum cannot be read, or is not for the token's number. */
const OF_CALCULATION = { ...CALCULATED, explains: ['phoneNumReadable', 'numberMatches'] } as const;

const ENCODINGS: Readonly<Record<CiphertextEncoding, Text>> = { hex: HEX, base64: 'base64' };
const NETWORKS: Readonly<Record<Exclude<Operator, 'mobile'>, string>> = {
  unicom: '联通',
  telecom: '电信',
};

export const PHONE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'phone.leading-zero',
    inLog: ['by', 'instead'],
    title: { en: 'phoneNum has lost leading zeros', zh: 'phoneNum 丢了前导零' },
    detail: {
      en: 'phoneNum has {length} hex digits instead of {digits}, because {by} drops leading zeros. Use {instead}. Calculate the signature from the complete phoneNum too.',
      zh: 'phoneNum 少了开头的 0，只有 {length} 位，应为 {digits} 位：{by} 会丢掉前导零，请用 {instead} 补齐。sign 也要用补齐后的 phoneNum 来算。',
    },
    detect: detectInPhoneNum((analysed) => {
      const { phoneNum, short, expectedText: due } = analysed;
      const loss = lossOfHash(analysed);
      if (loss === undefined || short === undefined || due === undefined) return undefined;
      return { expected: sha256Hex(due), length: phoneNum.length, digits: short.digits, ...loss };
    }),
    ...OF_FORM,
  },
  {
    id: 'phone.case',
    title: { en: 'phoneNum has lower-case hex', zh: 'phoneNum 里有小写字母' },
    detail: {
      en: 'phoneNum is {received}. The document requires 64 upper-case hex digits: {expected}. Calculate the signature from the upper-case phoneNum too.',
      zh: 'phoneNum 传的是 {received}；文档要求 64 位 SHA256 值、字母大写，即 {expected}。sign 也要用大写的 phoneNum 来算。',
    },
    detect: detectInPhoneNum(({ phoneNum, isRsa }) => {
      const expected = phoneNum.toUpperCase();
      return !isRsa && isHash(phoneNum) && phoneNum !== expected ? { expected } : undefined;
    }),
    ...OF_FORM,
  },
  {
    id: 'phone.encoding',
    inLog: ['encoding', 'expectedEncoding'],
    title: { en: 'phoneNum has the wrong encoding', zh: 'phoneNum 密文的编码方式不对' },
    detail: {
      en: 'The ciphertext in phoneNum was sent as {encoding}. With keyType 1, send it as {expectedEncoding}.',
      zh: 'phoneNum 里的密文是按 {encoding} 编码发送的；keyType 为 1 时，应该用 {expectedEncoding}。',
    },
    instead: [
      {
        ifPresent: 'digits',
        detail: {
          en: 'phoneNum is a digest in {encoding}. With keyType 0, send it as {digits} upper-case hex digits: {expected}.',
          zh: 'phoneNum 里的摘要是按 {encoding} 编码发送的；keyType 为 0 时，应该用 {digits} 位大写十六进制：{expected}。',
        },
      },
    ],
    detect: detectInPhoneNum(({ phoneNum, isRsa, ciphertext }, { state }) => {
      const digest = isRsa ? undefined : digestInBase64(phoneNum);
      if (digest !== undefined) {
        const expected = digest.toString('hex').toUpperCase();
        const encodings = { encoding: ENCODINGS.base64, expectedEncoding: HEX };
        return { expected, digits: expected.length, ...encodings };
      }
      const due = readingsOf(state)['verify-rsa-encoding'];
      if (ciphertext === undefined || ciphertext.encoding === due) return undefined;
      const { encoding, bytes } = ciphertext;
      return {
        expected: bytes.toString(due),
        encoding: ENCODINGS[encoding],
        expectedEncoding: ENCODINGS[due],
      };
    }),
    ...OF_FORM,
  },
  {
    id: 'phone.key-pair',
    title: { en: 'phoneNum is not encrypted with 平台公钥', zh: 'phoneNum 不是用平台公钥加密的' },
    detail: {
      en: 'The private key of 平台公钥 cannot decrypt phoneNum. It was encrypted with another key, such as 应用公钥1 or 应用公钥2, or with a padding other than PKCS#1 v1.5. 平台公钥 is {expected}.',
      zh: '用平台公钥对应的私钥解不开 phoneNum：可能用了别的公钥加密（例如应用公钥1、应用公钥2），或者填充方式不是 PKCS#1 v1.5。平台公钥是 {expected}。',
    },
    detect: detectInPhoneNum(({ ciphertext, decrypted }, { state }) =>
      ciphertext === undefined || decrypted !== undefined
        ? undefined
        : { expected: publicHalf(state.platformKey) },
    ),
    ...OF_FORM,
  },
  ...CALCULATION_ROWS.map(
    (row): FindingRow => ({
      ...row,
      ...OF_CALCULATION,
      detect: detectInPhoneNum((analysed) =>
        analysed.calculation?.mistakes.includes(row.id) === true
          ? calculationEvidence(analysed, row.id)
          : undefined,
      ),
    }),
  ),
  {
    id: 'phone.different',
    explains: ['phoneNumReadable', 'numberMatches'],
    mayBeRight: true,
    title: {
      en: 'The phone number is not the number of the token',
      zh: '手机号码不是 token 对应的号码',
    },
    detail: {
      en: 'If the user typed another number, this is the correct result. The token belongs to the number {expected}. Neither the correct calculation nor any known mistake produces this phoneNum from that number. The correct input is {due}. An SMS code sent to that number does not prove that it is the number of this phone (短验辅助校验无法保证校验的号码和本机号码一致).',
      zh: '如果用户填的本来就是另一个号码，这个结果就是对的。token 对应的号码是 {expected}：用这个号码，按正确的算法和各种已知的错误算法都算不出这个 phoneNum；正确的原文是 {due}。改用短信验证码，也证明不了这是本机号码：文档写明“短验辅助校验无法保证校验的号码和本机号码一致”。',
    },
    // phoneNum has another number, or none; or no known calculation produces this hash from the token's number.
    detect: detectInPhoneNum((analysed) => {
      const { tokenNumber, decrypted, expectedText: due } = analysed;
      if (due === undefined || tokenNumber === undefined || !isDifferent(analysed))
        return undefined;
      return { expected: tokenNumber, due, ...(decrypted !== undefined && { text: decrypted }) };
    }),
    repair: (subject, { expected }) => withPhoneNumOf(subject, String(expected)),
  },
  {
    id: 'phone.other-network',
    explains: [],
    inLog: ['network'],
    title: { en: 'The number belongs to another network', zh: '号码不是移动的' },
    detail: {
      en: 'The token belongs to a {network} number ({received}). This mock verifies it like any other. China Mobile cannot: 联通 and 电信 have their own services and their own tokens.',
      zh: 'token 对应的是{network}号码（{received}）。模拟服务照常校验，中国移动校验不了：联通、电信各有自己的服务和 token。',
    },
    detect: (subject) => {
      const { operator, phoneNumber: received = '' } = knownToken(subject)?.record ?? {};
      if (!('phoneNum' in subject.request) || operator === undefined || operator === 'mobile')
        return [];
      return [{ received, operator, network: NETWORKS[operator] }];
    },
  },
];

function detectInPhoneNum(
  detect: (analysed: AnalysedPhoneNum, subject: Subject) => Evidence | undefined,
): FindingRow['detect'] {
  return (subject) => {
    const analysed = analysePhoneNum(subject);
    const evidence = analysed && detect(analysed, subject);
    return evidence === undefined
      ? []
      : [{ field: 'phoneNum', received: analysed?.phoneNum ?? '', ...evidence }];
  };
}

/** With keyType 1, these speak of the encryption that is missing or wrong. */
const NOT_ENCRYPTED: readonly PhoneNumMistake[] = ['phone.plain', 'phone.algorithm'];

/** `expected` has the right phoneNum only for a hash: each encryption produces another ciphertext. */
function calculationEvidence(
  { isRsa, calculation, expectedText: due = '' }: AnalysedPhoneNum,
  id: PhoneNumMistake,
): Evidence {
  const { text = '', missing = [], algorithm } = calculation ?? {};
  return {
    ...(!isRsa && !isMasked(due) && { expected: sha256Hex(due) }),
    text,
    due,
    missing,
    ...(id === 'phone.algorithm' && { used: algorithm }),
    ...(isRsa && NOT_ENCRYPTED.includes(id) && { encrypt: '平台公钥' }),
  };
}

function isDifferent({
  phoneNum,
  isRsa,
  tokenNumber,
  decrypted,
  calculation,
}: AnalysedPhoneNum): boolean {
  if (calculation !== undefined) {
    const { phoneNumber } = calculation;
    if (phoneNumber === '') return false;
    return phoneNumber !== (isMasked(phoneNumber) ? masked(tokenNumber ?? '') : tokenNumber);
  }
  return isRsa ? decrypted !== undefined : isHash(phoneNum);
}
