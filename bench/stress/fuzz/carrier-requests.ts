/** Requests to both operations. Their fields are changed with the contract's schemas, before or after signing. */
import { CASE_FILES } from '../../../contracts/cases/case-files.js';
import { type Operation, SCHEMAS } from '../../../contracts/index.js';
import { type BuiltRequest, buildRequest } from '../../../contracts/provider/build-request.js';
import type { Patch, Recipe, Signing, When } from '../../../contracts/provider/case.js';
import { signingOf } from '../../../contracts/provider/needs.js';
import type { WireRequest } from '../../../contracts/provider/subject.js';
import { derive } from '../../../contracts/sign/derive.js';
import type { Values } from '../../../contracts/sign/template.js';
import type { Random } from '../random.js';
import { spoiledBody } from './bodies.js';
import { oddValue, spoiled } from './odd-values.js';
import type { AppId, Scene } from './scene.js';
import { fieldOf, type Schema } from './schema-values.js';

export interface CarrierRequest {
  readonly operation: Operation;
  readonly wire: WireRequest;
  /** True if a header of the mock itself is set, so that the mock may refuse the request. */
  readonly misuse: boolean;
}

interface Start {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly when: When;
}

const MD5: Start = { operation: 'loginTokenValidate', signing: 'md5', when: {} };
const HMAC: Start = { operation: 'tokenValidate', signing: 'hmac', when: {} };
/** A plain request for each signing mode. RSA is rare, because it costs a hundred times as much. */
const PLAIN: readonly Start[] = [
  ...Array.from({ length: 9 }, () => [MD5, HMAC]).flat(),
  { ...MD5, signing: 'rsa' },
  { ...HMAC, signing: 'rsa' },
];
/** The changed requests of all contract cases. */
const CASES: readonly Start[] = CASE_FILES.flatMap(({ operation, cases }) =>
  cases.map((one) => ({ operation, signing: signingOf(operation, one), when: one.when ?? {} })),
);

const OTHER_APPS: readonly AppId[] = ['keyless', 'ungranted', 'unlisted', 'spent', 'other-readings'];
const PATCHES_MAX = 3;

export function carrierRequest(scene: Scene, index: number, random: Random): CarrierRequest {
  const start = random.pick(random.chance(0.8) ? PLAIN : CASES);
  const { operation, signing } = start;
  const appId = random.chance(0.75) ? 'main' : random.pick(OTHER_APPS);
  const token =
    appId === 'main' && random.chance(0.6)
      ? scene.freshToken(operation, index)
      : scene.otherToken(appId, operation, random);
  const values = scene.valuesOf(appId, token);
  const { wire } = built({ operation, signing, values }, spoiledWhen(start, token, random));
  return spoiledWire({ operation, wire }, random);
}

function built(signed: { operation: Operation; signing: Signing; values: Values }, when: When): BuiltRequest {
  return buildRequest({ ...signed, make }, when);
}

/** Returns a signature, or '' if none can be computed: fields may have any type, and a case may name an invalid key. */
function make(recipe: Recipe, fields: unknown, values: Values): string {
  try {
    return derive(recipe, fields, values);
  } catch {
    return '';
  }
}

function spoiledWhen({ operation, when }: Start, token: string, random: Random): When {
  // A body that is filled to a size has no room for patches.
  const patchesMax = when.body?.size === undefined ? PATCHES_MAX : 0;
  const patches = Array.from({ length: random.below(patchesMax + 1) }, () => patchOf(operation, token, random));
  // Most requests are signed after the changes, so that the rules after the signature are reached.
  const signed = random.chance(0.25);
  return {
    ...when,
    fields: [...(when.fields ?? []), ...(signed ? [] : patches)],
    signed: [...(when.signed ?? []), ...(signed ? patches : [])],
    ...(random.chance(0.06) && { derived: { [signPointer(operation)]: random.pick(RECIPE_CHANGES) } }),
  };
}

const RECIPE_CHANGES: readonly Partial<Recipe>[] = [
  { case: 'lower' },
  { encoding: 'base64' },
  { algorithm: 'sha1' },
  { algorithm: 'rsa-sha1', key: '{appSignKey}' },
  { algorithm: 'rsa-sha256', key: '{otherSignKey}' },
  { separator: '&' },
  { parts: ['{appSecret}'] },
  { algorithm: 'none' },
];

