/** Keeps secrets out of logs: values with hidden fields, and causes of errors without secret texts. */
import { printable } from '../text/printable.js';
import { parsedJson } from '../text/shown-json.js';

const HIDDEN = '[hidden]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
// undici's errors are two deep. An error may be its own cause.
const CAUSE_DEPTH_MAX = 5;
// Shorter texts of a request are flags and versions. Removing them would garble every message.
const SCRUBBED_LENGTH_MIN = 6;
// Errors often quote only the beginning of a text. A shorter beginning reveals nothing, and may be a word.
const PREFIX_LENGTH = 12;

/**
 * Returns a frozen copy. `inspect` and JSON hide the given fields and escape the other texts, so that a logged value contains
 * no phone number. Reading a field and copying the value return the real texts.
 */
export function withHidden<T extends object>(
  value: T,
  hidden: readonly (keyof T & string)[],
  summary?: Summary,
): Readonly<T> {
  const shown = () =>
    shownValue({
      ...value,
      ...Object.fromEntries(
        hidden.filter((name) => value[name] !== undefined).map((name) => [name, HIDDEN]),
      ),
    });
  const copy = { ...value };
  Object.defineProperty(copy, 'toJSON', { value: shown });
  const inspected = (_: number, options: object) =>
    summary !== undefined && 'truncate' in options ? summary.brief : shown();
  Object.defineProperty(copy, INSPECT, { value: inspected });
  if (summary !== undefined) Object.defineProperty(copy, 'toString', { value: () => summary.line });
  return Object.freeze(copy);
}

/** A value in words. */
export interface Summary {
  /** The text of `String(value)`. */
  readonly line: string;
  /** Fewer than 40 characters: of a longer text, the messages of Vitest and Chai, which set `truncate`, show nothing. */
  readonly brief: string;
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [shownText(name), shownValue(field)]),
  );
}

interface ErrorParts {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/**
 * Copies an error for use as a cause: its name, message and code, and those of its causes. Secret texts and their beginnings
 * are removed. The rest is shortened and escaped, because a peer may have chosen it. Other properties are dropped, because
 * they may contain anything: undici's parser error contains the response.
 */
export function scrubbedCause(
  error: unknown,
  secrets: readonly string[],
  depth = CAUSE_DEPTH_MAX,
): unknown {
  const scrub = (text: unknown) => shownText(secrets.reduce(removeSecret, String(text)));
  if (typeof error === 'string') return scrub(error);
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, message, code, cause }: ErrorParts = error;
  const inner = depth > 0 ? scrubbedCause(cause, secrets, depth - 1) : undefined;
  const copy = new Error(scrub(message ?? ''), inner === undefined ? {} : { cause: inner });
  // The stack of the copy would show where it was copied.
  Object.defineProperty(copy, 'stack', { value: `${scrub(name)}: ${copy.message}` });
  return Object.assign(copy, { name: scrub(name) }, code !== undefined && { code: scrub(code) });
}

/** Removes a secret, complete or cut off after its beginning. */
function removeSecret(text: string, secret: string): string {
  const rest = text.replaceAll(secret, HIDDEN);
  if (secret.length <= PREFIX_LENGTH) return rest;
  const remainder = secret.slice(PREFIX_LENGTH);
  const [before = '', ...parts] = rest.split(secret.slice(0, PREFIX_LENGTH));
  return [before, ...parts.map((part) => part.slice(commonPrefixLength(part, remainder)))].join(
    HIDDEN,
  );
}

function commonPrefixLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** A request's texts that an error must not quote: the whole body, then its values, longest first. */
export function secretsOf({
  body,
  msgId,
}: {
  readonly body: string;
  readonly msgId: string;
}): readonly string[] {
  const texts = leavesOf(parsedJson(body)).filter(
    (text) => text.length >= SCRUBBED_LENGTH_MIN && text !== msgId,
  );
  return [body, ...texts.toSorted((a, b) => b.length - a.length)].filter((text) => text !== '');
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

// The carrier's texts have about twenty characters.
const LENGTH_MAX = 200;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Escapes characters instead of removing them, so that an unknown code cannot become a known one. */
export function shownText(text: string): string {
  // One character more than fits is enough, because escapes only lengthen the text.
  const shown = printable(text.slice(0, LENGTH_MAX + 1));
  return shown.length <= LENGTH_MAX
    ? shown
    : `${shown.slice(0, LENGTH_MAX - 1).replace(HALF_AT_END, '')}…`;
}
