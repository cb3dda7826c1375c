/** Changes of a valid request: in its fields, its text or its bytes. */
import fc from 'fast-check';
import { anyText } from './any-text.js';

type Json = Readonly<Record<string, unknown>>;

export type Mutation =
  | { readonly kind: 'delete' | 'rename' | 'twice'; readonly field: number }
  | { readonly kind: 'replace'; readonly field: number; readonly value: unknown }
  | { readonly kind: 'unit'; readonly field: number; readonly at: number; readonly text: string }
  | { readonly kind: 'truncate' | 'flip' | 'cut'; readonly at: number; readonly bit: number }
  | { readonly kind: 'insert'; readonly at: number; readonly bytes: Uint8Array };

const LONG = 60_000;
const field = fc.nat(20);
const at = fc.nat(1200);

/** Values that no client should send in any field. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    1e21,
    '',
    ' ',
    '0',
    '1',
    '2',
    '__proto__',
    'RSA',
    'rsa',
    '\u0000',
  ),
  fc.constantFrom(
    '\ud800',
    '\udfff',
    '\u{feff}',
    '中',
    '😀',
    'x'.repeat(LONG),
    '9'.repeat(LONG),
    '=',
    'AA==',
    'zz',
  ),
  anyText({ maxLength: 60 }),
  fc.base64String({ maxLength: 400 }),
  fc.stringMatching(/^[0-9A-Fa-f]{0,300}$/),
  fc.jsonValue({ maxDepth: 3 }),
);

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delete' as const, 'rename' as const, 'twice' as const),
    field,
  }),
  fc.record({ kind: fc.constant('replace' as const), field, value: oddValue }),
  fc.record({
    kind: fc.constant('unit' as const),
    field,
    at: fc.nat(80),
    text: anyText({ maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constantFrom('truncate' as const, 'flip' as const, 'cut' as const),
    at,
    bit: fc.nat(7),
  }),
  fc.record({ kind: fc.constant('insert' as const), at, bytes: fc.uint8Array({ maxLength: 20 }) }),
);

/** The bytes of a request after all mutations. Mutations of fields are applied first. */
export function mutated(request: object, mutations: readonly Mutation[]): Buffer {
  const byteMutations = mutations.filter(({ kind }) => changesBytes(kind));
  const json = mutations
    .filter(({ kind }) => !changesBytes(kind))
    .reduce<Json>(mutateJson, { ...request });
  return byteMutations.reduce<Buffer>(mutateBytes, Buffer.from(JSON.stringify(json)));
}

function changesBytes(kind: Mutation['kind']): boolean {
  return ['truncate', 'flip', 'cut', 'insert'].includes(kind);
}

/** The paths of a request's fields, including those inside header and body. */
function pathsOf(json: Json): readonly (readonly string[])[] {
  return Object.entries(json).flatMap(([name, value]) => {
    const members = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return [[name], ...members.map((member) => [name, member])];
  });
}

function mutateJson(json: Json, change: Mutation): Json {
  const paths = pathsOf(json);
  const path = 'field' in change ? paths[change.field % paths.length] : undefined;
  return path === undefined ? json : changeAt(json, path, change);
}

function changeAt(json: Json, [name = '', ...deeper]: readonly string[], change: Mutation): Json {
  const { [name]: value, ...rest } = json;
  if (deeper.length > 0) return { ...json, [name]: changeAt(Object(value), deeper, change) };
  switch (change.kind) {
    case 'delete':
      return rest;
    case 'rename':
      return { ...rest, [`${name} `]: value };
    case 'twice':
      return { ...json, [name]: [value, value] };
    case 'replace':
      return { ...json, [name]: change.value };
    case 'unit':
      return { ...json, [name]: spliced(String(value), change) };
    default:
      return json;
  }
}

function spliced(
  text: string,
  { at: index, text: inserted }: { readonly at: number; readonly text: string },
): string {
  const from = index % (text.length + 1);
  return text.slice(0, from) + inserted + text.slice(from + 1);
}

export function mutateBytes(bytes: Buffer, change: Mutation): Buffer {
  const index = 'at' in change ? change.at % (bytes.length + 1) : 0;
  switch (change.kind) {
    case 'truncate':
      return bytes.subarray(0, index);
    case 'cut':
      return bytes.subarray(index);
    case 'flip': {
      const flipped = Buffer.from(bytes);
      if (index < flipped.length) flipped[index] = (flipped[index] ?? 0) ^ (1 << change.bit);
      return flipped;
    }
    case 'insert':
      return Buffer.concat([bytes.subarray(0, index), change.bytes, bytes.subarray(index)]);
    default:
      return bytes;
  }
}