function signPointer(operation: Operation): string {
  return operation === 'loginTokenValidate' ? '/sign' : '/body/sign';
}

interface Field {
  readonly path: string;
  readonly schema: Schema;
}

const FIELDS: Readonly<Record<Operation, readonly Field[]>> = {
  loginTokenValidate: fieldsOf(SCHEMAS.loginTokenValidate.request as Schema, ''),
  tokenValidate: fieldsOf(SCHEMAS.tokenValidate.request as Schema, ''),
};

function fieldsOf({ properties = {} }: Pick<Schema, 'properties'>, at: string): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    { path: `${at}/${name}`, schema },
    ...fieldsOf(schema, `${at}/${name}`),
  ]);
}

function patchOf(operation: Operation, token: string, random: Random): Patch {
  const { path, schema } = random.pick(FIELDS[operation]);
  if (random.chance(0.08)) return { op: 'remove', path };
  if (random.chance(0.08)) return { op: 'add', path: `${path} `, value: oddValue(random) };
  if (random.chance(0.08)) return { op: 'replace', path, value: spoiled(token, random) };
  return { op: 'replace', path, value: fieldOf(schema, { random, root: SCHEMAS[operation].request }) };
}

function spoiledWire({ operation, wire }: { operation: Operation; wire: WireRequest }, random: Random): CarrierRequest {
  const headers = random.chance(0.15) ? spoiledHeaders(wire.headers, random) : wire.headers;
  const { method, path } = random.chance(0.04) ? spoiledTarget(wire, random) : wire;
  const body = random.chance(0.2) ? spoiledBody(wire.body, random) : wire.body;
  const chunked = wire.chunked === true || random.chance(0.05);
  const misuse = headers.some(([name]) => MOCK_HEADERS.includes(name));
  return { operation, wire: { method, path, headers: headers.filter(isSendable), body, chunked }, misuse };
}

/** Invalid headers are left to the fuzzer of bytes. */
function isSendable([name, value]: readonly [string, string]): boolean {
  return /^[\w-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

type Headers = WireRequest['headers'];

/** Without HEAD, whose response has no body to check. */
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'M-SEARCH', 'PURGE'];
const HEADERS: Headers = [
  ['content-type', 'text/plain'],
  ['content-type', 'application/json; charset=gbk'],
  ['content-type', ''],
  ['content-encoding', 'gzip'],
  ['accept-encoding', 'gzip, br'],
  ['accept', 'text/html;q=0'],
  ['x-forwarded-for', '8.8.8.8, 127.0.0.1'],
  ['forwarded', 'for=_hidden'],
  ['origin', 'https://evil.example'],
  ['expect', '100-continue'],
  ['connection', 'close'],
  ['connection', 'Upgrade, HTTP2-Settings'],
  ['upgrade', 'h2c'],
  ['cookie', 'a=b; '.repeat(500)],
  ['authorization', 'Bearer x'],
  ['range', 'bytes=0-1'],
  ['if-none-match', '*'],
  ['x-http-method-override', 'DELETE'],
  ['__proto__', 'x'],
];
const OUTCOMES = ['103000', '000', '999', '103211', 'pass', '', 'nonsense', '000*2', 'delay(1ms) 000', 'status(99)'];

/** Headers of the mock itself. */
const OWN_HEADERS = ['X-Mock-Outcome', 'X-Mock-Result-Code'] as const;
const MOCK_HEADERS: readonly string[] = [...OWN_HEADERS, 'origin'];

function spoiledHeaders(headers: Headers, random: Random): Headers {
  if (random.chance(0.1)) return [...headers, [random.pick(OWN_HEADERS), random.pick(OUTCOMES)]];
  if (random.chance(0.1)) return [];
  if (random.chance(0.1)) return [...headers, ...headers];
  return [...headers, random.pick(HEADERS), random.pick(HEADERS)];
}

/** Keeps the prefix, so that the request stays with this operation. */
function spoiledTarget({ method, path }: WireRequest, random: Random): { method: string; path: string } {
  if (random.chance(0.4)) return { method: random.pick(METHODS), path };
  const tails = ['/', '/x', '?a=b', '?', '%20', '?a=%zz', '/..', '//', '#x', ';v=1', `?${'a'.repeat(2000)}`];
  return { method, path: path + random.pick(tails) };
}
