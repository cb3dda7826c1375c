/** Reads captured requests in any of the known formats. */
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { answeredIn, type Capture, type Captures } from './capture.js';
import { readCurl } from './curl-command.js';
import { readHttpMessage } from './http-message.js';
import { readEmbedded, readJson } from './json-capture.js';
import { readPowerShell } from './powershell.js';

const ACCEPTED_FORMATS: Bilingual = {
  en: 'use a record of GET /_mock/requests, JSON with method, url, headers and body, a HAR file, the JSON body alone or in log lines, Map.toString(), a raw HTTP message, a curl command, or a copy as PowerShell',
  zh: '可以用 GET /_mock/requests 的记录、含 method、url、headers 和 body 的 JSON、HAR 文件、单独的或日志行里的 JSON 请求体、Map.toString() 的文本、原始 HTTP 报文、curl 命令，或“以 PowerShell 格式复制”的命令',
};
const FOUND_LENGTH_MAX = 40;

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
  for (const read of READERS) {
    const found = read(start);
    if (found !== undefined) return 'en' in found ? found : withAnswerIn(start, found);
  }
  return unknownFormat(start);
}

/** In the order of the attempts. Each returns undefined for a text in another format. */
const READERS: readonly ((text: string) => Captures | Capture | Bilingual | undefined)[] = [
  readJson,
  readCurl,
  readHttpMessage,
  readPowerShell,
  readEmbedded,
];

/** The response of a single request may be anywhere in the text. */
function withAnswerIn(text: string, read: Captures | Capture): Captures {
  if ('captures' in read && read.captures.length > 1) return read;
  const all = 'captures' in read ? read : { captures: [read] as const };
  const [only] = all.captures;
  const answered = only.answered ?? answeredIn(text);
  return answered === undefined ? all : { ...all, captures: [{ ...only, answered }] };
}

function unknownFormat(text: string): Bilingual {
  const [line = ''] = text.split(/\r?\n/);
  const shown = line.length > FOUND_LENGTH_MAX ? `${line.slice(0, FOUND_LENGTH_MAX)}…` : line;
  const found = JSON.stringify(shown);
  const problem =
    text === ''
      ? { en: 'is empty', zh: '是空的' }
      : {
          en: `is not a request in a known format, found ${found}`,
          zh: `不是已知格式的请求，实际为 ${found}`,
        };
  return {
    en: `${problem.en}: ${ACCEPTED_FORMATS.en}`,
    zh: `${problem.zh}：${ACCEPTED_FORMATS.zh}`,
  };
}
