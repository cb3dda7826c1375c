/** Mistakes in msgid and msgId. The document, 1.2 and 2.3. */
import { wireName } from '../../../src/protocol/fields.js';
import { MSG_ID_LENGTH_MAX } from '../field-constraints.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { Subject } from '../subject.js';

export const MSGID_FINDINGS: readonly FindingRow[] = [
  {
    id: 'msgid.length',
    inLog: true,
    explains: ['parametersValid'],
    title: { en: 'The msgid is too long or empty', zh: 'msgid 为空或超长' },
    detail: {
      en: '{field} has {length} characters. The document requires 1 to {limit} at login, and a UUID at verify. A UUID is valid for both, with dashes (36) or without (32).',
      zh: '{field} 有 {length} 个字符。文档要求获取手机号码 1 到 {limit} 位，本机号码校验用 UUID。UUID 两个接口都能用：带横线 36 位，不带 32 位。',
    },
    detect: wrongLength,
  },
];

function wrongLength({ request: { msgId, operation } }: Subject): readonly Evidence[] {
  if (msgId === undefined || (msgId.length > 0 && msgId.length <= MSG_ID_LENGTH_MAX)) return [];
  const field = wireName(operation, 'msgId');
  return [{ field, received: msgId, length: msgId.length, limit: MSG_ID_LENGTH_MAX }];
}
