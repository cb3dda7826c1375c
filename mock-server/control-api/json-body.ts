/** Reads the body of a call as JSON. It ignores the Content-Type, because `curl -d` sends that of a form. */
import { jsonMistake } from '../../src/text/json-position.js';
import type { ControlRequest } from './control-exchange.js';
import { type Problem, problem } from './problem.js';

// The largest usual body is an app with keys and whitelists, about ten kilobytes.
export const CONTROL_BODY_BYTES_MAX = 1024 * 1024;
/** The limit of a body that is parsed before the token is checked, because it names the app. */
export const UNCHECKED_BODY_BYTES_MAX = 4096;

/** Returns the value, or undefined for an empty body. Throws a Problem: 400, 413 or 415. */
export async function readJson(
  { headers, body }: ControlRequest,
  bytesMax: number,
): Promise<unknown> {
  const bytes = await body();
  if (bytes.length === 0) return undefined;
  // In process only: over HTTP the listener stops reading at this size.
  if (bytes.length > bytesMax) throw tooLarge(bytesMax);
  checkEncoding(headers);
  const text = new TextDecoder().decode(bytes);
  return text === '' ? undefined : parse(text);
}

export function tooLarge(bytesMax: number = CONTROL_BODY_BYTES_MAX): Problem {
  return problem('body.too-large', { max: bytesMax });
}

/** JSON is UTF-8 (RFC 8259, 8.1), and no client compresses bodies this small. */
function checkEncoding({
  'content-encoding': encoding = 'identity',
  'content-type': type = '',
}: ControlRequest['headers']): void {
  if (encoding.toLowerCase() !== 'identity') throw problem('body.encoding', { encoding });
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1]?.toUpperCase() ?? 'UTF-8';
  if (charset !== 'UTF-8') throw problem('body.charset', { charset });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw problem('body.not-json', { mistake: jsonMistake(text), found: text });
  }
}
