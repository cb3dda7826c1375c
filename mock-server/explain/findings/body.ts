/** Mistakes in the body as a whole. The document, 1.1 and 1.2, 2.2 and 2.3. */
import { PARTS, partsOf, wireNames } from '../../../src/protocol/fields.js';
import { isObject, type JsonObject, parseJson } from '../../../src/protocol/json.js';
import { BODY_BYTES_MAX } from '../../../src/protocol/limits.js';
import { type Operation, operationRow } from '../../../src/protocol/operations.js';
import { type Exchange, KEPT_BODY_BYTES_MAX } from '../../carrier/engine/request.js';
import { encodingOfBody, textOfUtf16 } from '../body-encoding.js';
import {
  type BodyKind,
  CONTENT_TYPE,
  formNames,
  JSON_MEDIA_TYPE,
  jsonEvidence,
  kindOfBody,
  partNames,
  partsIn,
  samplesIn,
} from '../body-kind.js';
import { otherOperationOf } from '../fields.js';
import { ANOTHER_REQUEST, type Evidence, type FindingRow } from '../finding.js';
import {
  fieldNamed,
  withExchange,
  withHeader,
  withJson,
  withOperation,
  without,
} from '../repair/change.js';
import { type Missing, missing } from '../repair/missing.js';
import type { Subject } from '../subject.js';

/** The only finding of a request whose body the journal has in part. It is about the journal, so it is not a known mistake. */
export const KEPT_IN_PART: FindingRow = {
  id: 'body.kept-in-part',
  explains: [],
  inLog: true,
  title: { en: 'The journal has only part of the body', zh: '请求记录只保留了请求体的一部分' },
  detail: {
    en: 'The body has {bytes} bytes. The decision used all of it, but the journal keeps at most {limit}. So this explanation cannot check the fields, and does not show the next result. A normal request is well under 1 KiB: send only the documented fields.',
    zh: '请求体有 {bytes} 字节。判定时用的是完整内容，但请求记录最多保留 {limit} 字节，所以这里无法检查各个字段，也无法给出改正之后的结果。正常的请求不到 1 KiB，请只发送文档列出的字段。',
  },
  detect: ({ exchange: { bodyIsPart, bodyBytes } }) =>
    bodyIsPart === true ? [{ bytes: bodyBytes, limit: KEPT_BODY_BYTES_MAX }] : [],
};

