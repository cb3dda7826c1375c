/** Captured requests read, whichever of the known forms they have. */
import type { Capture, Captures } from './capture.js';
import { isCurl, readCurl } from './curl-command.js';
import { isHttpMessage, readHttpMessage } from './http-message.js';
import { isJsonLike, readJson } from './json-capture.js';

interface Format {
  readonly takes: (text: string) => boolean;
  readonly read: (text: string) => Captures | string;
}

const FORMATS: readonly Format[] = [
  { takes: isJsonLike, read: readJson },
  { takes: isCurl, read: (text) => alone(readCurl(text)) },
  { takes: isHttpMessage, read: (text) => alone(readHttpMessage(text)) },
];

const TAKEN =
  'taken are a record of GET /_mock/requests, JSON of method, url, headers and body, a HAR file, the JSON body alone, a raw HTTP message, and a curl command';
const FOUND_LENGTH_MAX = 40;
// The carrier's bodies are at most 64 KiB; only JSON may be longer, which a HAR file is.
const TEXT_LENGTH_MAX = 1024 * 1024;

function alone(capture: Capture | string): Captures | string {
  return typeof capture === 'string' ? capture : { captures: [capture] };
}

/** The request that a text captures, or the one to begin with; or one sentence that says why there is none. */
export function readCapture(text: string): Capture | string {
  const read = readCaptures(text);
  if (typeof read === 'string') return read;
  const { captures, among } = read;
  return among === undefined ? captures[0] : { ...captures[0], among };
}

/** All of them. */
export function readCaptures(text: string): Captures | string {
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
