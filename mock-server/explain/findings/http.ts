/** Mistakes in the path, the method and the HTTP headers; requests for interfaces that the document does not describe. The document, 1.1 and 2.2. */

import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import { OPERATIONS, operationRow } from '../../../src/protocol/operations.js';
import {
  type OtherInterface,
  type OtherInterfaceId,
  otherInterface,
  otherInterfaceAt,
} from '../../../src/protocol/other-interfaces.js';
import { readingsOf } from '../../carrier/engine/facts/situation.js';
import { CONTENT_TYPE, contentTypesOf, JSON_MEDIA_TYPE, mediaTypeOf } from '../body-kind.js';
import { otherOperationOf, shapeOf } from '../fields.js';
import { ANOTHER_REQUEST, type Evidence, type FindingRow } from '../finding.js';
import { withExchange, withHeader, withOperation } from '../repair/change.js';
import type { Subject } from '../subject.js';

const METHOD = 'POST';

export const URL_FINDINGS: readonly FindingRow[] = [
  {
    id: 'url.wrong-path',
    inLog: ['expected'],
    title: { en: 'The path is wrong', zh: '请求地址不对' },
    detail: {
      en: 'The request was sent to "{received}"; the correct path is "{expected}". The path must match exactly, including letter case and slashes.',
      zh: '请求发到了“{received}”，正确的路径是“{expected}”。路径要完全一致，大小写不同、多一个或少一个斜杠都不行。',
    },
    detect: wrongPath,
    repair: (subject) => withOperation(subject, otherOperationOf(subject) ?? subject.exchange.row.operation),
  },
  {
    id: 'url.wrong-method',
    inLog: true,
    title: { en: 'The method is wrong', zh: '请求方法不对' },
    detail: {
      en: 'The method was {received}. The carrier accepts only {expected}, with the parameters as JSON in the body.',
      zh: '请求方法是 {received}。这个接口只接受 {expected}，参数以 JSON 放在请求体里。',
    },
    detect: ({ exchange: { method } }) => (method === METHOD ? [] : [{ received: method, expected: METHOD }]),
    repair: (subject) => withExchange(subject, { method: METHOD }),
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

const READING = 'content-type';

export const HEADER_FINDINGS: readonly FindingRow[] = [
  {
    id: 'header.two-content-types',
    title: { en: 'The Content-Type was sent more than once', zh: 'Content-Type 重复发送' },
    detail: {
      en: 'The request has several Content-Type headers: {values}. This mock uses the first one. Another server may use the last one, or refuse the request. Send only one.',
      zh: '请求里有多个 Content-Type：{values}。模拟服务取第一个，其他服务端可能取最后一个，也可能拒绝。请只发送一个。',
    },
    detect: sentTwice,
    repair: withJsonType,
  },
  {
    id: 'header.content-type',
    inLog: ['expected'],
    title: { en: 'The Content-Type is not application/json', zh: 'Content-Type 不是 application/json' },
    detail: {
      en: 'The Content-Type was "{received}"; the document requires {expected}. Public clients show that JSON with another type can work, but do not rely on it. With the interpretation content-type: json, this mock refuses the request.',
      zh: 'Content-Type 是“{received}”，文档要求 {expected}。有公开客户端用别的类型发送 JSON 也能调通，但不要依赖这一点。解释口径 content-type 设为 json 时，模拟服务会拒绝这个请求。',
    },
    detect: wrongType,
    repair: withJsonType,
  },
];

function withJsonType(subject: Subject): Subject {
  return withExchange(subject, { rawHeaders: withHeader(subject.exchange, CONTENT_TYPE, JSON_MEDIA_TYPE) });
}

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

const SUCCESSOR = operationRow('loginTokenValidate');

export const INTERFACE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'interface.not-simulated',
    inLog: ['interface', 'successor', 'version', 'path'],
    title: { en: 'The request is for a different interface', zh: '请求属于另一个接口' },
    detail: {
      en: 'The request is for {interface}. This is a different interface, which the mock does not simulate. Recognised by: {recognisedBy}.',
      zh: '这个请求属于{interface}，模拟服务没有实现这个接口。识别依据：{recognisedBy}。',
    },
    addition: {
      ifPresent: 'successor',
      detail: {
        en: ' Use its successor, {successor}: flat JSON, version {version}, at {path}.',
        zh: '这个接口已由 {successor} 取代：参数都在一层 JSON 里，version 填 {version}，路径是 {path}。',
      },
    },
    // The fields of another interface are not mistakes.
    covers: [
      'url.wrong-path',
      'body.wrong-operation',
      'field.misspelt',
      'field.white-space',
      'field.missing',
      'field.malformed',
      'version.wrong',
      'encryption.unsupported',
      'token.empty',
      'sign.no-match',
      'phone.different',
    ],
    detect: (subject) => {
      const found = otherInterfaceOf(subject);
      return found === undefined ? [] : [interfaceEvidence(found)];
    },
    repair: ANOTHER_REQUEST,
  },
];

