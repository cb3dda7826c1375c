/** Reads captured requests in any of the known formats. */
import type { Capture, Captures } from './capture.js';
import { isCurl, readCurl } from './curl-command.js';
import { isHttpMessage, readHttpMessage } from './http-message.js';
import { isJsonLike, readJson } from './json-capture.js';

interface Format {
  readonly matches: (text: string) => boolean;
  readonly read: (text: string) => Captures | string;
}

const FORMATS: readonly Format[] = [
  { matches: isJsonLike, read: readJson },
  { matches: isCurl, read: (text) => toCaptures(readCurl(text)) },
  { matches: isHttpMessage, read: (text) => toCaptures(readHttpMessage(text)) },
];

const ACCEPTED_FORMATS =
  'use a record of GET /_mock/requests, JSON with method, url, headers and body, a HAR file, the JSON body alone, a raw HTTP message, or a curl command';
const FOUND_LENGTH_MAX = 40;
// A body for the carrier has at most 64 KiB. Only JSON can be longer, because a HAR file is JSON.
const TEXT_LENGTH_MAX = 1024 * 1024;

function toCaptures(capture: Capture | string): Captures | string {
  return typeof capture === 'string' ? capture : { captures: [capture] };
}

/** The first request of a capture, or a sentence with the reason if it contains no request. */
export function readCapture(text: string): Capture | string {
  const read = readCaptures(text);
  if (typeof read === 'string') return read;
  const { captures, among } = read;
  return among === undefined ? captures[0] : { ...captures[0], among };
}

/** All requests of a capture, or a sentence with the reason if it contains no request. */
export function readCaptures(text: string): Captures | string {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const format = FORMATS.find(({ matches }) => matches(start));
  if (format === undefined) return `${describe(start)}: ${ACCEPTED_FORMATS}`;
  if (format.read !== readJson && start.length > TEXT_LENGTH_MAX)
    return 'is longer than 1 MiB, the limit for a single request';
  return format.read(start);
}

function describe(text: string): string {
  if (text === '') return 'is empty';
  const [line = ''] = text.split(/\r?\n/);
  const shown = line.length > FOUND_LENGTH_MAX ? `${line.slice(0, FOUND_LENGTH_MAX)}…` : line;
  return `is not a request in a known format, found ${JSON.stringify(shown)}`;
}
