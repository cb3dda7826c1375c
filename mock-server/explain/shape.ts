/** Recognises the operation of a JSON body by its fields, not by the path. The document, 1.2 and 2.3. */

import { fieldsOf, PARTS, type Part, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Operation } from '../../src/protocol/operations.js';
import type { Subject } from './subject.js';

const VERIFY_NAMES: readonly string[] = fieldsOf('tokenValidate').map(({ name }) => name);
/** Names that only login has: verify spells them differently, or does not have them. */
const LOGIN_ONLY = wireNames('loginTokenValidate').filter((name) => !VERIFY_NAMES.includes(name));
// Two names can be case mistakes in a body for verify; three mean login.
const LOGIN_ONLY_MIN = 3;
// A single name can be a coincidence.
const PART_NAMES_MIN = 2;

/** undefined if the body fits neither operation, or both. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const isFlat = LOGIN_ONLY.filter((name) => name in json).length >= LOGIN_ONLY_MIN;
  if (isFlat) return PARTS.some((name) => name in json) ? undefined : 'loginTokenValidate';
  const isEnvelope = PARTS.every((name) => isObject(json[name])) || PARTS.some((name) => isPart(name, json));
  return isEnvelope ? 'tokenValidate' : undefined;
}

/** Whether the content identifies one half of verify's envelope. */
function isPart(part: Part, json: JsonObject): boolean {
  const sent = json[part];
  return isObject(sent) && wireNames('tokenValidate', part).filter((name) => name in sent).length >= PART_NAMES_MIN;
}

/** The operation that the body is for, if it is not the operation of the path. */
export function otherOperationOf({ draft: { json }, exchange: { row } }: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
