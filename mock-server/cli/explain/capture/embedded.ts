/** JSON objects, and the texts of maps, inside another text such as a log line. */
import { isObject, type JsonObject, parseJson } from '../../../../src/protocol/json.js';

export interface Embedded {
  readonly json: JsonObject;
  /** The JSON as it was written; for a map, JSON with its values. */
  readonly text: string;
  readonly fromMap: boolean;
}

/** The objects of a text that are not inside another one. JSON inside a string of JSON is read too. */
export function embeddedObjects(text: string): readonly Embedded[] {
  const found = objectsIn(text);
  if (found.length > 0 || !text.includes('\\"')) return found;
  return objectsIn(text.replaceAll('\\\\', '\\').replaceAll('\\"', '"'));
}

function objectsIn(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (let at = text.indexOf('{'); at !== -1; ) {
    const end = endOfObject(text, at);
    if (end === undefined) break;
    const own = text.slice(at, end);
    const json = parseJson(own);
    const map = isObject(json) ? undefined : mapOf(own);
    if (isObject(json)) found.push({ json, text: own, fromMap: false });
    if (map !== undefined) found.push({ json: map, text: JSON.stringify(map), fromMap: true });
    at = text.indexOf('{', end);
  }
  return found;
}

/** The position after the brace that closes the object; undefined if none does. Inside a string, a brace is no brace. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else inString = character !== '"' && character !== '\n';
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

const ENTRY_OR_BRACE = /(?:^|, )([A-Za-z]\w*)=|[{}]/g;

/** The entries of Java's Map.toString(): `{version=2.0, body={token=x}}`. undefined for another text. */
function mapOf(text: string, mayNest = true): JsonObject | undefined {
  const inner = text.slice(1, -1);
  const starts = entryStarts(inner);
  if (starts[0]?.index !== 0) return undefined;
  const entries = starts.map(({ name, from }, at) => {
    const value = inner.slice(from, starts[at + 1]?.index);
    const map = mayNest && isBraced(value) ? mapOf(value, false) : undefined;
    return [name, map ?? value];
  });
  return Object.fromEntries(entries);
}

function isBraced(text: string): boolean {
  return text.startsWith('{') && text.endsWith('}');
}

interface EntryStart {
  readonly name: string;
  readonly index: number;
  /** The position of the value. */
  readonly from: number;
}

/** The entries that are not inside another map. */
function entryStarts(inner: string): readonly EntryStart[] {
  const starts: EntryStart[] = [];
  let depth = 0;
  for (const { 0: found, 1: name, index } of inner.matchAll(ENTRY_OR_BRACE)) {
    if (found === '{') depth += 1;
    else if (found === '}') depth -= 1;
    else if (depth === 0 && name !== undefined)
      starts.push({ name, index, from: index + found.length });
  }
  return starts;
}
