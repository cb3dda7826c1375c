/** Mistakes in the path and the method. The document, 1.1 and 2.2. */
import { OPERATIONS } from '../../../src/protocol/operations.js';
import type { Evidence, FindingRow } from '../finding.js';
import { otherOperationOf } from '../shape.js';
import type { Subject } from '../subject.js';

const METHOD = 'POST';

export const URL_FINDINGS: readonly FindingRow[] = [
  {
    id: 'url.wrong-path',
    inLog: ['expected'],
    explains: ['urlRight'],
    title: { en: 'The path is wrong', zh: '请求地址不对' },
    detail: {
      en: 'The request was sent to "{received}"; the correct path is "{expected}". The path must match exactly, including letter case and slashes.',
      zh: '请求发到了“{received}”，正确的路径是“{expected}”。路径要完全一致，大小写不同、多一个或少一个斜杠都不行。',
    },
    detect: wrongPath,
  },
  {
    id: 'url.wrong-method',
    inLog: true,
    explains: ['urlRight'],
    title: { en: 'The method is wrong', zh: '请求方法不对' },
    detail: {
      en: 'The method was {received}. The carrier accepts only {expected}, with the parameters as JSON in the body.',
      zh: '请求方法是 {received}。这个接口只接受 {expected}，参数以 JSON 放在请求体里。',
    },
    detect: ({ exchange: { method } }) => (method === METHOD ? [] : [{ received: method, expected: METHOD }]),
  },
];

/** The right path is that of the operation that the body is for. If that is unclear, the prefix of the path decides. */
function wrongPath(subject: Subject): readonly Evidence[] {
  const { exchange } = subject;
  if (exchange.path === exchange.row.path) return [];
  const operation = otherOperationOf(subject) ?? exchange.row.operation;
  const { path = exchange.row.path } = OPERATIONS.find((row) => row.operation === operation) ?? {};
  return [{ received: exchange.path, expected: path }];
}
