/** A captured request read, whichever of the known forms it has. */
import type { Capture } from './capture.js';
import { isCurl, readCurl } from './curl-command.js';
import { isHttpMessage, readHttpMessage } from './http-message.js';
import { isJsonLike, readJson } from './json-capture.js';

interface Format {
  readonly takes: (text: string) => boolean;
  readonly read: (text: string) => Capture | string;
}

const FORMATS: readonly Format[] = [
  { takes: isJsonLike, read: readJson },
  { takes: isCurl, read: readCurl },
  { takes: isHttpMessage, read: readHttpMessage },
];

const TAKEN =
  'taken are a record of GET /_mock/requests, JSON of method, url, headers and body, a HAR file, the JSON body alone, a raw HTTP message, and a curl command';
const FOUND_LENGTH_MAX = 40;
// The carrier's bodies are at most 64 KiB; only JSON may be longer, which a HAR file is.
const TEXT_LENGTH_MAX = 1024 * 1024;

/** The request that a text captures, or one sentence that says why it is none. */
export function readCapture(text: string): Capture | string {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const format = FORMATS.find(({ takes }) => takes(start));
  if (format === undefined) return `${describe(start)}: ${TAKEN}`;
  if (format.read !== readJson && start.length > TEXT_LENGTH_MAX) return 'is longer than any request: 1 MiB is taken';
  return format.read(start);
}

function describe(text: string): string {
  if (text === '') return 'is empty';
  const [line = ''] = text.split(/\r?\n/);
  const shown = line.length > FOUND_LENGTH_MAX ? `${line.slice(0, FOUND_LENGTH_MAX)}…` : line;
  return `is no request that can be read, it begins with ${JSON.stringify(shown)}`;
}
