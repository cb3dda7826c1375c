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
  /** The names that identify the interface; none for a request to another one. */
  readonly names: (json: JsonObject) => readonly string[];
}

/** Header fields of the 1.x envelope that tokenValidate does not have. */
const NAMES_OF_1X = ['systemtime', 'strictcheck', 'apptype', 'sourceid', 'expandparams', 'encryptionalgorithm'];
// A single name can be a mistake.
const NAMES_MIN = 2;
const NAMES_OF_UNI = ['id', 'idtype'];
const FIELD_OF_H5 = 'userInformation';

const RECOGNISERS: readonly Recogniser[] = [
  { id: 'sms-service', names: namesOfSms },
  { id: 'uni-token-validate', names: namesOfUni },
  { id: 'login-1.x', names: namesOf1x },
  { id: 'login-3.5', names: namesOf35 },
  { id: 'verify-sm', names: namesOfSm },
  { id: 'h5-verify', names: (json) => (FIELD_OF_H5 in objectAt(json, 'body') ? [`body/${FIELD_OF_H5}`] : []) },
];

/** undefined for a request to one of the operations, whether valid or not. */
export function otherInterfaceOf(subject: Subject): RecognisedInterface | undefined {
  const { draft, exchange } = subject;
  const { json = {} } = draft;
  for (const { id, names } of RECOGNISERS) {
    const recognisedBy = names(json);
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
  const { keyType } = objectAt(json, 'body');
  return keyType === '2' || keyType === 2 ? ['body/keyType'] : [];
}

/** It has no token, and its signature has another name. */
function namesOfSms(json: JsonObject): readonly string[] {
  return 'mac' in objectAt(json, 'header') && !('token' in objectAt(json, 'body')) ? ['header/mac'] : [];
}

/** The envelope of 1.x, but the app is named by two fields. */
function namesOfUni(json: JsonObject): readonly string[] {
  const header = objectAt(json, 'header');
  return NAMES_OF_UNI.every((name) => name in header) ? NAMES_OF_UNI.map((name) => `header/${name}`) : [];
}

function namesOf1x(json: JsonObject): readonly string[] {
  const header = objectAt(json, 'header');
  const names = NAMES_OF_1X.filter((name) => name in header);
  return names.length < NAMES_MIN ? [] : names.map((name) => `header/${name}`);
}

function namesOf35(json: JsonObject): readonly string[] {
  return shapeOf(json) === 'loginTokenValidate' && json['version'] === '3.5' ? ['version 3.5'] : [];
}
