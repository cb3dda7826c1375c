/** Mistakes in the path, the method and the HTTP headers. The document, 1.1 and 2.2. */

import { OPERATIONS, operationByPrefix, operationRow } from '../../../src/protocol/operations.js';
import { singleSlashes } from '../../../src/protocol/paths.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { moduleOf } from '../../carrier/engine/operations/operations.js';
import { CONTENT_TYPE, contentTypesOf, JSON_MEDIA_TYPE, mediaTypeOf } from '../body-kind.js';
import { otherOperationOf, shapeOf } from '../fields.js';
import { type FindingRow, YES } from '../finding.js';
import { withExchange, withHeader, withOperation } from '../repair/change.js';
import type { Subject } from '../subject.js';

const METHOD = 'POST';

export const URL_FINDINGS: readonly FindingRow[] = [
  {
    id: 'url.wrong-path',
    explains: ['urlRight'],
    inLog: ['expected', 'paths'],
    title: { en: 'The path is wrong', zh: '请求地址不对' },
    detail: {
      en: 'The request was sent to "{received}"; the correct path is "{expected}". The path must match exactly, including letter case and slashes.',
      zh: '请求发到了“{received}”，正确的路径是“{expected}”。路径要完全一致，大小写不同、多一个或少一个斜杠都不行。',
    },
    instead: [
      {
        ifPresent: 'doubleSlash',
        detail: {
          en: 'The request was sent to "{received}", which has a double slash; the correct path is "{expected}". The configured address probably ends with a slash, and the path begins with one: remove one of them.',
          zh: '请求发到了“{received}”，里面有连续的斜杠；正确的路径是“{expected}”。多半是配置的地址以斜杠结尾，路径又以斜杠开头：请去掉其中一个。',
        },
      },
      {
        ifPresent: 'paths',
        detail: {
          en: 'The request was sent to "{received}". The carrier has only these paths: {paths}.',
          zh: '请求发到了“{received}”，移动认证平台只有这些路径：{paths}。',
        },
      },
    ],
    // The right path is that of the operation that the body is for. If that is unclear, the prefix of the path decides.
    detect: (subject) => {
      const { path: received, row } = subject.exchange;
      if (received === row.path) return [];
      const single = singleSlashes(received);
      if (
        operationByPrefix(single) === undefined &&
        shapeOf(subject.draft.json ?? {}) === undefined
      )
        return [{ received, paths: OPERATIONS.map(({ path }) => path) }];
      const expected = operationRow(otherOperationOf(subject) ?? row.operation).path;
      return [{ received, expected, ...(single !== received && { doubleSlash: YES }) }];
    },
    repair: (subject) =>
      withOperation(subject, otherOperationOf(subject) ?? subject.exchange.row.operation),
  },
  {
    id: 'url.wrong-method',
    explains: ['urlRight'],
    inLog: true,
    title: { en: 'The method is wrong', zh: '请求方法不对' },
    detail: {
      en: 'The method was {received}. The carrier accepts only {expected}, with the parameters as JSON in the body.',
      zh: '请求方法是 {received}。这个接口只接受 {expected}，参数以 JSON 放在请求体里。',
    },
    detect: ({ exchange: { method } }) =>
      method === METHOD ? [] : [{ received: method, expected: METHOD }],
    repair: (subject) => withExchange(subject, { method: METHOD }),
  },
];

const READING = 'content-type';

export const HEADER_FINDINGS: readonly FindingRow[] = [
  {
    id: 'header.two-content-types',
    explains: ['bodyReadable', 'valuesAreStrings'],
    title: { en: 'The Content-Type was sent more than once', zh: 'Content-Type 重复发送' },
    detail: {
      en: 'The request has several Content-Type headers: {values}. This mock uses the first one. Another server may use the last one, or refuse the request. Send only one.',
      zh: '请求里有多个 Content-Type：{values}。模拟服务取第一个，别的实现可能取最后一个，也可能拒绝。请只发送一个。',
    },
    detect: ({ exchange }) => {
      const values = contentTypesOf(exchange);
      return values.length < 2
        ? []
        : [{ field: CONTENT_TYPE, received: values.join(', '), values }];
    },
    repair: withJsonType,
  },
  {
    id: 'header.content-type',
    explains: ['bodyReadable', 'valuesAreStrings'],
    inLog: ['expected'],
    title: {
      en: 'The Content-Type is not application/json',
      zh: 'Content-Type 不是 application/json',
    },
    detail: {
      en: 'The Content-Type was "{received}"; the document requires {expected}. Public clients show that JSON with another type can work, but do not rely on it. With the interpretation content-type: json, this mock refuses the request.',
      zh: 'Content-Type 是“{received}”，文档要求 {expected}。有公开的调用代码用别的类型发送 JSON 也能调通，但不要依赖这一点。解释口径 content-type 设为 json 时，模拟服务会拒绝这个请求。',
    },
    instead: [
      {
        ifPresent: 'code',
        detail: {
          en: 'The Content-Type was "{received}". This interface requires {expected}; without it, the carrier answers {code} and does not read the body.',
          zh: 'Content-Type 是“{received}”。这个接口要求 {expected}，否则移动认证平台不读请求体，直接返回 {code}。',
        },
      },
    ],
    // An empty body has no type. If one of several types is right, `header.two-content-types` covers the mistake.
    detect: ({ exchange, state }) => {
      const types = contentTypesOf(exchange);
      const [received = ''] = types;
      if (exchange.bodyBytes === 0 || types.some((type) => mediaTypeOf(type) === JSON_MEDIA_TYPE))
        return [];
      const { rules } = moduleOf(exchange.row.operation);
      const code = rules.find(({ requires }) => requires === 'bodyReadable')?.otherwise;
      const accepted = readingsOf(state)[READING] === 'any' ? { acceptedBy: READING } : {};
      const more = 'requiresJsonType' in exchange.row ? { code } : accepted;
      return [{ field: CONTENT_TYPE, received, expected: JSON_MEDIA_TYPE, ...more }];
    },
    repair: withJsonType,
  },
];

function withJsonType(subject: Subject): Subject {
  return withExchange(subject, {
    rawHeaders: withHeader(subject.exchange, CONTENT_TYPE, JSON_MEDIA_TYPE),
  });
}
