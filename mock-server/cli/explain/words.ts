/** What the report calls things, in both languages. */
import type { Bilingual } from '../../../src/protocol/bilingual.js';

export const WORDS = {
  request: { en: 'request', zh: '请求' },
  answer: { en: 'answer expected', zh: '预计返回' },
  unmet: { en: 'not met', zh: '不满足' },
  next: { en: 'with that mended', zh: '改好之后' },
  met: { en: 'met', zh: '满足' },
  allMet: { en: 'every requirement, as far as can be told here', zh: '就这里能查到的，全部要求' },
  requirements: { en: 'Requirements', zh: '逐项检查' },
  legend: {
    en: '✓ met  ✗ unmet  ? taken as met  · not reached',
    zh: '✓ 满足  ✗ 不满足  ? 按满足处理  · 没有查到这一步',
  },
  mistakes: { en: 'Known mistakes', zh: '发现的问题' },
  none: { en: 'none found', zh: '没有发现' },
  sign: { en: 'Sign', zh: '签名' },
  stringToSign: { en: 'string to sign', zh: '待签名串' },
  expected: { en: 'expected', zh: '应为' },
  received: { en: 'received', zh: '收到' },
  notTold: { en: 'What was taken for granted', zh: '以下内容没有核对' },
  byPrivateKey: { en: 'only the owner of the private key can make it', zh: '只有持有应用私钥的一方能算出' },
  unknownSecret: { en: 'not known: the file has no secret for it', zh: '未知：应用文件里没有对应的密钥' },
  unknown: { en: 'not known', zh: '未知' },
  nothing: { en: 'nothing', zh: '没有' },
} as const satisfies Readonly<Record<string, Bilingual>>;
