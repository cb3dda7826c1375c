/** The kind of an unreadable body: its Content-Type, a form, a sample of the document, or a JSON error. The document, 1.2 and 2.3: "标准的json格式". */

import { BODY_BYTES_MAX } from '../../src/protocol/limits.js';
import type { Bilingual } from '../../src/text/bilingual.js';
import { jsonObjectProblem, type Position, positionOf } from '../../src/text/json-position.js';
import { urlDecoded } from '../../src/text/url-decoded.js';
import type { Exchange } from '../carrier/engine/request.js';
import { encodingOfBody } from './body-encoding.js';
import type { Evidence } from './finding.js';
import type { Subject } from './subject.js';

export type BodyKind =
  | 'too-large'
  | 'empty'
  | 'encoded'
  | 'document-sample'
  | 'multipart'
  | 'form'
  | 'not-json';

// Enough to find the position, and short enough for one line.
const AROUND = 20;

/** undefined if the body is readable. */
export function kindOfBody({ exchange, draft }: Subject): BodyKind | undefined {
  const { body, bodyBytes } = exchange;
  if (draft.json !== undefined) return undefined;
  if (bodyBytes > BODY_BYTES_MAX) return 'too-large';
  if (body.trim() === '') return 'empty';
  if (encodingOfBody(exchange) !== undefined) return 'encoded';
  const mediaType = mediaTypeOf(contentTypesOf(exchange)[0] ?? '');
  if (MULTIPART.test(body) || mediaType.startsWith('multipart/')) return 'multipart';
  if (FORM.test(body)) return 'form';
  return samplesIn(body).length > 0 ? 'document-sample' : 'not-json';
}

/** The first invalid character and the text around it. `received` is empty if the text ends too early. */
export function jsonEvidence(body: string): Evidence & Position {
  const text = body.replace(/^\ufeff/, '');
  // A test checks that the scanner refuses the texts that JSON.parse refuses.
  const { offset, expected } = jsonObjectProblem(text) ?? { offset: text.length, expected: '' };
  // A complete character, even if it has two UTF-16 units.
  const [received = ''] = text.slice(offset, offset + 2);
  const around = text.slice(Math.max(offset - AROUND, 0), offset + AROUND);
  return { received, expected, text: around, ...positionOf(text, offset) };
}

export const CONTENT_TYPE = 'Content-Type';
export const JSON_MEDIA_TYPE = 'application/json';

export function contentTypesOf({ rawHeaders }: Exchange): readonly string[] {
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'content-type',
  );
}

/** Without parameters, in lower case. */
export function mediaTypeOf(contentType: string): string {
  const [mediaType = ''] = contentType.split(';');
  return mediaType.trim().toLowerCase();
}

// No JSON begins with a name and "=". A JSON text that was URL-encoded as a whole begins with its encoded brace.
const FORM = /^\s*(?:[\w%][\w.%+*\-[\]]*=|%7B)/i;
const MULTIPART = /^\s*--[^\r\n]+\r?\ncontent-/i;
// The name is near the beginning of its line. Without the limit, a hostile body takes seconds.
const PART_NAME = /content-disposition:[^\r\n]{0,100}?\bname="?([^";\r\n]*)/gi;

export function formNames(body: string): readonly string[] {
  return body.split('&').map((pair) => urlDecoded(pair.split('=')[0] ?? '', ' ').trim());
}

export function partNames(body: string): readonly string[] {
  return [...body.matchAll(PART_NAME)].map(([, name = '']) => name);
}

/** The names and values of a multipart body. A value follows an empty line, up to the next boundary. */
export function partsIn(body: string): readonly (readonly [name: string, value: string])[] {
  return body.split(/\r?\n--/).flatMap((part) => {
    const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
    const [name] = partNames(head);
    return name === undefined || rest.length === 0 ? [] : [[name, rest.join('\n\n')] as const];
  });
}

export interface DocumentSample {
  readonly section: '1.3' | '2.4';
  readonly kind: Bilingual;
  /** For a request, its msgid and its signature, whose secret is not published; for a response, its taskId. */
  readonly uniqueValues: readonly string[];
}

const REQUEST: Bilingual = { en: 'request', zh: '请求' };
const RESPONSE: Bilingual = { en: 'response', zh: '响应' };

const SAMPLES: readonly DocumentSample[] = [
  {
    section: '1.3',
    kind: REQUEST,
    uniqueValues: ['0C17F305AB3E8B4694829319167310D1', 'bed1dc7f6cd645b9be9006ae08040c93'],
  },
  { section: '1.3', kind: RESPONSE, uniqueValues: ['188b0744159f413e9bfe7ecc5d5bcc71'] },
  {
    section: '2.4',
    kind: REQUEST,
    uniqueValues: [
      '227716D80112F953632E4AFBB71C987E9ABF4831ACDA5A7464E2D8F61F0A9477',
      '8ADFF305C7FCB3E1B1AECC130792FBD0',
    ],
  },
  { section: '2.4', kind: RESPONSE, uniqueValues: ['b62585d15ee34869bd3c7e6ad62688e2'] },
];

/** Ignores white space, because a text copied from the PDF may have line breaks anywhere. */
export function samplesIn(text: string): readonly DocumentSample[] {
  const packed = text.replace(/\s+/g, '');
  return SAMPLES.filter(({ uniqueValues }) =>
    uniqueValues.every((value) => packed.includes(value)),
  );
}
