/** The kind of an unreadable body, and the position of its JSON error. The document, 1.2 and 2.3: "标准的json格式". */
import { BODY_BYTES_MAX } from '../carrier/engine/request.js';
import { samplesIn } from './document-samples.js';
import type { Evidence } from './finding.js';
import { contentTypesOf, isForm, isMultipart, mediaTypeOf } from './form.js';
import { type JsonProblem, jsonObjectProblem, type Position, positionOf } from './json-position.js';
import type { Subject } from './subject.js';

export type BodyKind = 'too-large' | 'empty' | 'document-sample' | 'multipart' | 'form' | 'not-json';

const MULTIPART_MEDIA_TYPE = 'multipart/';
// Enough to find the position, and short enough for one line.
const AROUND = 20;
const BYTE_ORDER_MARK = /^\ufeff/;

/** undefined if the body is readable. */
export function kindOfBody({ exchange, draft }: Subject): BodyKind | undefined {
  const { body, bodyBytes } = exchange;
  if (draft.json !== undefined) return undefined;
  if (bodyBytes > BODY_BYTES_MAX) return 'too-large';
  if (body.trim() === '') return 'empty';
  const mediaType = mediaTypeOf(contentTypesOf(exchange)[0] ?? '');
  if (isMultipart(body) || mediaType.startsWith(MULTIPART_MEDIA_TYPE)) return 'multipart';
  if (isForm(body)) return 'form';
  return samplesIn(body).length > 0 ? 'document-sample' : 'not-json';
}

/** The first invalid character and the text around it. `received` is empty if the text ends too early. */
export function jsonEvidence(body: string): Evidence {
  const text = body.replace(BYTE_ORDER_MARK, '');
  const { offset, expected } = problemIn(text);
  return {
    received: characterAt(text, offset),
    expected,
    text: text.slice(Math.max(offset - AROUND, 0), offset + AROUND),
    ...positionOf(text, offset),
  };
}

export function jsonPlace(body: string): Position {
  const text = body.replace(BYTE_ORDER_MARK, '');
  return positionOf(text, problemIn(text).offset);
}

/** The problem of a text that JSON.parse refuses. A test checks that the scanner refuses the same texts. */
function problemIn(text: string): JsonProblem {
  return jsonObjectProblem(text) ?? { offset: text.length, expected: '' };
}

/** A complete character, even if it has two UTF-16 units; empty at the end. */
function characterAt(text: string, offset: number): string {
  const [character = ''] = text.slice(offset, offset + 2);
  return character;
}
