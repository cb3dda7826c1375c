/** What a text says around its requests: the address of each, and the carrier's response to it. */
import { OPERATIONS, operationUnder } from '../../../../src/protocol/operations.js';
import { type Capture, RESULT_CODE } from './capture.js';

/** A request with its place in a text. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly capture: Capture;
}

type Address = Pick<Capture, 'method' | 'path' | 'query'>;

const PREFIXES = OPERATIONS.map(({ prefix }) => prefix.replaceAll('/', '')).join('|');
const ADDRESS = new RegExp(
  String.raw`(?:\b([A-Z]{3,7}) {1,9})?(?:https?:/{2}([\w.:-]{1,99}))?(?<![\w.-])(/(?:${PREFIXES})/[\w/.-]{1,99})(?:\?([^\s"'\\<>]{0,999}))?`,
  'g',
);

/** For each request the nearest address before it; without one, the first after it. */
export function addressesIn(text: string, requests: readonly Placed[]): readonly Address[] {
  const found = [...text.matchAll(ADDRESS)].flatMap((match) => {
    const [, method, , path = '', query] = match;
    return operationUnder(path) === undefined ? [] : [{ at: match.index, method, path, query }];
  });
  let next = 0;
  return requests.map(({ start }) => {
    while (found[next + 1] !== undefined && (found[next + 1]?.at ?? 0) < start) next += 1;
    const nearest = found[next];
    if (nearest === undefined) return {};
    const { method, path, query } = nearest;
    return { ...(method !== undefined && { method }), path, ...(query !== undefined && { query }) };
  });
}

// A response has some 300 characters.
const RESPONSE_LENGTH = 400;
/** The field of a response that repeats the msgid of its request. */
const RESPONSE_TO =
  /\b(?:inresponseto|msgid)(?:\\{0,9}["'])?\s{0,9}[:=]\s{0,9}(?:\\{0,9}["'])?([\w-]{1,64})/i;
const MSG_ID = /"msgid"\s{0,9}:\s{0,9}"([^"\\]{1,64})"/i;

export function msgIdOf({ body }: Capture): string | undefined {
  return MSG_ID.exec(body)?.[1];
}

/** The result code for each request: of the response with its msgid; without msgids, of the first response after it. */
export function codesIn(
  text: string,
  requests: readonly Placed[],
): readonly (string | undefined)[] {
  const codes: (string | undefined)[] = requests.map(() => undefined);
  const byMsgId = new Map(requests.map(({ capture }, at) => [msgIdOf(capture), at]));
  let before = -1;
  for (const { index, 1: code } of text.matchAll(new RegExp(RESULT_CODE, 'gi'))) {
    while (startOf(requests[before + 1], text) < index) before += 1;
    const from = endOf(requests[before]);
    // The code inside a request is of its own description.
    if (index < from) continue;
    const id = idNear(text, { index, from, to: startOf(requests[before + 1], text) });
    codes[byMsgId.get(id) ?? Math.max(before, 0)] ??= code;
  }
  return codes;
}

function startOf(request: Placed | undefined, text: string): number {
  return request?.start ?? text.length;
}

function endOf(request: Placed | undefined): number {
  return request?.end ?? 0;
}

/** The msgid in the object that has a code; without brackets, in its line. */
function idNear(
  text: string,
  { index, from, to }: { readonly index: number; readonly from: number; readonly to: number },
): string | undefined {
  const before = text.slice(Math.max(index - RESPONSE_LENGTH, from), index);
  const after = text.slice(index, Math.min(index + RESPONSE_LENGTH, to));
  const start = Math.max(before.lastIndexOf('{'), before.lastIndexOf('('));
  const end = after.search(/[})]/);
  const object =
    start === -1 || end === -1
      ? before.slice(before.lastIndexOf('\n') + 1) + (after.split('\n', 1)[0] ?? '')
      : before.slice(start) + after.slice(0, end);
  return RESPONSE_TO.exec(object)?.[1];
}
