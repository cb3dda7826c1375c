/** Keeps secrets out of logs: values with hidden fields, and causes of errors without secret texts. */

const HIDDEN = '[hidden]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
// An answer has ten fields; its expandParams may have any number.
const FIELDS_SHOWN_MAX = 50;
// Node's stacks have ten calls, each with the path of a file.
const STACK_LINES_MAX = 50;
const STACK_LINE_LENGTH_MAX = 1000;
// undici's errors are two deep, those of happy eyeballs three.
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
      ...Object.fromEntries(hidden.filter((name) => value[name] !== undefined).map((name) => [name, HIDDEN])),
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
  const fields = Object.entries(value).slice(0, FIELDS_SHOWN_MAX);
  return Object.fromEntries(fields.map(([name, field]) => [shownText(name), shownValue(field)]));
}

/**
 * Copies an error for use as a cause: its name, message, code and stack, and those of its causes. Secret texts and their
 * beginnings are removed. The rest is shortened and escaped, because a peer may have chosen it. Other properties are dropped,
 * because they may contain anything: undici's parser error contains the response.
 */
export function scrubbedCause(error: unknown, secrets: readonly string[], depth = CAUSE_DEPTH_MAX): unknown {
  try {
    return scrubbed(error, secrets, depth);
  } catch {
    // A property of the error threw.
    return undefined;
  }
}

function scrubbed(error: unknown, secrets: readonly string[], depth: number): unknown {
  if (typeof error === 'string') return scrub(error, secrets);
  if (typeof error !== 'object' || error === null) return undefined;
  const { message, cause, errors, ...rest } = ownAndInherited(error);
  const inner = (each: unknown) => (depth > 0 ? scrubbedCause(each, secrets, depth - 1) : undefined);
  const copy = new Error(scrub(message, secrets), cause === undefined ? {} : { cause: inner(cause) });
  for (const [field, value] of Object.entries(rest)) {
    if (typeof value === 'string')
      define(copy, field, field === 'stack' ? scrubLines(value, secrets) : scrub(value, secrets));
  }
  if (Array.isArray(errors)) define(copy, 'errors', errors.map(inner));
  return copy;
}

function ownAndInherited(error: object) {
  const { name, message, code, syscall, stack, cause, errors } = error as Readonly<Record<string, unknown>>;
  return { name, message, code, syscall, stack, cause, errors };
}

/** `inspect` shows `code` and `syscall` only if they are enumerable; the other fields are shown anyway. */
function define(error: Error, field: string, value: unknown): void {
  const enumerable = field === 'code' || field === 'syscall';
  Object.defineProperty(error, field, { value, enumerable, configurable: true, writable: true });
}

function scrub(text: unknown, secrets: readonly string[]): string {
  return typeof text !== 'string' ? '' : shownText(secrets.reduce(removeSecret, text));
}

/** Removes secrets before splitting, because a secret may span several lines. */
function scrubLines(stack: string, secrets: readonly string[]): string {
  const lines = secrets.reduce(removeSecret, stack).split('\n').slice(0, STACK_LINES_MAX);
  return lines.map((line) => shownText(line, STACK_LINE_LENGTH_MAX)).join('\n');
}

/** Removes a secret, complete or cut off after its beginning. */
function removeSecret(text: string, secret: string): string {
  const rest = text.replaceAll(secret, HIDDEN);
  if (secret.length <= PREFIX_LENGTH) return rest;
  const remainder = secret.slice(PREFIX_LENGTH);
  const [before = '', ...parts] = rest.split(secret.slice(0, PREFIX_LENGTH));
  return [before, ...parts.map((part) => part.slice(commonPrefixLength(part, remainder)))].join(HIDDEN);
}

function commonPrefixLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** A request's texts that an error must not quote: the whole body, then its values, longest first. */
export function secretsOf({ body, msgId }: { readonly body: string; readonly msgId: string }): readonly string[] {
  const texts = leavesOf(parsed(body)).filter((text) => text.length >= SCRUBBED_LENGTH_MIN && text !== msgId);
  return [body, ...texts.toSorted((a, b) => b.length - a.length)].filter((text) => text !== '');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

// The carrier's texts have about twenty characters.
const LENGTH_MAX = 200;
/** Control characters, invisible characters, characters that change the writing direction, line ends, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Escapes characters instead of removing them, so that an unknown code cannot become a known one. */
export function shownText(text: string, lengthMax = LENGTH_MAX): string {
  // One character more than fits is enough, because escapes only lengthen the text.
  const shown = text.slice(0, lengthMax + 1).replace(UNSAFE, (found) => found.split('').map(escaped).join(''));
  return shown.length <= lengthMax ? shown : `${shown.slice(0, lengthMax - 1).replace(HALF_AT_END, '')}…`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
