/** Changes a response of the mock: its fields, layout or body. Pure; deliver.ts sends it. */

import { patched, withValue } from '../kit/pointer.js';
import { derive } from '../kit/sign.js';
import { filled, filledDeep, type Values } from '../kit/template.js';
import type { WireAnswer } from '../kit/wire.js';
import { parsedJson } from '../provider/check-answer.js';
import type { Alteration } from '../sent/scenario.js';

export interface AlteredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers of the connection, which the recorder's server sets itself. */
const RESPONSE_CONNECTION_HEADERS = ['connection', 'keep-alive', 'content-length', 'transfer-encoding', 'date'];

export function alterAnswer(answer: WireAnswer, alteration: Alteration, values: Values): AlteredAnswer {
  const kept = Object.entries(answer.headers).filter(([name]) => !RESPONSE_CONNECTION_HEADERS.includes(name));
  return {
    status: alteration.status ?? answer.status,
    headers: { ...Object.fromEntries(kept), ...alteration.headers },
    body: Buffer.from(bodyOf(answer.body, alteration, values)),
  };
}

function bodyOf(body: string, alteration: Alteration, values: Values): string {
  const steps = isObject(body) ? STEPS : [written];
  return steps.reduce((text, step) => step(text, alteration, values), body);
}

/** The mock sends another body only for requests outside the carrier's API. */
function isObject(text: string): boolean {
  const json = parsedJson(text);
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

type Step = (text: string, alteration: Alteration, values: Values) => string;

const STEPS: readonly Step[] = [changed, laidOut, padded, written];

function changed(text: string, { patch = [], derived = {} }: Alteration, values: Values): string {
  const recipes = Object.entries(derived);
  if (patch.length === 0 && recipes.length === 0) return text;
  const filledPatch = patch.map((one) =>
    one.op === 'remove' ? one : { ...one, value: filledDeep(one.value, values) },
  );
  const start = patched(JSON.parse(text), filledPatch);
  return JSON.stringify(
    recipes.reduce((json, [at, recipe]) => withValue(json, at, derive(recipe, json, values)), start),
  );
}

function laidOut(text: string, { layout }: Alteration): string {
  switch (layout) {
    case undefined:
      return text;
    case 'pretty':
      return JSON.stringify(JSON.parse(text), undefined, 4).replaceAll('": ', '" : ');
    case 'reversed':
      return JSON.stringify(reversed(JSON.parse(text)));
    case 'escaped':
      return JSON.stringify(JSON.parse(text)).replace(/(?<=":")[^"\\]*(?=")/g, escaped);
    case 'cut':
      return text.slice(0, text.length / 2);
    default:
      return layout satisfies never;
  }
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

const HEX = 16;
const HEX_LENGTH = 4;

function escaped(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(HEX).padStart(HEX_LENGTH, '0')}`,
  ).join('');
}

function padded(text: string, { padding }: Alteration): string {
  if (padding === undefined) return text;
  const value =
    'bytes' in padding
      ? JSON.stringify('x'.repeat(padding.bytes))
      : `${'['.repeat(padding.depth)}${']'.repeat(padding.depth)}`;
  return `{"extension":${value},${membersOf(text)}}`;
}

function written(text: string, { text: template }: Alteration, values: Values): string {
  return template === undefined ? text : filled(template, { ...values, json: text, members: membersOf(text) });
}

function membersOf(text: string): string {
  return text.replace(/^\{|\}$/g, '');
}