export const BODY_FINDINGS: readonly FindingRow[] = [
  {
    id: 'body.empty',
    explains: ['bodyReadable'],
    inLog: true,
    title: { en: 'The body is empty', zh: '请求体为空' },
    detail: {
      en: 'The body is empty ({bytes} bytes). Send the parameters in the body as one JSON object, not in the query string.',
      zh: '请求体是空的（{bytes} 字节）。参数要写成一个 JSON 对象放在请求体里，不要拼在地址后面。',
    },
    detect: detectKind('empty', ({ bodyBytes: bytes }) => ({ bytes })),
    repair: ANOTHER_REQUEST,
  },
  {
    id: 'body.encoded',
    explains: ['bodyReadable'],
    inLog: true,
    title: { en: 'The body is compressed, or is not UTF-8', zh: '请求体压缩过，或不是 UTF-8' },
    detail: {
      en: 'The body is {used}. Send the JSON as UTF-8, and not compressed: the document describes neither another encoding nor a compression.',
      zh: '请求体是 {used}。JSON 要用 UTF-8 发送，也不要压缩：文档没有写可以用别的编码或压缩。',
    },
    detect: detectKind('encoded', (exchange) => ({ used: encodingOfBody(exchange) })),
    // What was compressed is lost in the text.
    repair: (subject) => {
      const body = textOfUtf16(subject.exchange.body);
      return isObject(parseJson(body)) ? withExchange(subject, { body }) : missing('json');
    },
  },
  {
    id: 'body.document-sample',
    // A number in the sample has asterisks.
    covers: ['value.placeholder'],
    explains: ['bodyReadable', 'tokenPresent', 'parametersValid', 'appKnown', 'signValid'],
    inLog: ['kind', 'section'],
    title: { en: 'The body is a sample from the document', zh: '发送的是文档里的示例报文' },
    detail: {
      en: 'The body contains "{received}", which occurs only in the {kind} sample of section {section} of the document. A sample cannot succeed: its app, token and signature are invented or expired, and the response sample in section 2.4 lacks a comma after resultDesc. Build the request from your own values.',
      zh: '请求体里有“{received}”，只有文档 {section} 节的示例（{kind}）里才有这个值。示例不可能调通：其中的应用、token、签名是虚构的或早已过期，2.4 节的响应示例在 resultDesc 后面还少一个逗号。请用自己的值组装请求。',
    },
    // With the position of the JSON error if the sample is not valid JSON.
    detect: (subject) => {
      const { body } = subject.exchange;
      const { line, column } = jsonEvidence(body);
      const place = kindOfBody(subject) === 'document-sample' ? { line, column } : {};
      return samplesIn(body).map(({ section, kind, uniqueValues: [received = ''] }) => {
        return { received, section, kind, ...place };
      });
    },
    repair: ANOTHER_REQUEST,
  },
  {
    id: 'body.not-json',
    explains: ['bodyReadable'],
    // `received` is a single character.
    inLog: ['expected', 'received'],
    title: { en: 'The body is not one JSON object', zh: '请求体不是一个 JSON 对象' },
    detail: {
      en: 'Line {line}, column {column}: expected {expected}, found “{received}”. The surrounding text: “{text}”. An array, null, or an object encoded twice (JSON inside a JSON string) is not a JSON object.',
      zh: '第 {line} 行第 {column} 列应该是 {expected}，实际是“{received}”，前后是“{text}”。数组、null，以及序列化了两次的对象（JSON 字符串里的 JSON），都不是 JSON 对象。',
    },
    detect: detectKind('not-json', ({ body }) => jsonEvidence(body)),
    // The object of a body that was encoded twice: JSON inside a JSON string.
    repair: (subject) => {
      const inner = parseJson(subject.exchange.body);
      const isInside = typeof inner === 'string' && isObject(parseJson(inner));
      return isInside ? withExchange(subject, { body: inner }) : missing('json');
    },
  },
  {
    id: 'body.form',
    explains: ['bodyReadable'],
    title: { en: 'The body is a form', zh: '请求体是表单而不是 JSON' },
    detail: {
      en: 'The body is a URL-encoded form with the fields {names}. Send the parameters as one JSON object with Content-Type application/json. Do not URL-encode it or put it into a form field.',
      zh: '请求体是 URL 编码的表单，字段有 {names}。参数要写成一个 JSON 对象，Content-Type 设为 application/json，不要做 URL 编码，也不要放进表单字段。',
    },
    detect: detectKind('form', ({ body: received }) => {
      return { received, expected: '{', names: formNames(received) };
    }),
    repair: (subject) => withNames(subject, [...new URLSearchParams(subject.exchange.body.trim())]),
  },
  {
    id: 'body.multipart',
    explains: ['bodyReadable'],
    title: { en: 'The body is multipart', zh: '请求体是 multipart 格式' },
    detail: {
      en: 'The body is multipart/form-data with the parts {names}. Send the parameters as one JSON object with Content-Type application/json.',
      zh: '请求体是 multipart/form-data，各部分的名称是 {names}。参数要写成一个 JSON 对象，Content-Type 设为 application/json。',
    },
    detect: detectKind('multipart', ({ body }) => ({ expected: '{', names: partNames(body) })),
    repair: (subject) => withNames(subject, partsIn(subject.exchange.body)),
  },
  {
    id: 'body.too-large',
    explains: ['bodyReadable'],
    inLog: true,
    title: { en: 'The body is too large', zh: '请求体过大' },
    detail: {
      en: 'The body has {bytes} bytes. This server reads at most {limit}. A normal request is well under 1 KiB: send only the documented fields.',
      zh: '请求体有 {bytes} 字节，模拟服务最多读 {limit} 字节。正常的请求不到 1 KiB，请只发送文档列出的字段。',
    },
    detect: detectKind('too-large', ({ bodyBytes }) => {
      return { bytes: bodyBytes, limit: BODY_BYTES_MAX };
    }),
    repair: ANOTHER_REQUEST,
  },
  {
    id: 'body.wrong-operation',
    explains: ['tokenPresent', 'parametersValid'],
    inLog: true,
    title: { en: 'The body is for another operation', zh: '请求体是另一个接口的格式' },
    detail: {
      en: 'The body has the structure of {received}, but was sent to the path of {expected}. loginTokenValidate takes flat JSON; tokenValidate takes header and body. Send a {received} request to {path}.',
      zh: '请求体是 {received} 的格式，却发到了 {expected} 的地址。loginTokenValidate 的参数都在一层，tokenValidate 分 header 和 body 两层。{received} 的请求要发到 {path}。',
    },
    // If the path is wrong, `url.wrong-path` covers that.
    detect: (subject) => {
      const { path, row } = subject.exchange;
      const received = otherOperationOf(subject);
      if (received === undefined || path !== row.path) return [];
      return [{ received, expected: row.operation, path: operationRow(received).path }];
    },
    repair: (subject) =>
      withOperation(subject, otherOperationOf(subject) ?? subject.request.operation),
  },
  {
    id: 'body.nested',
    explains: ['tokenPresent', 'parametersValid'],
    inLog: ['names'],
    title: { en: 'The parameters are one level too deep', zh: '参数多套了一层' },
    detail: {
      en: 'The body has {names} inside "{received}". The carrier reads them only where the document has them: send the object inside "{received}" as the body.',
      zh: '请求体的 {names} 放在了“{received}”里面。移动认证平台只在文档规定的位置读参数：请直接把“{received}”里的对象作为请求体。',
    },
    covers: ['field.missing', 'field.misspelt', 'token.empty'],
    detect: ({ request: { operation }, draft: { json = {} } }) => {
      const found = nestedIn(operation, json);
      return found === undefined ? [] : [{ received: found.name, names: found.names }];
    },
    repair: (subject, { received = '' }) =>
      withJson(subject, (json) => ({ ...without(json, received), ...innerObject(json[received]) })),
  },
];

