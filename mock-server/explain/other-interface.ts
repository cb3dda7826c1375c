/** Requests for another interface of the carrier, recognised by path, field names or a value. */
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import {
  type OtherInterface,
  type OtherInterfaceId,
  otherInterface,
  otherInterfaceAt,
} from '../../src/protocol/other-interfaces.js';
import { shapeOf } from './shape.js';
import type { Subject } from './subject.js';

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

/** undefined for a request to the two operations, whether valid or not. */
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
