/** The JSON texts that a client may have signed instead of the values: its body without the signature. */
import { fieldsOf } from '../../../src/protocol/fields.js';
import { isObject, type JsonObject } from '../../../src/protocol/json.js';
import type { Subject } from '../subject.js';

export function jsonTexts({ draft: { json = {} }, request: { operation } }: Subject) {
  const { location = '' } = fieldsOf(operation).find(({ property }) => property === 'sign') ?? {};
  const inPart = json[location];
  const unsigned = isObject(inPart)
    ? { ...json, [location]: withoutSign(inPart) }
    : withoutSign(json);
  const texts = [unsigned, sorted(unsigned)].flatMap((one) => [JSON.stringify(one), spaced(one)]);
  return [...new Set(texts)];
}

function withoutSign(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([name]) => name !== 'sign'));
}

/** With the names of each object in order, like Java's TreeMap. */
function sorted(json: JsonObject): JsonObject {
  const names = Object.keys(json).sort();
  return Object.fromEntries(
    names.map((name) => {
      const value = json[name];
      return [name, isObject(value) ? sorted(value) : value];
    }),
  );
}

/** With the spaces of Python's json.dumps. */
function spaced(json: JsonObject): string {
  return JSON.stringify(json, undefined, 1)
    .replace(/,\n\s*/g, ', ')
    .replace(/\n\s*/g, '');
}