/** A single name can be a coincidence. */
const NESTED_MIN = 2;

/** The object that has the names of the body's top level, if the body has none of them. Not the envelope of another operation. */
function nestedIn(operation: Operation, json: JsonObject) {
  const known: readonly string[] = [...wireNames(operation), ...partsOf(operation)];
  if (known.some((name) => name in json)) return undefined;
  return Object.entries(json)
    .filter(([name]) => !PARTS.some((part) => part === name))
    .map(([name, value]) => {
      const inner = innerObject(value) ?? {};
      return { name, names: known.filter((one) => one in inner) };
    })
    .find(({ names }) => names.length >= NESTED_MIN);
}

/** Also an object that was encoded as a text. */
function innerObject(value: unknown): JsonObject | undefined {
  const inner = typeof value === 'string' ? parseJson(value) : value;
  return isObject(inner) ? inner : undefined;
}

function detectKind(
  kind: BodyKind,
  evidence: (exchange: Exchange) => Evidence,
): FindingRow['detect'] {
  return (subject) => (kindOfBody(subject) === kind ? [evidence(subject.exchange)] : []);
}

/** One JSON object with these fields, at their documented places; or the JSON in the only field. */
function withNames(
  subject: Subject,
  sent: readonly (readonly [name: string, value: string])[],
): Subject | Missing {
  const { operation } = subject.request;
  const rawHeaders = withHeader(subject.exchange, CONTENT_TYPE, JSON_MEDIA_TYPE);
  const json = sent
    .map(([name, value]) => (value === '' ? name : value))
    .find((text) => text.trim().startsWith('{'));
  if (json !== undefined) return withExchange(subject, { rawHeaders, body: json });
  if (sent.length === 0) return missing('values');
  const at = (location: string) =>
    Object.fromEntries(
      sent.filter(([name]) => (fieldNamed(subject, name)?.location ?? 'topLevel') === location),
    );
  const parts = partsOf(operation).map((part) => [part, at(part)]);
  return withExchange(subject, {
    rawHeaders,
    body: JSON.stringify({ ...at('topLevel'), ...Object.fromEntries(parts) }),
  });
}