function interfaceEvidence({ id, name, recognisedBy }: RecognisedInterface): Evidence {
  const hasSuccessor = id === 'login-1.x' || id === 'login-1.2';
  const { operation: successor, version, path } = SUCCESSOR;
  return { interface: name, recognisedBy, ...(hasSuccessor && { successor, version, path }) };
}

export interface RecognisedInterface extends OtherInterface {
  /** The path, or the fields and headers that only this interface has. */
  readonly recognisedBy: readonly string[];
}

interface Recogniser {
  readonly id: OtherInterfaceId;
  /** The names that identify the interface; none for a request to another one. */
  readonly names: (json: JsonObject, subject: Subject) => readonly string[];
}

/** Header fields of the 1.x envelope that tokenValidate does not have. */
const NAMES_OF_1X = ['systemtime', 'strictcheck', 'apptype', 'sourceid', 'expandparams', 'encryptionalgorithm'];
// A single name can be a mistake.
const NAMES_MIN = 2;
const HEADERS_OF_H5 = ['interfaceversion', 'businesstype'];

const RECOGNISERS: readonly Recogniser[] = [
  { id: 'login-1.2', names: (json) => (partOf(json, 'header')['version'] === '1.2' ? namesOf1x(json) : []) },
  { id: 'login-1.x', names: namesOf1x },
  { id: 'login-3.5', names: namesOf35 },
  { id: 'verify-sm', names: namesOfSm },
  { id: 'h5-login', names: namesOfH5 },
];

/** undefined for a request to an operation, whether valid or not. */
export function otherInterfaceOf(subject: Subject): RecognisedInterface | undefined {
  const { draft, exchange } = subject;
  const { json = {} } = draft;
  for (const { id, names } of RECOGNISERS) {
    const recognisedBy = names(json, subject);
    const found = recognisedBy.length === 0 ? undefined : otherInterface(id);
    if (found !== undefined) return { ...found, recognisedBy };
  }
  const byPath = otherInterfaceAt(exchange.path);
  if (byPath === undefined || isMixedUp(byPath, json)) return undefined;
  return { ...byPath, recognisedBy: [exchange.path] };
}

/** Mixing up the two current paths produces the path of login 1.x. A body of a current operation rules out login 1.x. */
function isMixedUp({ id }: OtherInterface, json: JsonObject): boolean {
  return id === 'login-1.x' && shapeOf(json) !== undefined;
}

function namesOfSm(json: JsonObject): readonly string[] {
  const { keyType } = partOf(json, 'body');
  return keyType === '2' || keyType === 2 ? ['body/keyType'] : [];
}

function partOf(json: JsonObject, name: string): JsonObject {
  const part = json[name];
  return isObject(part) ? part : {};
}

function namesOf1x(json: JsonObject): readonly string[] {
  const header = partOf(json, 'header');
  const names = NAMES_OF_1X.filter((name) => name in header);
  return names.length < NAMES_MIN ? [] : names.map((name) => `header/${name}`);
}

function namesOf35(json: JsonObject): readonly string[] {
  return shapeOf(json) === 'loginTokenValidate' && json['version'] === '3.5' ? ['version 3.5'] : [];
}

function namesOfH5(json: JsonObject, { exchange: { rawHeaders } }: Subject): readonly string[] {
  const headers = rawHeaders.filter((name, at) => at % 2 === 0 && HEADERS_OF_H5.includes(name.toLowerCase()));
  const field = 'userInformation' in json ? ['userInformation'] : [];
  return headers.length === HEADERS_OF_H5.length || field.length > 0 ? [...headers, ...field] : [];
}
