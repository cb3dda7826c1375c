/** Plans of invalid requests, from fast-check: to both operations, as bytes, and to unknown paths. */
import fc from 'fast-check';
import { type Operation, SCHEMAS } from '../../../contracts/index.js';
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { Patch, Recipe, Signing, When } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import { FACTS } from '../../../contracts/kit/operations.js';
import type { Values } from '../../../contracts/kit/pointer.js';
import { signingModeOf } from '../../../contracts/kit/provider.js';
import { derive } from '../../../contracts/kit/sign.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { byOperation } from '../../../src/protocol/operations.js';
import {
  type Mutation,
  mutateBytes,
  mutated,
  mutation,
  oddValue,
} from '../../../test/support/mutations.js';
import type { Expected } from './judge.js';
import { APP_IDS, type Scene } from './scene.js';

export interface Fuzzed {
  readonly bytes: Buffer;
  readonly expected: Expected;
}

/** What a plan needs when it is sent. */
export interface Sending {
  readonly scene: Scene;
  readonly index: number;
}

/** A plan depends only on the seed and the index. Tokens and ids come from the server. */
export type Plan = (sending: Sending) => Fuzzed;

interface Start {
  readonly operation: Operation;
  readonly signing: Signing;
  readonly when: When;
}

const MD5: Start = { operation: 'loginTokenValidate', signing: 'md5', when: {} };
const HMAC: Start = { operation: 'tokenValidate', signing: 'hmac', when: {} };
const RSA: readonly Start[] = [MD5, HMAC].map((start) => ({ ...start, signing: 'rsa' }));
/** The changed requests of all contract cases, which have unusual methods, paths, headers and bodies. */
const CASES: readonly Start[] = CASE_FILES.flatMap(({ operation, cases }) =>
  cases.map((one) => ({ operation, signing: signingModeOf(operation, one), when: one.when ?? {} })),
);
const RECIPE_CHANGES: readonly Partial<Recipe>[] = [
  { case: 'lower' },
  { encoding: 'base64' },
  { algorithm: 'sha1' },
  { algorithm: 'rsa-sha256', key: '{otherSignKey}' },
  { separator: '&' },
  { algorithm: 'none' },
];
const FIELDS = byOperation((operation) => fieldsOf(SCHEMAS[operation].request));

const start = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(MD5, HMAC) },
  { weight: 1, arbitrary: fc.constantFrom(...RSA) },
  { weight: 8, arbitrary: fc.constantFrom(...CASES) },
);
/** The value in one of this many plans, otherwise undefined. */
function seldom<T>(oneOf: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: oneOf - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}

const patchesOf = (operation: Operation): fc.Arbitrary<readonly Patch[]> =>
  fc.array(
    fc.oneof(
      ...FIELDS[operation].flatMap(({ path, value }) => [
        value.map((one): Patch => ({ op: 'replace', path, value: one })),
        fc.constant<Patch>({ op: 'remove', path }),
      ]),
    ),
    { maxLength: 2 },
  );

const carrierPlan: fc.Arbitrary<Plan> = start.chain(({ operation, signing, when }) =>
  fc
    .record({
      appId: fc.oneof({ weight: 3, arbitrary: fc.constant('main') }, fc.constantFrom(...APP_IDS)),
      other: seldom(3, fc.nat()),
      // A body that is filled to a size has no room for patches.
      patches: when.body?.size === undefined ? patchesOf(operation) : fc.constant([]),
      afterSigning: seldom(3, fc.constant(true)),
      recipe: seldom(15, fc.constantFrom(...RECIPE_CHANGES)),
      changes: seldom(6, fc.array(mutation, { minLength: 1, maxLength: 2 })),
    })
    .map(
      ({ appId, other, patches, afterSigning, recipe, changes }) =>
        ({ scene, index }: Sending) => {
          const token =
            other === undefined ? scene.ownToken(appId, operation, index) : scene.otherToken(other);
          const list = afterSigning === true ? 'signed' : 'fields';
          const derived = recipe && { derived: { [FACTS[operation].request.sign]: recipe } };
          const changed = { ...when, [list]: [...(when[list] ?? []), ...patches], ...derived };
          const { wire } = buildRequest(
            { operation, signing, values: scene.valuesOf(appId, token), make },
            changed,
          );
          const headers = wire.headers.filter(isSendable);
          const bytes = bytesOf({ ...wire, headers, body: spoiledBody(wire.body, changes) });
          return { bytes, expected: { kind: 'carrier', operation } };
        },
    ),
);

