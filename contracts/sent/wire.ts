/** Checks a request on the wire: method, path, Content-Type, JSON. The document, 1.1, 1.2, 2.2 and 2.3. */
import { pathOf } from '../kit/build-request.js';
import { shown } from '../kit/values.js';
import { eachRequest, type Judged, type Problem } from './check.js';
import type { Sent } from './evidence.js';
import { bilingual, PARTS, TEXTS } from './words.js';

function method({ request }: Sent): Judged {
  if (request.method === undefined) return { why: TEXTS.noMethod };
  if (request.method === 'POST') return [];
  return [{ about: 'method', name: PARTS.method, expected: 'POST', received: shown(request.method) }];
}

/** A path after the recorder's redirect is not judged. */
function path({ request, operation, followed }: Sent): Judged {
  if (request.path === undefined) return { why: TEXTS.noPath };
  const expected = pathOf(operation);
  if (followed || request.path === expected) return [];
  return [{ about: 'path', name: PARTS.path, expected: expected, received: shown(request.path) }];
}

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

function contentType({ request }: Sent): Judged {
  if (request.headers === undefined) return { why: TEXTS.noHeaders };
  const values = request.headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
  const [value] = values;
  if (values.length === 1 && value !== undefined && JSON_TYPE.test(value)) return [];
  return [
    {
      about: 'Content-Type',
      expected: bilingual('application/json, once', 'application/json，一次'),
      received: shown(value === undefined ? undefined : values.join(' | ')),
    },
  ];
}

function json({ request, whole, fields }: Sent): readonly Problem[] {
  if (whole && fields !== undefined) return [];
  const received = whole ? shown(request.body.toString()) : bilingual('an incomplete request', '不完整的请求');
  const expected = bilingual('one JSON object in UTF-8', '一个 UTF-8 编码的 JSON 对象');
  return [{ about: 'body', name: PARTS.body, expected, received }];
}

export const SENT_METHOD = eachRequest(method, ['url.']);
export const SENT_PATH = eachRequest(path, ['url.']);
export const SENT_CONTENT_TYPE = eachRequest(contentType, ['header.']);
export const SENT_JSON = eachRequest(json, ['body.']);
