/** Mistakes in the HTTP headers. The document, 1.2 and 2.3: "发送时请设置content type为 application/json". */
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { CONTENT_TYPE, contentTypesOf, JSON_MEDIA_TYPE, mediaTypeOf } from '../content-types.js';
import type { Evidence, FindingRow } from '../finding.js';
import type { Subject } from '../subject.js';

const READING = 'content-type';

export const HEADER_FINDINGS: readonly FindingRow[] = [
  {
    id: 'header.two-content-types',
    explains: ['bodyReadable', 'valuesAreStrings'],
    title: { en: 'The Content-Type was sent more than once', zh: 'Content-Type 重复发送' },
    detail: {
      en: 'The request has several Content-Type headers: {values}. This mock uses the first one. Another server may use the last one, or refuse the request. Send only one.',
      zh: '请求里有多个 Content-Type：{values}。模拟服务取第一个，其他服务端可能取最后一个，也可能拒绝。请只发送一个。',
    },
    detect: sentTwice,
  },
  {
    id: 'header.content-type',
    inLog: ['expected'],
    explains: ['bodyReadable', 'valuesAreStrings'],
    title: { en: 'The Content-Type is not application/json', zh: 'Content-Type 不是 application/json' },
    detail: {
      en: 'The Content-Type was "{received}"; the document requires {expected}. Public clients show that JSON with another type can work, but do not rely on it. With the interpretation content-type: json, this mock refuses the request.',
      zh: 'Content-Type 是“{received}”，文档要求 {expected}。有公开客户端用别的类型发送 JSON 也能调通，但不要依赖这一点。解释口径 content-type 设为 json 时，模拟服务会拒绝这个请求。',
    },
    detect: wrongType,
  },
];

/** An empty body has no type. If one of several types is right, `header.two-content-types` covers the mistake. */
function wrongType({ exchange, state }: Subject): readonly Evidence[] {
  const types = contentTypesOf(exchange);
  const [first = ''] = types;
  if (exchange.bodyBytes === 0 || types.some((type) => mediaTypeOf(type) === JSON_MEDIA_TYPE)) return [];
  const accepted = readingsOf(state)[READING] === 'any' ? { acceptedBy: READING } : {};
  return [{ field: CONTENT_TYPE, received: first, expected: JSON_MEDIA_TYPE, ...accepted }];
}

function sentTwice({ exchange }: Subject): readonly Evidence[] {
  const values = contentTypesOf(exchange);
  return values.length < 2 ? [] : [{ field: CONTENT_TYPE, received: values.join(', '), values }];
}
