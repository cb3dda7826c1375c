/** Plans of invalid requests, from fast-check: to both operations, to every call of the control API, and as bytes. */
import fc from 'fast-check';
import { type Operation, SCHEMAS } from '../../../contracts/index.js';
import { buildRequest } from '../../../contracts/kit/build-request.js';
import type { Patch, Recipe, Signing, When } from '../../../contracts/kit/case.js';
import { CASE_FILES } from '../../../contracts/kit/case-files.js';
import type { Values } from '../../../contracts/kit/pointer.js';
import { signingOf } from '../../../contracts/kit/provider.js';
import { derive } from '../../../contracts/kit/sign.js';
import type { WireRequest } from '../../../contracts/kit/wire.js';
import { type Mutation, mutateBytes, mutated, mutation, oddValue } from '../../../test/support/mutations.js';
import type { Call, Expected } from './judge.js';
import { APP_IDS, PLAYED_APP_IDS, type Scene } from './scene.js';
import { fieldsOf, type Schema, valuesOf } from './schema-values.js';

export interface Fuzzed {
  readonly bytes: Buffer;
  readonly expected: Expected;
}

/** What a plan needs when it is sent. */
export interface Sending {
  readonly scene: Scene;
  readonly index: number;
  /** Ids of recent requests, so that some are looked up and explained. */
  readonly requestIds: readonly string[];
}

/** A plan depends only on the seed and the index. Tokens and ids come from the server. */
export type Plan = (sending: Sending) => Fuzzed;

/** Requests to both operations, as bytes, to the control API and to unknown paths. */
export function plansFor(document: object, calls: readonly Call[]): fc.Arbitrary<Plan> {
  return fc.oneof(
    { weight: 16, arbitrary: carrierPlan },
    { weight: 2, arbitrary: bytesPlan },
    { weight: 2, arbitrary: fc.oneof(...calls.map((call) => controlPlan(document, call))) },
    { weight: 1, arbitrary: strayPlan },
  );
}

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
  cases.map((one) => ({ operation, signing: signingOf(operation, one), when: one.when ?? {} })),
);
const RECIPE_CHANGES: readonly Partial<Recipe>[] = [
  { case: 'lower' },
  { encoding: 'base64' },
  { algorithm: 'sha1' },
  { algorithm: 'rsa-sha256', key: '{otherSignKey}' },
  { separator: '&' },
  { algorithm: 'none' },
];
const FIELDS = {
  loginTokenValidate: fieldsOf(SCHEMAS.loginTokenValidate.request),
  tokenValidate: fieldsOf(SCHEMAS.tokenValidate.request),
} as const;

const start = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(MD5, HMAC) },
  { weight: 1, arbitrary: fc.constantFrom(...RSA) },
  { weight: 8, arbitrary: fc.constantFrom(...CASES) },
);
/** The value in one of this many plans, otherwise undefined. */
function seldom<T>(oneOf: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: oneOf - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
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
    .map((plan) => ({ scene, index }: Sending) => {
      const own = scene.ownToken(plan.appId, operation, index);
      const token = plan.other === undefined ? own : scene.otherToken(plan.other);
      const signed = { operation, signing, values: scene.valuesOf(plan.appId, token), make };
      const { wire } = buildRequest(signed, changedWhen({ operation, when, ...plan }));
      const sendable = {
        ...wire,
        headers: wire.headers.filter(isSendable),
        body: spoiledBody(wire.body, plan.changes),
      };
      return complete(sendable, { kind: 'carrier', operation });
    }),
);

interface Changes {
  readonly operation: Operation;
  readonly when: When;
  readonly patches: readonly Patch[];
  readonly afterSigning: true | undefined;
  readonly recipe: Partial<Recipe> | undefined;
}

function changedWhen({ operation, when, patches, afterSigning, recipe }: Changes): When {
  const list = afterSigning === true ? 'signed' : 'fields';
  const at = operation === 'loginTokenValidate' ? '/sign' : '/body/sign';
  const changed = { ...when, [list]: [...(when[list] ?? []), ...patches] };
  return recipe === undefined ? changed : { ...changed, derived: { [at]: recipe } };
}

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

