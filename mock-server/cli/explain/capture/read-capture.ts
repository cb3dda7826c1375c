/** Reads captured requests in any of the known formats. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { answeredIn, type Capture, type Captures } from './capture.js';
import { isCurl, readCurl } from './curl-command.js';
import { isHttpMessage, readHttpMessage } from './http-message.js';
import { isJsonLike, readEmbedded, readJson } from './json-capture.js';
import { isPowerShell, readPowerShell } from './powershell.js';

interface Format {
  readonly matches: (text: string) => boolean;
  readonly read: (text: string) => Captures | Bilingual;
}

const FORMATS: readonly Format[] = [
  { matches: isJsonLike, read: readJson },
  { matches: isCurl, read: (text) => toCaptures(readCurl(text)) },
  { matches: isHttpMessage, read: (text) => toCaptures(readHttpMessage(text)) },
  { matches: isPowerShell, read: (text) => toCaptures(readPowerShell(text)) },
];

const ACCEPTED_FORMATS: Bilingual = {
  en: 'use a record of GET /_mock/requests, JSON with method, url, headers and body, a HAR file, the JSON body alone or in log lines, Map.toString(), a raw HTTP message, a curl command, or a copy as PowerShell',
  zh: '可以用 GET /_mock/requests 的记录、含 method、url、headers 和 body 的 JSON、HAR 文件、单独的或日志行里的 JSON 请求体、Map.toString() 的文本、原始 HTTP 报文、curl 命令，或“以 PowerShell 格式复制”的命令',
};
const EMPTY: Bilingual = { en: 'is empty', zh: '是空的' };
const FOUND_LENGTH_MAX = 40;

function toCaptures(capture: Capture | Bilingual): Captures | Bilingual {
  return 'en' in capture ? capture : { captures: [capture] };
}

/** The first request of a capture, or the reason if it contains no request. */
export function readCapture(text: string): Capture | Bilingual {
  const read = readCaptures(text);
  if ('en' in read) return read;
  const { captures, among } = read;
  return among === undefined ? captures[0] : { ...captures[0], among };
}

/** All requests of a capture, or the reason if it contains no request. */
export function readCaptures(text: string): Captures | Bilingual {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const format = FORMATS.find(({ matches }) => matches(start));
  const read = format === undefined ? readEmbedded(start) : format.read(start);
  if (read === undefined) {
    const { en, zh } = describe(start);
    return { en: `${en}: ${ACCEPTED_FORMATS.en}`, zh: `${zh}：${ACCEPTED_FORMATS.zh}` };
  }
  return 'en' in read ? read : withAnswer(read, start);
}

/** The response of a single request may be anywhere in the text. */
function withAnswer(read: Captures, text: string): Captures {
  const { captures } = read;
  const [{ answered = captures.length === 1 ? answeredIn(text) : undefined, ...capture }, ...others] = captures;
  return answered === undefined ? read : { ...read, captures: [{ ...capture, answered }, ...others] };
}

function describe(text: string): Bilingual {
  if (text === '') return EMPTY;
  const [line = ''] = text.split(/\r?\n/);
  const shown = line.length > FOUND_LENGTH_MAX ? `${line.slice(0, FOUND_LENGTH_MAX)}…` : line;
  const found = JSON.stringify(shown);
  return { en: `is not a request in a known format, found ${found}`, zh: `不是已知格式的请求，实际为 ${found}` };
}
