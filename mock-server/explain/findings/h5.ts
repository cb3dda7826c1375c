/** Mistakes that only h5TokenValidate knows: fields in the wrong place, a changed userInformation, the signature of the page. From public material. */
import { fieldsOf, signingsOf, wireName, wireNames } from '../../../src/protocol/fields.js';
import { md5Hex, upperHex } from '../../../src/protocol/sign.js';
import { urlDecoded } from '../../../src/text/url-decoded.js';
import { numbersAsTexts } from '../../carrier/engine/request.js';
import type { FindingRow } from '../finding.js';
import { withExpected, withJson, withNamed, without } from '../repair/change.js';
import type { Subject } from '../subject.js';
import { knownToken } from '../token.js';
import { CALCULATED } from './sign.js';

const FIELD = 'userInformation';

export const MISPLACED_FINDINGS: readonly FindingRow[] = [
  {
    id: 'header.in-body',
    explains: ['parametersValid'],
    inLog: true,
    title: { en: 'HTTP headers were put into the body', zh: 'HTTP 头里的参数放进了请求体' },
    detail: {
      en: 'The body has {fields}. The carrier reads them only as HTTP headers of the request, so they count as missing.',
      zh: '请求体里有 {fields}。移动认证平台只从 HTTP 请求头里读这些参数，放进请求体等于没有传。',
    },
    covers: ['field.missing', 'field.misspelt'],
    detect: (subject) => {
      const fields = misplaced(subject);
      return fields.length === 0 ? [] : [{ fields }];
    },
    repair: (subject) => {
      const texts = numbersAsTexts(subject.exchange);
      return misplaced(subject).reduce((changed, name) => {
        const moved = withJson(changed, (json) => without(json, name));
        return withNamed(moved, name, String(texts?.[name]));
      }, subject);
    },
  },
];

/** Also found if another field of the headers is missing altogether. */
function misplaced({ request, draft: { json = {} } }: Subject): readonly string[] {
  const inBody = wireNames(request.operation);
  const ofHeaders = fieldsOf(request.operation).filter(({ location }) => location === 'httpHeader');
  return ofHeaders
    .filter(
      ({ name, property }) =>
        name in json && !inBody.includes(name) && request[property] === undefined,
    )
    .map(({ name }) => name);
}

export const USER_INFORMATION_FINDINGS: readonly FindingRow[] = [
  {
    id: 'user-information.decoded',
    explains: ['userInformationRight'],
    title: {
      en: 'userInformation was URL-decoded or encoded again',
      zh: 'userInformation 做过 URL 解码，或又编码了一次',
    },
    detail: {
      en: 'userInformation was {received}; the SDK returned {expected} with the token. The carrier compares both byte for byte. A web framework decodes the values of forms and addresses: let the page send it as JSON, and pass it on unchanged.',
      zh: 'userInformation 的值是 {received}，而 SDK 和 token 一起返回的是 {expected}。移动认证平台逐字节比较。Web 框架读表单和地址参数时会做 URL 解码：请让页面用 JSON 传，后端原样转发。',
    },
    detect: (subject) =>
      differences(subject).filter(({ received, expected }) => isCodingOf(received, expected)),
    repair: withExpected,
  },
  {
    id: 'user-information.different',
    explains: ['userInformationRight'],
    title: {
      en: 'userInformation does not belong to the token',
      zh: 'userInformation 与 token 不是一起取的',
    },
    detail: {
      en: 'userInformation was {received}; the SDK returned {expected} with the token. Send the two values of one call of getTokenInfo. In this mock, the response that issues a token has its userInformation.',
      zh: 'userInformation 的值是 {received}，而 SDK 和 token 一起返回的是 {expected}。两个值要来自同一次 getTokenInfo。在模拟服务里，签发 token 的响应带有它的 userInformation。',
    },
    detect: (subject) =>
      differences(subject).filter(({ received, expected }) => !isCodingOf(received, expected)),
    repair: withExpected,
  },
];

function differences(subject: Subject) {
  const { userInformation: received = '' } = subject.request;
  const { userInformation: expected } = knownToken(subject)?.record ?? {};
  return expected === undefined || received === '' || received === expected
    ? []
    : [{ field: FIELD, received, expected }];
}

function isCodingOf(received: string, expected: string): boolean {
  return (
    received === encodeURIComponent(expected) ||
    encodeURIComponent(received) === encodeURIComponent(urlDecoded(expected))
  );
}

export const PAGE_SIGN_FINDINGS: readonly FindingRow[] = [
  {
    id: 'sign.of-the-page',
    inLog: true,
    title: { en: 'The signature is that of the page', zh: '签名是页面取 token 用的那一个' },
    detail: {
      en: 'The signature is the MD5 that the page gives to its SDK: appId + businessType + msgId + timestamp + traceId + version + appkey. This request takes {due} over {fields}, in hex.',
      zh: '签名是页面传给 SDK 的 MD5（appId + businessType + msgId + timestamp + traceId + version + appkey）。这个请求要用 {due} 对 {fields} 签名，再做 hex 编码。',
    },
    detect: ({ request, state: { app }, exchange: { row } }) => {
      if (row.operation !== 'h5TokenValidate' || app === undefined) return [];
      const {
        appId = '',
        businessType = '',
        msgId = '',
        sentAt = '',
        version = '',
        sign: received = '',
      } = request;
      // msgId is the traceId.
      const text = appId + businessType + msgId + sentAt + msgId + version + app.settings.appKey;
      if (upperHex(received) !== md5Hex(text)) return [];
      const [{ algorithm: due, fields }] = signingsOf(row.operation);
      return [
        {
          field: 'sign',
          received,
          due,
          fields: fields.map((property) => wireName(row.operation, property)),
        },
      ];
    },
    ...CALCULATED,
  },
];
