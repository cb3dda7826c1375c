/** The form of a response: its members with placeholders for the values that change. A calibrated mock fills it. */
import type { Operation } from '../index.js';
import { FACTS } from '../kit/operations.js';
import { isObject, type JsonObject, valueAt } from '../kit/pointer.js';

export type Form = JsonObject;

/** A response with the fields of its request; `sent` is undefined for a body that is no JSON. */
interface Answered {
  readonly operation: Operation;
  readonly json: unknown;
  readonly sent: unknown;
}

const LITERAL_LENGTH_MAX = 200;

/** undefined for a response that is no JSON object. */
export function formOf(answered: Answered): Form | undefined {
  const { '@headers': _, ...members } = isObject(answered.json) ? answered.json : {};
  return isObject(answered.json) ? formOfObject(members, '', answered) : undefined;
}

function formOfObject(object: JsonObject, path: string, answered: Answered): Form {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const at = `${path}/${name}`;
      return [
        name,
        isObject(value) ? formOfObject(value, at, answered) : formOfValue(value, at, answered),
      ];
    }),
  );
}

function formOfValue(value: unknown, at: string, { operation, sent }: Answered): unknown {
  if (Array.isArray(value)) return [];
  if (typeof value !== 'string' || value === '') return value;
  const property = propertyAt(operation, at);
  if (property === 'taskId' || property === 'accessToken') return `{${property}:${idForm(value)}}`;
  if (property !== undefined && FROM_CARRIER.includes(property)) return `{${property}}`;
  const echoed = ECHOED.find((name) => isEcho(value, requestValue(operation, name, sent)));
  return echoed === undefined ? value.slice(0, LITERAL_LENGTH_MAX) : `{${echoed}}`;
}

/** The values that a request has. */
const ECHOED = ['msgId', 'appId', 'message', 'expandParams'] as const;
type Echoed = (typeof ECHOED)[number];
const FROM_CARRIER: readonly string[] = ['resultCode', 'text', 'sentAt', 'phoneNumber'];

function propertyAt(operation: Operation, at: string): string | undefined {
  const { resultCode, text, time, taskId, phoneNumber } = FACTS[operation].response;
  const places = { resultCode, text, sentAt: time, taskId, phoneNumber };
  const known = Object.entries(places).find(([, pointer]) => pointer === at)?.[0];
  return known ?? (at.endsWith('/accessToken') ? 'accessToken' : undefined);
}

function requestValue(operation: Operation, name: Echoed, sent: unknown): unknown {
  const { msgId, appId } = FACTS[operation].request;
  const places = { msgId, appId, message: '/body/message', expandParams: '/body/expandParams' };
  return valueAt(sent, places[name]);
}

/** Carriers decode what they echo, or do not. */
function isEcho(value: string, sent: unknown): boolean {
  if (typeof sent !== 'string' || sent === '') return false;
  return value === sent || value === decoded(sent);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** By the characters and the length: `hex32`, `HEX32`, `uuid`, `UUID`, `digits24`. */
function idForm(id: string): string {
  const { length } = id;
  if (/^\d+$/.test(id)) return `digits${length}`;
  if (/^[\da-f]+$/.test(id)) return `hex${length}`;
  if (/^[\dA-F]+$/.test(id)) return `HEX${length}`;
  if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return 'uuid';
  return /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/.test(id) ? 'UUID' : 'hex32';
}

/** What a member is if the request lacks the value: nothing, null or an empty text. */
type Fallback = 'absent' | 'null' | 'empty';

/** By placeholder. Learned from the responses to requests without the value. */
export type Fallbacks = ReadonlyMap<string, Fallback>;

export interface SeenForm {
  readonly operation: Operation;
  readonly form: Form;
  /** The values that the request has. */
  readonly echoes: readonly string[];
}

export function echoesIn(operation: Operation, sent: unknown): readonly string[] {
  return ECHOED.filter((name) => {
    const value = requestValue(operation, name, sent);
    return typeof value === 'string' && value !== '';
  });
}

export function fallbacksIn(seen: readonly SeenForm[]): Fallbacks {
  const places = new Map(
    seen.flatMap(({ form }) => membersOf(form)).filter(([, value]) => isEchoPlace(value)),
  );
  const fallbacks = new Map<string, Fallback>();
  for (const [at, placeholder] of places) {
    const name = String(placeholder).slice(1, -1);
    const without = seen.find(
      ({ form, echoes }) => !echoes.includes(name) && hasParentOf(form, at),
    );
    if (without !== undefined) fallbacks.set(name, fallbackOf(valueAt(without.form, at)));
  }
  return fallbacks;
}

function fallbackOf(value: unknown): Fallback {
  if (value === undefined) return 'absent';
  return value === null ? 'null' : 'empty';
}

function isEchoPlace(value: unknown): boolean {
  return typeof value === 'string' && ECHOED.some((name) => value === `{${name}}`);
}

/** A response without the whole object says nothing about its members. */
function hasParentOf(form: Form, at: string): boolean {
  const parent = at.slice(0, at.lastIndexOf('/'));
  return parent === '' || isObject(valueAt(form, parent));
}

function membersOf(form: Form, path = ''): readonly (readonly [at: string, value: unknown])[] {
  return Object.entries(form).flatMap(([name, value]) =>
    isObject(value) ? membersOf(value, `${path}/${name}`) : [[`${path}/${name}`, value] as const],
  );
}

/** The form with the most placeholders, which shows the most. */
export function richestForm(forms: readonly Form[]): Form | undefined {
  const counted = forms.map((form) => ({
    form,
    count: membersOf(form).filter(([, value]) => isEchoPlace(value)).length,
  }));
  return counted.toSorted((one, other) => other.count - one.count)[0]?.form;
}

/** Whether the form is the other one for a request with these values. */
export function isSameForm(
  { form, echoes }: Pick<SeenForm, 'form' | 'echoes'>,
  general: Form,
  fallbacks: Fallbacks,
): boolean {
  const expected = membersOf(general).flatMap(([at, value]) => {
    const name = isEchoPlace(value) ? String(value).slice(1, -1) : undefined;
    if (name === undefined || echoes.includes(name)) return [`${at} ${JSON.stringify(value)}`];
    const fallback = fallbacks.get(name) ?? 'empty';
    if (fallback === 'absent') return [];
    return [`${at} ${fallback === 'null' ? 'null' : '""'}`];
  });
  const found = membersOf(form).map(([at, value]) => `${at} ${JSON.stringify(value)}`);
  return expected.toSorted().join() === found.toSorted().join();
}

/** The form with what its placeholders are without a value: `{msgId|null}`. */
export function withFallbacks(form: Form, fallbacks: Fallbacks): Form {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      if (isObject(value)) return [name, withFallbacks(value, fallbacks)];
      const fallback = isEchoPlace(value) ? fallbacks.get(String(value).slice(1, -1)) : undefined;
      const isUsual = fallback === undefined || fallback === 'empty';
      return [name, isUsual ? value : String(value).replace('}', `|${fallback}}`)];
    }),
  );
}

/** The form with its texts changed. */
export function mapTexts(form: Form, change: (text: string) => string): Form {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => {
      if (isObject(value)) return [name, mapTexts(value, change)];
      return [name, typeof value === 'string' ? change(value) : value];
    }),
  );
}
