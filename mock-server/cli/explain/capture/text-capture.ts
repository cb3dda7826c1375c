/** Reads the requests in any text: undoes what wrapped it, finds the fields of an operation, and makes the body that they had. */
import { type Part, partsOf, wireNames } from '../../../../src/protocol/fields.js';
import { isObject, parseJson } from '../../../../src/protocol/json.js';
import { OPERATIONS, type Operation } from '../../../../src/protocol/operations.js';
import type { Bilingual } from '../../../../src/text/bilingual.js';
import { addressesIn, codesIn, type Placed } from './around-requests.js';
import type { Capture } from './capture.js';
import { fieldMeant } from './known-names.js';
import { rebuiltRequest } from './rebuilt-request.js';
import { type Holder, scanText, type TextField } from './text-fields.js';
import {
  LINE_BREAKS,
  LINE_PREFIX,
  WRAPPINGS,
  type Wrapping,
  withoutLinePrefix,
} from './wrappings.js';

/** Reads an object of a text that describes requests: a record, an entry of a HAR file, a log line with method and body. */
export type ReadObject = (text: string) => readonly Capture[];

// A text is wrapped a few times: by JSON in JSON in a log in a page.
const WRAPPINGS_MAX = 8;

export interface TextInputs {
  readonly readObject: ReadObject;
  /** The text may be what was sent: then an object of JSON with a mistake stays as it is. */
  readonly isOriginal: boolean;
}

/** In the order of the text. Empty for a text without the fields of an operation. */
export function readText(text: string, { readObject, isOriginal }: TextInputs): readonly Capture[] {
  let unwrapped = text;
  const undone: Bilingual[] = [];
  for (let left = WRAPPINGS_MAX; left >= 0; left -= 1) {
    const found = requestsIn(unwrapped, {
      readObject,
      isOriginal: isOriginal && undone.length === 0,
    });
    if (found.length > 0)
      return undone.length === 0 ? found : found.map((one) => withUndone(one, undone));
    const wrapping = WRAPPINGS.find((one) => isUndone(one, unwrapped));
    if (wrapping === undefined) return [];
    unwrapped = wrapping.undo(unwrapped);
    if (!undone.includes(wrapping.words)) undone.push(wrapping.words);
  }
  return [];
}

function isUndone({ shows, undo }: Wrapping, text: string): boolean {
  return shows.test(text) && undo(text) !== text;
}

function withUndone(capture: Capture, undone: readonly Bilingual[]): Capture {
  return { ...capture, undone: [...undone, ...(capture.undone ?? [])] };
}

function requestsIn(text: string, { readObject, isOriginal }: TextInputs): readonly Capture[] {
  const { holders, objects } = scanText(text);
  const described = objects.flatMap(([start, end]) =>
    readObject(text.slice(start, end)).map((capture): Placed => ({ start, end, capture })),
  );
  const isOther = ({ start }: Holder) =>
    described.every((one) => start < one.start || start >= one.end);
  const dumped = holders.flatMap((holder) => (isOther(holder) ? requestIn(text, holder) : []));
  const found = [...described, ...dumped].toSorted((a, b) => a.start - b.start);
  const [only, more] = found;
  if (isOriginal && only !== undefined && more === undefined && isSent(text, only))
    return [{ body: text }];
  return withSurroundings(text, found);
}

const JSON_START = /^\{\s*"/;
const AFTER_JSON = /^[\s,;)}\]]*$/;

/** A form alone, as a client sends one by mistake. */
const FORM = /^\w+=[^&\s]*(?:&\w+=[^&\s]*)+\s*$/;

/** JSON with nothing around it but a few marks, or a form: the client's mistake, not a program that shows a request. */
function isSent(text: string, { start, end, capture }: Placed): boolean {
  if (FORM.test(text)) return true;
  const isAlone = start === 0 && JSON_START.test(text) && AFTER_JSON.test(text.slice(end));
  return isAlone && capture.cutOff === undefined && capture.undone === undefined;
}

