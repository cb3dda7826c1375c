/** Mistakes in verify's free texts. The document, 2.3 message and expandParams: "此参数需urlencode编码". */
import { type Texts, wireName } from '../../../src/protocol/fields.js';
import type { Evidence, FindingRow } from '../finding.js';
import { explainedOperation } from '../operations/operations.js';
import type { Subject } from '../subject.js';

// RFC 3986 lets the first four stand as they are, and JavaScript's and Java's encoders some of the others as well.
const NOT_ENCODED = /%(?![0-9A-Fa-f]{2})|[^\w.~\-!*'()+%]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const REPLACEMENT = '\ufffd';

export const PARAMS_FINDINGS: readonly FindingRow[] = [
  {
    id: 'params.not-url-encoded',
    explains: [],
    title: { en: 'A free text is not URL-encoded', zh: '透传参数没有做 urlencode' },
    detail: {
      en: '{field} has characters that must be URL-encoded: {characters}. The whole value is to be encoded, its = and | too: "{expected}".',
      zh: '{field} 里有必须做 urlencode 的字符：{characters}。要对整个值编码，= 和 | 也不例外：“{expected}”。',
    },
    detect: notEncoded,
  },
];

function notEncoded({ request }: Subject): readonly Evidence[] {
  const { operation } = request;
  const texts: Texts = request;
  return explainedOperation(operation).urlEncoded.flatMap((property) => {
    const received = texts[property] ?? '';
    const characters = [...new Set(received.match(NOT_ENCODED) ?? [])];
    if (characters.length === 0) return [];
    return [{ field: wireName(operation, property), received, expected: encoded(received), characters }];
  });
}

/** What is encoded already stays as it is. */
function encoded(text: string): string {
  return text.replace(LONE_SURROGATE, REPLACEMENT).replace(NOT_ENCODED, encodeURIComponent);
}
