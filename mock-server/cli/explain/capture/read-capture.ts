/** Reads captured requests: the known formats exactly, and any other text by the fields in it. */
import { isObject, parseJson } from '../../../../src/protocol/json.js';
import { OPERATIONS } from '../../../../src/protocol/operations.js';
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { problem } from '../messages.js';
import { answeredIn, type Capture, type Captures, shortQuote } from './capture.js';
import { readCurl } from './curl-command.js';
import { readHttpFile } from './http-file.js';
import { readHttpMessage } from './http-message.js';
import { brokenJson, isFlatByChance, readDescriptions, readJson } from './json-capture.js';
import { readPowerShell } from './powershell.js';
import { selected } from './selected.js';
import { readText } from './text-capture.js';

/** The request of a capture to explain, or the reason if it contains no complete request. */
export function readCapture(text: string): Capture | Bilingual {
  const read = readCaptures(text);
  return 'en' in read ? read : selected(read);
}

/** All complete requests of a capture, or the reason if it contains none. */
export function readCaptures(text: string): Captures | Bilingual {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const exact = readExactly(start);
  if (exact !== undefined && !mayHoldAnother(exact, start)) return withAnswerIn(start, exact);
  const read = readInside(start) ?? exact ?? brokenJson(start) ?? unknown(start);
  return withAnswerIn(start, read);
}

type Read = Captures | Capture | Bilingual;

/** In the order of the attempts. Each returns undefined for a text in another format. */
const READERS: readonly ((text: string) => Read | undefined)[] = [
  readJson,
  readHttpFile,
  readCurl,
  readHttpMessage,
  readPowerShell,
];

function readExactly(text: string): Read | undefined {
  for (const read of READERS) {
    const found = read(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a text that a reader refuses, or that has a name of the document by chance, may hold a request all the same. A shell would change what a curl command holds. */
function mayHoldAnother(read: Read, text: string): boolean {
  if ('en' in read) return readCurl(text) === undefined;
  return 'body' in read && read.body === text && isFlatByChance(text);
}

/** The requests in a text of another format. */
function readInside(text: string): Read | undefined {
  const exact = readLaterStart(text);
  if (exact !== undefined) return exact;
  const all = readText(text, { readObject: readDescriptions, isOriginal: true });
  const [first, ...others] = all.filter(({ cutOff }) => cutOff === undefined);
  const [{ cutOff } = { cutOff: undefined }] = all;
  if (first === undefined)
    return cutOff === undefined ? undefined : problem('capture.cut-off', { field: cutOff });
  const captures: Captures['captures'] = [first, ...others];
  return others.length === 0
    ? { captures }
    : { captures, among: { count: captures.length, as: 'first' } };
}

const PREFIXES = OPERATIONS.map(({ prefix }) => prefix.replaceAll('/', '')).join('|');

/** Where an exact format can begin after other text: a heading, a code fence, the bytes of a packet. */
const LATER_STARTS = [
  { read: readCurl, start: /^[ \t>]*(?:[$#%] +)?curl(?:\.exe)? /gim },
  {
    read: readHttpMessage,
    start: new RegExp(
      `[A-Z]{3,7} (?:https?:/{2}[^/\\s]{1,99})?/(?:${PREFIXES})/\\S* HTTP/\\d`,
      'g',
    ),
  },
];
const FENCE = /\n```[\s\S]*/;

/** The only request of an exact format in a text, if its body is one JSON object. */
function readLaterStart(text: string): Capture | undefined {
  for (const { read, start } of LATER_STARTS) {
    const [first, second] = text.matchAll(start);
    if (first === undefined || second !== undefined) continue;
    const found = read(text.slice(first.index).replace(FENCE, '').trimStart());
    if (found !== undefined && 'body' in found && isObject(parseJson(found.body))) return found;
  }
  return undefined;
}

/** The response of a single request may be anywhere in the text. */
function withAnswerIn(text: string, read: Read): Captures | Bilingual {
  if ('en' in read || ('captures' in read && read.captures.length > 1)) return read;
  const all = 'captures' in read ? read : { captures: [read] as const };
  const [only] = all.captures;
  const answered = only.answered ?? answeredIn(text);
  return answered === undefined ? all : { ...all, captures: [{ ...only, answered }] };
}

function unknown(text: string): Bilingual {
  const accepted = problem('capture.accepted');
  if (text === '') return problem('capture.empty', { accepted });
  const [line = ''] = text.split(/\r?\n/, 1);
  return problem('capture.unknown', { found: shortQuote(line), accepted });
}
