/** Requests for interfaces of the carrier that the document does not describe. */
import type { JsonObject } from '../../../src/protocol/json.js';
import { operationRow } from '../../../src/protocol/operations.js';
import {
  insteadOf,
  type OtherInterface,
  type OtherInterfaceId,
  otherInterface,
  otherInterfaceAt,
} from '../../../src/protocol/other-interfaces.js';
import { shapeOf } from '../fields.js';
import { ANOTHER_REQUEST, type FindingRow } from '../finding.js';
import { objectAt } from '../repair/change.js';
import type { Subject } from '../subject.js';

export const INTERFACE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'interface.not-simulated',
    explains: [
      'urlRight',
      'bodyReadable',
      'tokenPresent',
      'parametersValid',
      'appKnown',
      'signValid',
      'phoneNumReadable',
      'numberMatches',
    ],
    inLog: ['interface', 'successor', 'version', 'path'],
    title: { en: 'The request is for a different interface', zh: '请求属于另一个接口' },
    detail: {
      en: 'The request is for {interface}. This is a different interface, which the mock does not simulate. Recognised by: {recognisedBy}.',
      zh: '这个请求属于{interface}，模拟服务没有实现这个接口。识别依据：{recognisedBy}。',
    },
    instead: [
      {
        ifPresent: 'advice',
        detail: {
          en: 'The request is for {interface}. The mock does not simulate it: {advice}.',
          zh: '这个请求属于{interface}，模拟服务没有实现它：{advice}。',
        },
      },
      {
        ifPresent: 'instead',
        detail: {
          en: 'The request is for {interface}. This is a different interface, which the mock does not simulate. Recognised by: {recognisedBy}. Instead, call POST {instead}.',
          zh: '这个请求属于{interface}，模拟服务没有实现这个接口。识别依据：{recognisedBy}。请改为调用 POST {instead}。',
        },
      },
    ],
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
      if (found === undefined) return [];
      const { operation: successor, version, path } = operationRow('loginTokenValidate');
      const more = found.id === 'login-1.x' && { successor, version, path };
      const { name, recognisedBy, advice } = found;
      return [{ interface: name, recognisedBy, advice, instead: insteadOf(found), ...more }];
    },
    repair: ANOTHER_REQUEST,
  },
];

interface RecognisedInterface extends OtherInterface {
  /** The path, or the fields and headers that only this interface has. */
  readonly recognisedBy: readonly string[];
}

interface Recogniser {
  readonly id: OtherInterfaceId;
  /** Where only this interface has these names. */
  readonly part: 'header' | 'body';
  readonly names: readonly string[];
  /** How many of them identify it: a single name can be a mistake. */
  readonly min: number;
  readonly unless?: (json: JsonObject) => boolean;
}

/** Header fields of the 1.x envelope that tokenValidate does not have. */
const NAMES_OF_1X = [
  'systemtime',
  'strictcheck',
  'apptype',
  'sourceid',
  'expandparams',
  'encryptionalgorithm',
];

const RECOGNISERS: readonly Recogniser[] = [
  // It has no token, and its signature has another name.
  {
    id: 'sms-service',
    part: 'header',
    names: ['mac'],
    min: 1,
    unless: (json) => 'token' in objectAt(json, 'body'),
  },
  // The envelope of 1.x, but the app is named by two fields.
  { id: 'uni-token-validate', part: 'header', names: ['id', 'idtype'], min: 2 },
  { id: 'login-1.x', part: 'header', names: NAMES_OF_1X, min: 2 },
  {
    id: 'verify-sm',
    part: 'body',
    names: ['keyType'],
    min: 1,
    unless: (json) => ![2, '2'].some((type) => objectAt(json, 'body')['keyType'] === type),
  },
  { id: 'h5-verify', part: 'body', names: ['userInformation'], min: 1 },
];

/** undefined for a request to one of the operations, whether valid or not. */
function otherInterfaceOf({
  draft: { json = {} },
  exchange: { path },
}: Subject): RecognisedInterface | undefined {
  return recognisedByBody(json) ?? recognisedByPath(path, json);
}

function recognisedByBody(json: JsonObject): RecognisedInterface | undefined {
  if (shapeOf(json) === 'loginTokenValidate' && json['version'] === '3.5')
    return recognised('login-3.5', ['version 3.5']);
  for (const { id, part, names, min, unless } of RECOGNISERS) {
    const found = names.filter((name) => name in objectAt(json, part));
    const pointers = found.map((name) => `${part}/${name}`);
    if (found.length >= min && unless?.(json) !== true) return recognised(id, pointers);
  }
  return undefined;
}

function recognisedByPath(path: string, json: JsonObject): RecognisedInterface | undefined {
  const found = otherInterfaceAt(path);
  // Mixing up the two current paths produces the path of login 1.x. A body of a current operation rules out login 1.x.
  const isMixedUp = found?.id === 'login-1.x' && shapeOf(json) !== undefined;
  return found === undefined || isMixedUp ? undefined : { ...found, recognisedBy: [path] };
}

function recognised(
  id: OtherInterfaceId,
  recognisedBy: readonly string[],
): RecognisedInterface | undefined {
  const found = otherInterface(id);
  return found && { ...found, recognisedBy };
}
