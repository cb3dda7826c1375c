/** Reads the body of a call as JSON. It ignores the Content-Type, because `curl -d` sends that of a form. */
import { promisify, TextDecoder } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import type { Bilingual } from '../../src/text/bilingual.js';
import { quote } from '../../src/text/shown-json.js';
import type { ControlRequest } from './control-exchange.js';
import { type Problem, unreadable } from './problem.js';

// The largest usual body is an app with keys and whitelists, about ten kilobytes.
export const CONTROL_BODY_BYTES_MAX = 1024 * 1024;
/** The limit of a body that is parsed before the token is checked, because it names the app. */
export const UNCHECKED_BODY_BYTES_MAX = 4096;

type Decompress = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify<Uint8Array, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Uint8Array, ZlibOptions, Buffer>(inflate),
  br: promisify<Uint8Array, ZlibOptions, Buffer>(brotliDecompress),
};

/** Returns the value, or undefined for an empty body. Throws a Problem: 400, 413 or 415. */
export async function readJson({ headers, body }: ControlRequest, bytesMax: number): Promise<unknown> {
  const bytes = await body();
  if (bytes.length === 0) return undefined;
  // In process only: over HTTP the listener stops reading at this size.
  if (bytes.length > bytesMax) throw tooLarge(bytesMax);
  const plain = await decompressed(bytes, { encoding: headers['content-encoding'], bytesMax });
  const text = decoderFor(headers['content-type']).decode(plain);
  return text === '' ? undefined : parse(text);
}

export function tooLarge(bytesMax: number = CONTROL_BODY_BYTES_MAX): Problem {
  return unreadable(413, {
    en: `the body is too large: at most ${bytesMax} bytes are allowed`,
    zh: `请求体太大，最多 ${bytesMax} 字节`,
  });
}

async function decompressed(
  bytes: Uint8Array,
  { encoding = 'identity', bytesMax }: { readonly encoding: string | undefined; readonly bytesMax: number },
): Promise<Uint8Array> {
  const name = encoding.toLowerCase();
  if (name === 'identity') return bytes;
  const decompress = DECOMPRESS[name];
  if (decompress === undefined)
    throw unreadable(415, {
      en: `unsupported content encoding ${quote(encoding)}`,
      zh: `不支持的 Content-Encoding ${quote(encoding)}`,
    });
  try {
    return await decompress(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bytesMax);
    const { message } = error as Error;
    throw unreadable(400, { en: `the body is not ${name}: ${message}`, zh: `请求体不是 ${name}：${message}` });
  }
}

const UTF_8 = new TextDecoder();

/** JSON is Unicode (RFC 8259, 8.1). */
function decoderFor(contentType = ''): TextDecoder {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset === 'utf-8') return UTF_8;
  try {
    if (charset.startsWith('utf-')) return new TextDecoder(charset);
  } catch {
    // Not the name of an encoding.
  }
  const name = quote(charset.toUpperCase());
  throw unreadable(415, { en: `unsupported charset ${name}`, zh: `不支持的字符集 ${name}` });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(400, reasonFor(text, error as Error));
  }
}

/** Values of these fields must not appear in a response. */
const NOT_QUOTED = ['controlToken', 'privateKey'] as const;

/** The parser's message quotes the text too. */
function reasonFor(text: string, { message }: Error): Bilingual {
  const secret = NOT_QUOTED.find((name) => text.includes(name));
  if (secret !== undefined)
    return {
      en: `the body is not JSON; it is not quoted here, because it may contain a ${secret}`,
      zh: `请求体不是 JSON；里面可能有 ${secret}，所以不显示`,
    };
  return {
    en: `the body is not JSON (${message}), found ${quote(text)}`,
    zh: `请求体不是 JSON（${message}），实际为 ${quote(text)}`,
  };
}
