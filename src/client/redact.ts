/** What must not be seen: values whose fields stay out of logs, and causes that quote nothing. */
import { shownText } from './shown-text.js';

const HIDDEN = '[hidden]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
// An answer has ten; its expandParams have as many as somebody made up.
const FIELDS_SHOWN_MAX = 50;
// A stack of Node's has ten calls, each with the path of a file.
const STACK_LINES_MAX = 50;
const STACK_LINE_LENGTH_MAX = 1000;
// undici's errors are two deep, those of happy eyeballs three.
const CAUSES_DEEP_MAX = 5;
// Shorter texts of a request are its flags and versions, which would be taken out of every message.
const SCRUBBED_LENGTH_MIN = 6;
// What quotes a text often cuts it; a beginning that is shorter than this tells nothing, and may be a word.
const BEGINNING_LENGTH = 12;

/**
 * A frozen value whose hidden fields are there for those who ask by name, or copy it, and shown neither by `inspect`
 * nor by JSON: what is logged in haste holds no phone number. Its other texts are shown so that they do no harm there.
 */
export function withHidden<T extends object>(value: T, hidden: readonly (keyof T & string)[]): Readonly<T> {
  const shown = () =>
    shownValue({
      ...value,
      ...Object.fromEntries(hidden.filter((name) => value[name] !== undefined).map((name) => [name, HIDDEN])),
    });
  const copy = { ...value };
  Object.defineProperty(copy, 'toJSON', { value: shown });
  Object.defineProperty(copy, INSPECT, { value: shown });
  return Object.freeze(copy);
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return shownText(value);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).slice(0, FIELDS_SHOWN_MAX);
  return Object.fromEntries(fields.map(([name, field]) => [shownText(name), shownValue(field)]));
}

/**
 * An error as a cause: names, messages, codes and stacks of it and of its own causes, without the texts that are secret,
 * nor the beginning of one that was cut off, and cut themselves: a peer may have chosen them.
 * Other properties are left behind, since nobody knows what is in them: undici's parser error carries the answer.
 */
export function scrubbedCause(error: unknown, secrets: readonly string[], deep = CAUSES_DEEP_MAX): unknown {
  try {
    return scrubbed(error, secrets, deep);
  } catch {
    // A property of it that throws: what it is cannot be told.
    return undefined;
  }
}

function scrubbed(error: unknown, secrets: readonly string[], deep: number): unknown {
  if (typeof error === 'string') return scrub(error, secrets);
  if (typeof error !== 'object' || error === null) return undefined;
  const { message, cause, errors, ...rest } = ownAndInherited(error);
  const inner = (each: unknown) => (deep > 0 ? scrubbedCause(each, secrets, deep - 1) : undefined);
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

/** `inspect` shows an error's code and syscall beside its stack; the others it shows anyway. */
function define(error: Error, field: string, value: unknown): void {
  const enumerable = field === 'code' || field === 'syscall';
  Object.defineProperty(error, field, { value, enumerable, configurable: true, writable: true });
}

function scrub(text: unknown, secrets: readonly string[]): string {
  return typeof text !== 'string' ? '' : shownText(secrets.reduce(without, text));
}

/** A secret may go over several lines. */
function scrubLines(stack: string, secrets: readonly string[]): string {
  const lines = secrets.reduce(without, stack).split('\n').slice(0, STACK_LINES_MAX);
  return lines.map((line) => shownText(line, STACK_LINE_LENGTH_MAX)).join('\n');
}

/** The text without a secret, whole or cut off. */
function without(text: string, secret: string): string {
  const rest = text.replaceAll(secret, HIDDEN);
  if (secret.length <= BEGINNING_LENGTH) return rest;
  const further = secret.slice(BEGINNING_LENGTH);
  const [before = '', ...parts] = rest.split(secret.slice(0, BEGINNING_LENGTH));
  return [before, ...parts.map((part) => part.slice(lengthInCommon(part, further)))].join(HIDDEN);
}

function lengthInCommon(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The texts of a request's body that an error could quote, its token and sign among them; the whole body first. */
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
