/** What must not be seen: values whose fields stay out of logs, and causes that quote nothing. */

const HIDDEN = '[hidden]';
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
// undici's errors are two deep, those of happy eyeballs three.
const CAUSES_DEEP_MAX = 5;
// Shorter texts of a request are its flags and versions, which would be taken out of every message.
const SCRUBBED_LENGTH_MIN = 6;
// What quotes a text often cuts it; a beginning that is shorter than this tells nothing, and may be a word.
const BEGINNING_LENGTH = 12;

/**
 * A frozen value whose hidden fields are there for those who ask by name, or copy it, and shown neither by `inspect`
 * nor by JSON: what is logged in haste holds no phone number.
 */
export function withHidden<T extends object>(value: T, hidden: readonly (keyof T & string)[]): Readonly<T> {
  const shown = () => ({
    ...value,
    ...Object.fromEntries(hidden.filter((name) => value[name] !== undefined).map((name) => [name, HIDDEN])),
  });
  const copy = { ...value };
  Object.defineProperty(copy, 'toJSON', { value: shown });
  Object.defineProperty(copy, INSPECT, { value: shown });
  return Object.freeze(copy);
}

/**
 * An error as a cause: names, messages, codes and stacks of it and of its own causes, without the texts that are secret,
 * nor the beginning of one that was cut off.
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
    if (typeof value === 'string') define(copy, field, scrub(value, secrets));
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
  return typeof text !== 'string' ? '' : secrets.reduce(without, text);
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
