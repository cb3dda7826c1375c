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
import { ANOTHER_REQUEST, type Evidence, type FindingRow } from '../finding.js';
import { objectAt } from '../repair/change.js';
import type { Subject } from '../subject.js';

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
    instead: [
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
      return found === undefined ? [] : [interfaceEvidence(found)];
    },
    repair: ANOTHER_REQUEST,
  },
];

function interfaceEvidence(found: RecognisedInterface): Evidence {
  const { id, name, recognisedBy } = found;
  const { operation: successor, version, path } = SUCCESSOR;
  return {
    interface: name,
    recognisedBy,
    instead: insteadOf(found),
    ...(id === 'login-1.x' && { successor, version, path }),
  };
}

export interface RecognisedInterface extends OtherInterface {
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
const NAMES_OF_1X = ['systemtime', 'strictcheck', 'apptype', 'sourceid', 'expandparams', 'encryptionalgorithm'];

const RECOGNISERS: readonly Recogniser[] = [
  // It has no token, and its signature has another name.
  { id: 'sms-service', part: 'header', names: ['mac'], min: 1, unless: (json) => 'token' in objectAt(json, 'body') },
  // The envelope of 1.x, but the app is named by two fields.
  { id: 'uni-token-validate', part: 'header', names: ['id', 'idtype'], min: 2 },
  { id: 'login-1.x', part: 'header', names: NAMES_OF_1X, min: 2 },
  { id: 'verify-sm', part: 'body', names: ['keyType'], min: 1, unless: (json) => !isKeyTypeOfSm(json) },
  { id: 'h5-verify', part: 'body', names: ['userInformation'], min: 1 },
];

function isKeyTypeOfSm(json: JsonObject): boolean {
  const { keyType } = objectAt(json, 'body');
  return keyType === '2' || keyType === 2;
}

function namesIn(json: JsonObject, { part, names, min, unless }: Recogniser): readonly string[] {
  const found = names.filter((name) => name in objectAt(json, part));
  return found.length < min || unless?.(json) === true ? [] : found.map((name) => `${part}/${name}`);
}

function isLogin35(json: JsonObject): boolean {
  return shapeOf(json) === 'loginTokenValidate' && json['version'] === '3.5';
}

/** undefined for a request to one of the operations, whether valid or not. */
export function otherInterfaceOf(subject: Subject): RecognisedInterface | undefined {
  const { draft, exchange } = subject;
  const { json = {} } = draft;
  if (isLogin35(json)) return recognised('login-3.5', ['version 3.5']);
  for (const row of RECOGNISERS) {
    const names = namesIn(json, row);
    if (names.length > 0) return recognised(row.id, names);
  }
  const byPath = otherInterfaceAt(exchange.path);
  if (byPath === undefined || isMixedUp(byPath, json)) return undefined;
  return { ...byPath, recognisedBy: [exchange.path] };
}

/** Mixing up the two current paths produces the path of login 1.x. A body of a current operation rules out login 1.x. */
function isMixedUp({ id }: OtherInterface, json: JsonObject): boolean {
  return id === 'login-1.x' && shapeOf(json) !== undefined;
}

function recognised(id: OtherInterfaceId, recognisedBy: readonly string[]): RecognisedInterface | undefined {
  const found = otherInterface(id);
  return found && { ...found, recognisedBy };
}