/** With the address and the response that the text has for each of them. */
function withSurroundings(text: string, found: readonly Placed[]): readonly Capture[] {
  if (found.length === 0) return [];
  const addresses = addressesIn(text, found);
  const codes = codesIn(text, found);
  return found.map(({ capture }, at) => {
    const answered = capture.answered ?? codes[at];
    const addressed = capture.path === undefined ? { ...capture, ...addresses[at] } : capture;
    return answered === undefined ? addressed : { ...addressed, answered };
  });
}

// A log has some of the names by chance.
const NAMES_MIN = 3;

/** None, one, or if the holder has two parts that are requests by themselves, one for each. */
function requestIn(text: string, holder: Holder): readonly Placed[] {
  const best = bestOperation(holder);
  if (best !== undefined) {
    const capture = captureOf(text, holder, best);
    return [{ start: holder.start, end: holder.end ?? text.length, capture }];
  }
  return holder.parts.flatMap(([, part]) => requestIn(text, part));
}

/** The operation with the most names of the holder. The first of equal ones. */
function bestOperation(holder: Holder): Operation | undefined {
  const [best] = OPERATIONS.map(({ operation }) => ({
    operation,
    count: namesOf(holder, operation),
  }))
    .filter(({ count }) => count >= NAMES_MIN)
    .toSorted((a, b) => b.count - a.count);
  return best?.operation;
}

/** Of an operation with parts, the names must be in them, unless the text has none. */
function namesOf(holder: Holder, operation: Operation): number {
  const parts = partsOf(operation);
  if (parts.length === 0 || holder.parts.length === 0)
    return holder.fields.filter(({ name }) => fieldMeant(operation, name) !== undefined).length;
  const inParts = parts.flatMap((part) =>
    fieldsOfPart(holder, part).filter(({ name }) => fieldMeant(operation, name)?.location === part),
  );
  return inParts.length;
}

function fieldsOfPart({ fields, parts }: Holder, part: Part): readonly TextField[] {
  const inside = parts.flatMap(([name, holder]) => (name === part ? holder.fields : []));
  return [...inside, ...fields.filter((field) => field.part === part)];
}

function captureOf(text: string, holder: Holder, operation: Operation): Capture {
  const own = holder.isSplit || holder.bracket !== '{' ? '' : text.slice(holder.start, holder.end);
  if (isObject(parseJson(own))) return { body: own };
  const withoutBreaks = own.replace(LINE_BREAK, '');
  if (isObject(parseJson(withoutBreaks))) return { body: withoutBreaks, undone: [LINE_BREAKS] };
  const withoutPrefix = own.includes('\n') ? withoutLinePrefix(own) : undefined;
  if (withoutPrefix !== undefined && isObject(parseJson(withoutPrefix)))
    return { body: withoutPrefix, undone: [LINE_PREFIX] };
  const cutOff = cutOffIn(holder, operation);
  return { ...rebuiltRequest(text, holder, operation), ...(cutOff !== undefined && { cutOff }) };
}

/** A terminal or a mail program breaks long lines; a shell continues them after a backslash. */
const LINE_BREAK = /\\?\r?\n/g;

/** The last field of a text that ends before its object does, if the operation needs more fields. */
function cutOffIn(holder: Holder, operation: Operation): string | undefined {
  const all = allFields(holder);
  const last = all.at(-1);
  const isEnded = holder.bracket === '' || holder.end !== undefined;
  if (last === undefined || (isEnded && !(last.isOpen && last.quote !== ''))) return undefined;
  const required = wireNames(operation, partsOf(operation).length === 0 ? 'topLevel' : 'body');
  const isComplete = required.includes('sign') && all.some(({ name }) => /^sign$/i.test(name));
  return isComplete && !last.isOpen ? undefined : last.name;
}

function allFields(holder: Holder): readonly TextField[] {
  return [...holder.fields, ...holder.parts.flatMap(([, { fields }]) => fields)];
}
