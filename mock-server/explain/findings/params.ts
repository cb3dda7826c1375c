/** Mistakes in the free-text fields of verify. The document, 2.3 message and expandParams: "此参数需urlencode编码". */
import { type Texts, wireName } from '../../../src/protocol/fields.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import type { Evidence, FindingRow } from '../finding.js';
import { explainedOperation } from '../operations/operations.js';
import type { Subject } from '../subject.js';

// RFC 3986 leaves the first four unencoded. The encoders of JavaScript and Java leave some of the others too.
const NOT_ENCODED = /%(?![0-9A-Fa-f]{2})|[^\w.~\-!*'()+%]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const REPLACEMENT = '\ufffd';
const ENCODING = 'verify-params-encoding';

export const PARAMS_FINDINGS: readonly FindingRow[] = [
  {
    id: 'params.not-url-encoded',
    explains: ['parametersValid'],
    title: { en: 'A free-text field is not URL-encoded', zh: '透传参数没有做 urlencode' },
    detail: {
      en: '{field} contains characters that must be URL-encoded: {characters}. Send the encoded value: "{expected}". The document does not say whether to encode = and | too; the client of this project encodes both.',
      zh: '{field} 里有必须做 urlencode 的字符：{characters}。请发送编码后的值：“{expected}”。= 和 | 要不要一起编码，文档没有写；本项目的客户端一起编码。',
    },
    detect: notEncoded,
  },
  {
    id: 'params.malformed',
    explains: [],
    title: { en: 'expandParams is not in the documented form', zh: 'expandParams 的格式与文档不符' },
    detail: {
      en: 'After decoding, expandParams has a part without a name or without =: "{part}". The document requires param1=value1|param2=value2, URL-encoded.',
      zh: '解码后，expandParams 里的“{part}”没有参数名或没有 =。文档要求的格式是 param1=value1|param2=value2，并做 urlencode。',
    },
    detect: malformedParts,
  },
];

function notEncoded({ request, state }: Subject): readonly Evidence[] {
  const { operation } = request;
  const texts: Texts = request;
  const accepted = readingsOf(state)[ENCODING] === 'encoded' ? {} : { acceptedBy: ENCODING };
  return explainedOperation(operation).urlEncoded.flatMap((property) => {
    const received = texts[property] ?? '';
    const characters = [...new Set(received.match(NOT_ENCODED) ?? [])];
    if (characters.length === 0) return [];
    return [{ field: wireName(operation, property), received, expected: encoded(received), characters, ...accepted }];
  });
}

function malformedParts({ request }: Subject): readonly Evidence[] {
  if (request.operation !== 'tokenValidate') return [];
  const { expandParams: received = '' } = request;
  if (received === '') return [];
  const part = decoded(received)
    .split('|')
    .find((each) => each.indexOf('=') < 1);
  return part === undefined ? [] : [{ field: 'expandParams', received, part }];
}

/** Forms and Java encode a space as a plus sign. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Keeps the parts that are already encoded. */
function encoded(text: string): string {
  return text.replace(LONE_SURROGATE, REPLACEMENT).replace(NOT_ENCODED, encodeURIComponent);
}