/** Returns a signature, or '' if none can be computed: fields may have any type, and a case may name an invalid key. */
function make(recipe: Recipe, fields: unknown, values: Values): string {
  try {
    return derive(recipe, fields, values);
  } catch {
    return '';
  }
}

/** Invalid headers are left to the requests in bytes. */
function isSendable([name, value]: readonly [string, string]): boolean {
  return /^[\w-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

function spoiledBody(body: Buffer, changes: readonly Mutation[] = []): Buffer {
  try {
    return changes.length === 0 ? body : mutated(JSON.parse(body.toString()), changes);
  } catch {
    return changes.reduce<Buffer>(mutateBytes, body);
  }
}

/** The request as bytes. A wrong Content-Length in its headers is kept. */
function bytesOf({ method, path, headers: given, body, chunked }: WireRequest): Buffer {
  const length = chunked === true ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...given.map((pair) => pair.join(': ')),
    length,
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const chunk = [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  if (chunked !== true) return Buffer.concat([head, body]);
  return Buffer.concat([head, ...(body.length === 0 ? [] : chunk), Buffer.from('0\r\n\r\n')]);
}

/** Lines that a parser must check strictly. They follow the request line. */
const LINES = [
  'Content-Length: 0',
  'Content-Length: 99999999999999999999',
  'Content-Length: 5, 5',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding : chunked',
  ' folded: header',
  'Nul: \0',
  'Bare: a\nX-Injected: b',
  `Long: ${'a'.repeat(20_000)}`,
  'Expect: 200-maybe',
];

const bytesPlan: fc.Arbitrary<Plan> = fc
  .record({
    plan: carrierPlan,
    line: seldom(3, fc.constantFrom(...LINES)),
    changes: fc.array(mutation, { minLength: 1, maxLength: 3 }),
    times: fc.constantFrom(1, 1, 1, 3),
    only: seldom(8, fc.uint8Array({ maxLength: 600 })),
  })
  .map(({ plan, line, changes, times, only }) => (sending: Sending) => {
    const { bytes } = plan(sending);
    const lined =
      line === undefined
        ? bytes
        : Buffer.from(bytes.toString('latin1').replace('\r\n', `\r\n${line}\r\n`), 'latin1');
    const spoiled =
      only === undefined ? changes.reduce<Buffer>(mutateBytes, lined) : Buffer.from(only);
    return { bytes: Buffer.concat(Array(times).fill(spoiled)), expected: { kind: 'bytes' } };
  });

/** Paths that neither the carrier nor the control API has. */
const STRAY = [
  '/index.html',
  '/unisdk',
  '/openapi',
  '/_mockery',
  '/%',
  '/%00',
  '/..%2f..%2fetc/passwd',
  '/_moc%6b',
];
const strayPlan: fc.Arbitrary<Plan> = fc
  .record({
    path: fc.constantFrom(...STRAY),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    body: fc.uint8Array(),
  })
  .map(({ body, ...line }) => {
    const bytes = bytesOf({ ...line, headers: [], body: Buffer.from(body) });
    return () => ({ bytes, expected: { kind: 'stray' } });
  });

/** Requests to the operations, as bytes, and to unknown paths. */
export const PLANS: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 16, arbitrary: carrierPlan },
  { weight: 2, arbitrary: bytesPlan },
  { weight: 1, arbitrary: strayPlan },
);

/** The keywords of the carrier's request schemas. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

interface Field {
  readonly path: string;
  readonly value: fc.Arbitrary<unknown>;
}

function validValue(schema: Schema): fc.Arbitrary<unknown> {
  const { enum: members, pattern, minLength = 0, maxLength = 100 } = schema;
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (members !== undefined) return fc.constantFrom(...members);
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const edges = [minLength, maxLength, maxLength + 1].map((length) => 'x'.repeat(length));
  return fc.oneof(fc.constantFrom(...edges), fc.string({ minLength, maxLength }));
}

/** A value for each field, also inside objects. */
function fieldsOf(root: object, at = ''): readonly Field[] {
  const { properties = {} }: Schema = root;
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${at}/${name}`;
    const valid = { weight: 6, arbitrary: validValue(schema) };
    const odd = { weight: 1, arbitrary: oddValue };
    return [
      { path, value: schema.properties === undefined ? fc.oneof(valid, odd) : oddValue },
      ...fieldsOf(schema, path),
    ];
  });
}
