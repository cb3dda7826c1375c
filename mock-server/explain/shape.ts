/** Which operation a JSON body is plainly made for, whatever path it came to. The document, 1.2 and 2.3. */
import type { Operation } from '../../src/protocol/operations.js';
import type { Draft } from '../engine/request.js';
import { CONTAINERS, type Container, namesIn } from './documented-fields.js';
import type { Subject } from './subject.js';

export type JsonObject = NonNullable<Draft['json']>;

/** Names that login alone has: verify writes them in another way, or not at all. */
const LOGIN_ONLY = ['msgid', 'systemtime', 'strictcheck', 'appid', 'expandparams', 'encryptionalgorithm'] as const;
// Two names may be a slip of case in a body made for verify; three are login's.
const LOGIN_ONLY_MIN = 3;
// One name may be chance.
const PART_NAMES_MIN = 2;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** undefined where it cannot be told, or where it would do for both. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const isFlat = LOGIN_ONLY.filter((name) => name in json).length >= LOGIN_ONLY_MIN;
  if (isFlat) return CONTAINERS.some((name) => name in json) ? undefined : 'loginTokenValidate';
  const isEnvelope = CONTAINERS.every((name) => isObject(json[name])) || CONTAINERS.some((name) => isPart(name, json));
  return isEnvelope ? 'tokenValidate' : undefined;
}

/** Whether one half of verify's envelope is told by what is in it. */
function isPart(container: Container, json: JsonObject): boolean {
  const sent = json[container];
  return isObject(sent) && namesIn(container).filter((name) => name in sent).length >= PART_NAMES_MIN;
}

/** The operation that the body is made for, where it is not the one that the path belongs to. */
export function otherOperationOf({ draft: { json }, exchange: { row } }: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
