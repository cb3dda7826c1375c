/** Changes a response of the mock: its fields, layout or body. Pure; deliver.ts sends it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { unicodeEscaped } from '../../src/text/printable.js';
import { parsedJson } from '../../src/text/shown-json.js';
import type { Alteration } from '../kit/case-files.js';
import { filled, isObject, patched, type Values, withValue } from '../kit/pointer.js';
import { derive } from '../kit/sign.js';
import type { WireAnswer } from '../kit/wire.js';

export interface AlteredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers of the connection, which the recorder's server sets itself. */
const RESPONSE_CONNECTION_HEADERS = [
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'date',
];

export function alterAnswer(
  answer: WireAnswer,
  alteration: Alteration,
  values: Values,
): AlteredAnswer {
  const kept = Object.entries(answer.headers).filter(
    ([name]) => !RESPONSE_CONNECTION_HEADERS.includes(name),
  );
  // The mock sends a body without a JSON object only for requests outside the carrier's API.
  const steps = isObject(parsedJson(answer.body)) ? [changed, laidOut, padded, written] : [written];
  const body = steps.reduce((text, step) => step(text, alteration, values), answer.body);
  return {
    status: alteration.status ?? answer.status,
    headers: { ...Object.fromEntries(kept), ...alteration.headers },
    body: Buffer.from(body),
  };
}

function changed(text: string, { patch = [], derived = {} }: Alteration, values: Values): string {
  const recipes = Object.entries(derived);
  if (patch.length === 0 && recipes.length === 0) return text;
  const start = patched(JSON.parse(text), patch, values);
  return JSON.stringify(
    recipes.reduce(
      (json, [at, recipe]) => withValue(json, at, derive(recipe, json, values)),
      start,
    ),
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
      return JSON.stringify(JSON.parse(text)).replace(/(?<=":")[^"\\]*(?=")/g, unicodeEscaped);
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

function padded(text: string, { padding }: Alteration): string {
  if (padding === undefined) return text;
  const value =
    'bytes' in padding
      ? JSON.stringify('x'.repeat(padding.bytes))
      : `${'['.repeat(padding.depth)}${']'.repeat(padding.depth)}`;
  return `{"extension":${value},${membersOf(text)}}`;
}

function written(text: string, { text: template }: Alteration, values: Values): string {
  return template === undefined
    ? text
    : filled(template, { ...values, json: text, members: membersOf(text) });
}

function membersOf(text: string): string {
  return text.replace(/^\{|\}$/g, '');
}

// Sends an altered response to the client: late, in pieces, cut off, or not at all.

export interface Delivery {
  readonly ending: Alteration['ending'];
  readonly delayMs: number;
  /** The duration of a response in pieces; undefined: the response is sent at once. */
  readonly overMs: number | undefined;
  /** The end of the scenario. */
  readonly signal: AbortSignal;
}

/** Rejects if the scenario ends before the delivery. */
export async function deliver(
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
  answer: AlteredAnswer,
  { ending, delayMs, overMs, signal }: Delivery,
): Promise<void> {
  if (delayMs > 0) await pause(delayMs, undefined, { signal });
  const { status, headers, body } = answer;
  const wholeHeaders = { ...headers, 'content-length': body.length };
  switch (ending) {
    case undefined:
      if (overMs !== undefined) return sendInPieces(res, answer, { overMs, signal });
      res.writeHead(status, wholeHeaders).end(body);
      return;
    case 'close':
      req.socket.end();
      return;
    case 'close-within':
      res
        .writeHead(status, wholeHeaders)
        .write(body.subarray(0, body.length / 2), () => req.socket.end());
      return;
    case 'reset':
      req.socket.resetAndDestroy();
      return;
    case 'silence':
      return;
    default:
      ending satisfies never;
  }
}

// The pieces are small enough to split characters of three bytes.
const PIECES = 40;

async function sendInPieces(
  res: ServerResponse,
  { status, headers, body }: AlteredAnswer,
  { overMs, signal }: { readonly overMs: number; readonly signal: AbortSignal },
): Promise<void> {
  res.writeHead(status, headers);
  const size = Math.ceil(body.length / PIECES);
  for (let at = 0; at < body.length; at += size) {
    res.write(body.subarray(at, at + size));
    await pause(overMs / PIECES, undefined, { signal });
  }
  res.end();
}
