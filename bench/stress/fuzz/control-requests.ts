/** Requests to every call of the control API, generated from its OpenAPI document and then changed. */
import type { WireRequest } from '../../../contracts/provider/subject.js';
import type { Random } from '../random.js';
import { spoiledBody } from './bodies.js';
import { oddValue, randomText, spoiled } from './odd-values.js';
import { type Schema, schemaValue } from './schema-values.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema: Schema;
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: DescribedOperation;
}

/** Not called: a stream does not end, and a reset removes the tokens of concurrent requests. */
const EXCLUDED = ['watchRequests', 'resetAll'];
/** Expensive calls, with the probability that a drawn call is used: a signature search, a page of the journal. */
const SELDOM: Readonly<Record<string, number>> = { explainRequest: 0.5, listRequests: 0.2, listResultCodes: 0.2 };
// The stage `tokens` issues more tokens at once.
const COUNT_MAX = 50;
const LIMIT_MAX = 20;

/** Apps that no other request uses, so that changes to them have no side effects. */
export const PLAYED_APP_IDS = ['played-0', 'played-1', 'played-2', 'played-3'];
const KNOWN_APP_IDS = [...PLAYED_APP_IDS, 'main', 'unlisted'];

export function callsIn({ paths }: OpenapiDocument): readonly Call[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, { operationId }]) => !EXCLUDED.includes(operationId))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

export interface ControlSource {
  readonly document: OpenapiDocument;
  readonly calls: readonly Call[];
  /** Ids of recent requests, so that some are looked up and explained. */
  readonly requestIds: readonly string[];
}

export interface ControlRequest {
  readonly operationId: string | undefined;
  readonly wire: WireRequest;
}

export function controlRequest(source: ControlSource, random: Random): ControlRequest {
  const { method, path, operation } = pickCall(source.calls, random);
  const target = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValue(name, { method, source, random })),
  );
  const body = bodyOf(operation, source, random);
  const headers: WireRequest['headers'] = random.chance(0.05)
    ? [random.pick(HEADERS), random.pick(HEADERS)]
    : [['content-type', 'application/json']];
  // With an empty segment, the path is another call.
  const operationId = /\/(?:\/|$)/.test(target) ? undefined : operation.operationId;
  return { operationId, wire: { method, path: target + queryOf(operation, source, random), headers, body } };
}

const HEADERS: WireRequest['headers'] = [
  ['content-type', 'text/plain; charset=utf-7'],
  ['content-type', 'application/json; charset=utf-16'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br'],
  ['content-encoding', 'nonsense'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['authorization', 'Bearer '],
  ['accept', 'text/html'],
  ['x-http-method-override', 'DELETE'],
];

function pickCall(calls: readonly Call[], random: Random): Call {
  const call = random.pick(calls);
  return random.chance(SELDOM[call.operation.operationId] ?? 1) ? call : pickCall(calls, random);
}

interface At {
  readonly method: string;
  readonly source: ControlSource;
  readonly random: Random;
}

function pathValue(name: string, { method, source, random }: At): string {
  if (random.chance(0.1)) return pathText(oddValue(random));
  switch (name) {
    case 'appId':
      return random.pick(method === 'GET' ? KNOWN_APP_IDS : PLAYED_APP_IDS);
    case 'operation':
      return random.pick(['loginTokenValidate', 'tokenValidate']);
    case 'id':
      return source.requestIds.length === 0 ? 'none' : random.pick(source.requestIds);
    default:
      return randomText(random, 32);
  }
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Short enough for a head, well-formed, and not only dots, which a client resolves as relative segments. */
function pathText(value: unknown): string {
  const text = Buffer.from(String(value)).toString().slice(0, 200).replace(LONE_SURROGATE, '');
  return /^\.*$/.test(text) ? 'x' : text;
}

function queryOf({ parameters = [] }: DescribedOperation, { document }: ControlSource, random: Random): string {
  const given = parameters.filter((parameter) => parameter.in === 'query' && random.chance(0.5));
  const pairs = given.map(({ name, schema }) =>
    [name, queryText({ name, schema }, document, random)].map(encodeURIComponent).join('='),
  );
  const twice = random.chance(0.05) ? pairs : [];
  return pairs.length === 0 ? '' : `?${[...pairs, ...twice].join('&')}`;
}

function queryText(
  { name, schema }: Pick<Parameter, 'name' | 'schema'>,
  root: OpenapiDocument,
  random: Random,
): string {
  if (name === 'limit') return String(random.below(LIMIT_MAX));
  if (name === 'appId') return random.pick(KNOWN_APP_IDS);
  return pathText(random.chance(0.3) ? oddValue(random) : schemaValue(schema, { random, root }));
}

function bodyOf({ operationId, requestBody }: DescribedOperation, { document }: ControlSource, random: Random): Buffer {
  const schema = requestBody?.content['application/json'].schema;
  if (schema === undefined) return random.chance(0.95) ? Buffer.alloc(0) : random.bytes(random.below(100));
  const value = bounded(operationId, schemaValue(schema, { random, root: document }), random);
  const body = Buffer.from(JSON.stringify(value) ?? '');
  return random.chance(0.15) ? spoiledBody(body, random) : body;
}

/**
 * Removes values that need much memory or time, and control tokens of an app, which would make the app inaccessible for
 * the rest of the run.
 */
function bounded(operationId: string, value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Readonly<Record<string, unknown>>;
  const { count, generateKeys, appId, controlToken, generateControlToken, ...rest } = given;
  return {
    ...rest,
    ...(count !== undefined && { count: typeof count === 'number' ? Math.min(count, COUNT_MAX) : count }),
    ...(generateKeys !== undefined && { generateKeys: generateKeys === true ? random.chance(0.02) : generateKeys }),
    ...(operationId === 'createApp' ? { appId: random.pick(PLAYED_APP_IDS) } : appId !== undefined && { appId }),
  };
}

/** Paths that neither the carrier nor the control API has. */
export function strayRequest(random: Random): WireRequest {
  const paths = [
    '/index.html',
    '/favicon.ico',
    '/unisdk',
    '/openapi',
    '/_mockery',
    '/%',
    '/%00',
    '/..%2f..%2fetc/passwd',
    '/_moc%6b',
  ];
  const path = random.chance(0.7)
    ? random.pick(paths)
    : `/${encodeURIComponent(pathText(spoiled(randomText(random, 20), random)))}`;
  const method = random.pick(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
  return { method, path, headers: [], body: random.bytes(random.below(50)) };
}
