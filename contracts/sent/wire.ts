/** Checks a request on the wire: method, path, Content-Type, JSON. The document, 1.1, 1.2, 2.2 and 2.3. */

import type { Bilingual } from '../../src/text/bilingual.js';
import { templateOf } from '../kit/operations.js';
import { type Difference, shown } from '../kit/result.js';
import { eachRequest, isMasked, type Judged, type Sent } from './check.js';
import { bilingual, notGiven, PARTS, TEXTS } from './words.js';

function method({ request }: Sent): Judged {
  if (request.method === undefined) return { why: TEXTS.noMethod };
  if (request.method === 'POST') return [];
  return [
    {
      rule: 'request',
      at: 'method',
      name: PARTS.method,
      expected: 'POST',
      received: shown(request.method),
    },
  ];
}

/** A path after the recorder's redirect is not judged. */
function path({ request, operation, followed }: Sent): Judged {
  if (request.path === undefined) return { why: TEXTS.noPath };
  const expected = templateOf(operation).path;
  if (followed || request.path === expected) return [];
  return [
    {
      rule: 'request',
      at: 'path',
      name: PARTS.path,
      expected: expected,
      received: shown(request.path),
    },
  ];
}

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

function contentType({ request }: Sent): Judged {
  if (request.headers === undefined) return { why: TEXTS.noHeaders };
  const values = request.headers
    .filter(([name]) => name.toLowerCase() === 'content-type')
    .map(([, value]) => value);
  const [value] = values;
  if (values.length === 1 && value !== undefined && JSON_TYPE.test(value)) return [];
  return [
    {
      rule: 'request',
      at: 'Content-Type',
      expected: bilingual('application/json, once', 'application/json，一次'),
      received: shown(value === undefined ? undefined : values.join(' | ')),
    },
  ];
}

function json({ request, whole, fields }: Sent): readonly Difference[] {
  if (whole && fields !== undefined) return [];
  const received = whole
    ? shown(request.body.toString())
    : bilingual('an incomplete request', '不完整的请求');
  const expected = bilingual('one JSON object in UTF-8', '一个 UTF-8 编码的 JSON 对象');
  return [{ rule: 'request', at: 'body', name: PARTS.body, expected, received }];
}

// Checks that no token is in an address or header, and no secret anywhere: the logs of every machine on the way would have them.

/** The secrets, with their names for users. */
const SECRETS = [
  ['appSecret', 'APPSecret'],
  ['appKey', 'appKey'],
  ['appSignKey', 'CMPASSPORT_APP_SIGN_KEY'],
  ['appDecryptKey', 'CMPASSPORT_APP_DECRYPT_KEY'],
] as const;

function token(evidence: Sent): Judged {
  const { token: value } = evidence.values;
  if (value === undefined) return { why: TEXTS.noToken };
  if (isMasked(value)) return { why: TEXTS.masked };
  if (evidence.request.path === undefined) return { why: TEXTS.noPath };
  return placesOf(evidence)
    .filter(({ text }) => has(text, value))
    .map(({ at, name, text }) => ({
      rule: 'request',
      at,
      name,
      expected: bilingual(
        'no token: it belongs only in the body',
        '没有 token：token 只能放在请求体里',
      ),
      received: shown(text),
    }));
}

function secrets(evidence: Sent): Judged {
  if (secretsOf(evidence).length === 0) return { why: notGiven('appSecret', 'appKey') };
  const places = [
    ...placesOf(evidence),
    { at: 'body', name: PARTS.body, text: evidence.request.body.toString() },
  ];
  return places.flatMap(({ at, name, text }) =>
    secretsOf(evidence)
      .filter(([, value]) => has(text, value))
      .map(([secret]) => ({
        rule: 'request',
        at,
        name,
        expected: bilingual(`no ${secret.en}: it is never sent`, `没有${secret.zh}：它不能发送`),
        // Not the text itself, because a report would reveal the secret.
        received: bilingual('present', '出现了'),
      })),
  );
}

function secretsOf({ values }: Sent): readonly (readonly [name: Bilingual, value: string])[] {
  const secret = SECRETS.map(
    ([name, title]) => [bilingual(title, ` ${title}`), values[name] ?? ''] as const,
  );
  const number = [
    bilingual('plain phone number', '明文手机号码'),
    values['phoneNumber'] ?? '',
  ] as const;
  return [...secret, number].filter(([, value]) => value !== '');
}

function placesOf({ request: { path = '', headers = [] } }: Sent) {
  return [
    { at: 'path', name: PARTS.path, text: path },
    ...headers.map(([header, text]) => ({
      at: `header ${header}`,
      name: bilingual(`header ${header}`, `请求头 ${header}`),
      text,
    })),
  ];
}

/** Whether the text contains the value, plain or percent-encoded. */
function has(text: string, value: string): boolean {
  return text.includes(value) || text.includes(encodeURIComponent(value));
}

export const WIRE_CHECKS = {
  'sent-method': eachRequest(method, ['url.']),
  'sent-path': eachRequest(path, ['url.']),
  'sent-content-type': eachRequest(contentType, ['header.']),
  'sent-json': eachRequest(json, ['body.']),
  'sent-token-hidden': eachRequest(token, []),
  'sent-secrets-hidden': eachRequest(secrets, []),
};
