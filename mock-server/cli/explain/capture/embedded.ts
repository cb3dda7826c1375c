/** JSON objects inside another text such as a log line. */
import { isObject, type JsonObject } from '../../../../src/protocol/json.js';

export interface Embedded {
  readonly json: JsonObject;
  /** The JSON as it was written. */
  readonly text: string;
}

const QUOTE_IN_STRING = '\\"';

/** The objects of a text that are not inside another one. JSON inside a string of JSON is read too. */
export function embeddedObjects(text: string): readonly Embedded[] {
  const found = objectsIn(text);
  if (found.length > 0 || !text.includes(QUOTE_IN_STRING)) return found;
  return objectsIn(text.replaceAll('\\\\', '\\').replaceAll(QUOTE_IN_STRING, '"'));
}

function objectsIn(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (let at = text.indexOf('{'); at !== -1; ) {
    const end = endOfObject(text, at);
    if (end === undefined) break;
    const own = text.slice(at, end);
    const json = parsed(own);
    if (isObject(json)) found.push({ json, text: own });
    at = text.indexOf('{', end);
  }
  return found;
}

/** The position after the brace that closes the object; undefined if none does. Inside a string, a brace is no brace. */
function endOfObject(text: string, start: number): number | undefined {
  let [depth, inString] = [0, false];
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

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