function complete(wire: WireRequest, expected: Expected): Fuzzed {
  return { bytes: bytesOf(wire), expected };
}

/** The request as bytes. A wrong Content-Length in its headers is kept. */
function bytesOf({ method, path, headers: given, body, chunked }: WireRequest): Buffer {
  const length = chunked === true ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...given.map((pair) => pair.join(': ')), length];
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
      line === undefined ? bytes : Buffer.from(bytes.toString('latin1').replace('\r\n', `\r\n${line}\r\n`), 'latin1');
    const spoiled = only === undefined ? changes.reduce<Buffer>(mutateBytes, lined) : Buffer.from(only);
    return { bytes: Buffer.concat(Array(times).fill(spoiled)), expected: { kind: 'bytes' } };
  });

/** Short enough for a head, well-formed, and not only dots, which a client resolves as relative segments. */
function pathText(value: unknown): string {
  const text = Buffer.from(String(value))
    .toString()
    .slice(0, 200)
    .replace(/\p{Surrogate}/gu, '');
  return /^\.*$/.test(text) ? 'x' : encodeURIComponent(text);
}

function controlPlan(document: object, { method, path, operation }: Call): fc.Arbitrary<Plan> {
  const { operationId, parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json'].schema;
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .record({
      appId: fc.constantFrom(...PLAYED_APP_IDS),
      text: fc.oneof(fc.string({ minLength: 1, maxLength: 32 }), oddValue),
      pick: fc.nat(),
      query: fc.tuple(...query.map((one) => seldom(2, valuesOf(one.schema as Schema, document)))),
      body: schema === undefined ? fc.constant(undefined) : valuesOf(schema as Schema, document),
      changes: seldom(8, fc.array(mutation, { minLength: 1, maxLength: 2 })),
    })
    .map((plan) => ({ requestIds }: Sending) => {
      const known = { appId: plan.appId, id: requestIds[plan.pick % requestIds.length], operation: 'tokenValidate' };
      const target = path.replace(/\{(\w+)\}/g, (_, name: keyof typeof known) => pathText(known[name] ?? plan.text));
      const pairs = query.flatMap(({ name }, at) => {
        const value = { limit: plan.pick % 20, appId: plan.appId }[name] ?? plan.query[at];
        return plan.query[at] === undefined ? [] : [`${name}=${pathText(value)}`];
      });
      const json = plan.body === undefined ? '' : JSON.stringify(bounded(plan.body, plan.appId));
      const body = spoiledBody(Buffer.from(json), plan.changes);
      const wire = {
        method,
        path: pairs.length === 0 ? target : `${target}?${pairs.join('&')}`,
        headers: [JSON_TYPE],
        body,
      };
      return complete(wire, { kind: 'control', operationId });
    });
}
const JSON_TYPE = ['content-type', 'application/json'] as const;

/** Without values that need much time, and without tokens that would make the app inaccessible for the rest of the run. */
function bounded(value: unknown, playedAppId: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const {
    count,
    generateKeys: _slow,
    controlToken: _locks,
    generateControlToken: _locksToo,
    appId,
    ...rest
  } = value as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    ...(count !== undefined && { count: typeof count === 'number' ? Math.min(count, 50) : count }),
    ...(appId !== undefined && { appId: playedAppId }),
  };
}

/** Paths that neither the carrier nor the control API has. */
const STRAY = ['/index.html', '/unisdk', '/openapi', '/_mockery', '/%', '/%00', '/..%2f..%2fetc/passwd', '/_moc%6b'];
const strayPlan: fc.Arbitrary<Plan> = fc
  .record({
    path: fc.constantFrom(...STRAY),
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    body: fc.uint8Array(),
  })
  .map(
    ({ path, method, body }) =>
      () =>
        complete({ method, path, headers: [], body: Buffer.from(body) }, { kind: 'stray' }),
  );
