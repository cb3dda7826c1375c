/** Which operation a JSON body is plainly made for, whatever path it came to. The document, 1.2 and 2.3. */

import { PARTS, type Part, REQUEST_FIELDS, wireNames } from '../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../src/protocol/json.js';
import type { Operation } from '../../src/protocol/operations.js';
import type { Subject } from './subject.js';

const VERIFY_NAMES: readonly string[] = REQUEST_FIELDS.tokenValidate.map(({ name }) => name);
/** Names that login alone has: verify writes them in another way, or not at all. */
const LOGIN_ONLY = wireNames('loginTokenValidate').filter((name) => !VERIFY_NAMES.includes(name));
// Two names may be a slip of case in a body made for verify; three are login's.
const LOGIN_ONLY_MIN = 3;
// One name may be chance.
const PART_NAMES_MIN = 2;

/** undefined where it cannot be told, or where it would do for both. */
export function shapeOf(json: JsonObject): Operation | undefined {
  const isFlat = LOGIN_ONLY.filter((name) => name in json).length >= LOGIN_ONLY_MIN;
  if (isFlat) return PARTS.some((name) => name in json) ? undefined : 'loginTokenValidate';
  const isEnvelope = PARTS.every((name) => isObject(json[name])) || PARTS.some((name) => isPart(name, json));
  return isEnvelope ? 'tokenValidate' : undefined;
}

/** Whether one half of verify's envelope is told by what is in it. */
function isPart(part: Part, json: JsonObject): boolean {
  const sent = json[part];
  return isObject(sent) && wireNames('tokenValidate', part).filter((name) => name in sent).length >= PART_NAMES_MIN;
}

/** The operation that the body is made for, where it is not the one that the path belongs to. */
export function otherOperationOf({ draft: { json }, exchange: { row } }: Subject): Operation | undefined {
  const shape = json && shapeOf(json);
  return shape === row.operation ? undefined : shape;
}
