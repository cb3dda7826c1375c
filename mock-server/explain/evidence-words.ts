/** Evidence values that several findings share. */
import type { Bilingual } from '../../src/text/bilingual.js';

export const YES: Bilingual = { en: 'yes', zh: '是' };
export const NO: Bilingual = { en: 'no', zh: '否' };
export const HEX: Bilingual = { en: 'hex', zh: '十六进制' };

export function hexOf(length: number): Bilingual {
  return { en: `${length} hex digits`, zh: `${length} 位十六进制` };
}

export function upperHexOf(length: number): Bilingual {
  return { en: `${length} upper-case hex digits`, zh: `${length} 位大写十六进制` };
}

export function base64Of(length: number): Bilingual {
  return { en: `${length} Base64 characters`, zh: `${length} 位 Base64` };
}
