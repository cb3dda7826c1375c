/** Edits the JSON of a body, and keeps every number as it was written: 17 digits do not fit into a JavaScript number. */
import type { JsonObject } from '../../../src/protocol/json.js';
import { parseBody, STRING_OR_NUMBER } from '../../carrier/engine/request.js';

// JSON has it only as an escape, so no other text begins with it.
const NUMBER = '\\u0000';
const MARKED = /"\\u0000([^"]*)"/g;

/** undefined if the body is not one JSON object, or too deep to be written. */
export function editJson(body: string, edit: (json: JsonObject) => JsonObject): string | undefined {
  const marked = body.replace(STRING_OR_NUMBER, (found) => (found.startsWith('"') ? found : `"${NUMBER}${found}"`));
  const json = parseBody({ body: marked, bodyBytes: 0 });
  return json && written(edit(json))?.replace(MARKED, '$1');
}

function written(json: JsonObject): string | undefined {
  try {
    return JSON.stringify(json);
  } catch {
    // Thousands of nested lists, which JSON.parse reads, are too deep for JSON.stringify.
    return undefined;
  }
}
