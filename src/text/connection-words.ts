/** Why an address cannot be reached. */
import type { Bilingual } from './bilingual.js';

const REASONS: readonly { readonly code: string; readonly zh: string }[] = [
  { code: 'ECONNREFUSED', zh: '连接被拒绝' },
  { code: 'ECONNRESET', zh: '连接被重置' },
  { code: 'ENOTFOUND', zh: '域名无法解析' },
  { code: 'EAI_AGAIN', zh: '域名无法解析' },
  { code: 'ETIMEDOUT', zh: '连接超时' },
  { code: 'bad port', zh: 'fetch 不允许访问这个端口' },
];

/** The message or code of an error; in Chinese in words, with the code. */
export function connectionWords(reason: string): Bilingual {
  const row = REASONS.find(({ code }) => reason.includes(code));
  return { en: reason, zh: row === undefined ? reason : `${row.zh}，${row.code}` };
}
