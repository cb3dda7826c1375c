/** Bodies that are no text in UTF-8. Every body was read as UTF-8, so a byte that is not UTF-8 is U+FFFD here. */
import type { Exchange } from '../carrier/engine/request.js';

const LOST = '\ufffd';
const NUL = '\0';
const GZIP = `\u001f${LOST}\b`;
const BYTE_ORDER_MARK = `${LOST}${LOST}`;
const COMPRESSIONS = /\b(?:gzip|deflate|br|zstd)\b/i;

/** The compression or the encoding of a body that is no text in UTF-8; undefined if it shows none. */
export function encodingOfBody({ body, rawHeaders }: Exchange): string | undefined {
  if (body.startsWith(GZIP)) return 'gzip';
  const [first, second] = withoutMark(body).slice(0, 2);
  if (first === NUL) return 'UTF-16BE';
  if (second === NUL) return 'UTF-16LE';
  return body.includes(LOST) ? declaredCompression(rawHeaders) : undefined;
}

function declaredCompression(rawHeaders: readonly string[]): string | undefined {
  const value = rawHeaders.find(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'content-encoding',
  );
  return COMPRESSIONS.exec(value ?? '')?.[0];
}

/** The text of a body in UTF-16. Of characters beyond ASCII, it has something else. */
export function textOfUtf16(body: string): string {
  return withoutMark(body).replaceAll(NUL, '');
}

function withoutMark(body: string): string {
  return body.startsWith(BYTE_ORDER_MARK) ? body.slice(BYTE_ORDER_MARK.length) : body;
}
