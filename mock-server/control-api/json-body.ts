/** Reads the body of a call as JSON. It ignores the Content-Type, because `curl -d` sends that of a form. */
import { jsonMistake } from '../../src/text/json-position.js';
import { quote } from '../../src/text/shown-json.js';
import type { ControlRequest } from './control-exchange.js';
import { type Problem, unreadable } from './problem.js';

// The largest usual body is an app with keys and whitelists, about ten kilobytes.
export const CONTROL_BODY_BYTES_MAX = 1024 * 1024;
/** The limit of a body that is parsed before the token is checked, because it names the app. */
export const UNCHECKED_BODY_BYTES_MAX = 4096;

/** Returns the value, or undefined for an empty body. Throws a Problem: 400, 413 or 415. */
export async function readJson({ headers, body }: ControlRequest, bytesMax: number): Promise<unknown> {
  const bytes = await body();
  if (bytes.length === 0) return undefined;
  // In process only: over HTTP the listener stops reading at this size.
  if (bytes.length > bytesMax) throw tooLarge(bytesMax);
  checkEncoding(headers);
  const text = new TextDecoder().decode(bytes);
  return text === '' ? undefined : parse(text);
}

export function tooLarge(bytesMax: number = CONTROL_BODY_BYTES_MAX): Problem {
  return unreadable(413, {
    en: `the body is too large: at most ${bytesMax} bytes are allowed`,
    zh: `请求体太大，最多 ${bytesMax} 字节`,
  });
}

/** JSON is UTF-8 (RFC 8259, 8.1), and no client compresses bodies this small. */
function checkEncoding({
  'content-encoding': encoding = 'identity',
  'content-type': type = '',
}: ControlRequest['headers']): void {
  if (encoding.toLowerCase() !== 'identity')
    throw unreadable(415, {
      en: `unsupported content encoding ${quote(encoding)}`,
      zh: `不支持的 Content-Encoding ${quote(encoding)}`,
    });
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]?.toUpperCase() ?? 'UTF-8';
  if (charset === 'UTF-8') return;
  throw unreadable(415, { en: `unsupported charset ${quote(charset)}`, zh: `不支持的字符集 ${quote(charset)}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { en, zh } = jsonMistake(text);
    throw unreadable(400, {
      en: `the body is not JSON (${en}), found ${quote(text)}`,
      zh: `请求体不是 JSON（${zh}），实际为 ${quote(text)}`,
    });
  }
}
