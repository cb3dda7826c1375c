/** Seeded random requests with no, one or two mistakes, as data: what a client could send, whatever a calibration tries. */
import { mergedWhen } from '../../../contracts/calibrate/combined-mistakes.js';
import type { Operation } from '../../../contracts/index.js';
import type { Patch, Signing, When } from '../../../contracts/kit/case.js';
import { FACTS } from '../../../contracts/kit/operations.js';

export type TokenKind = 'live' | 'unknown' | 'malformed' | 'used' | 'expired' | 'other operation' | 'other app';

/** One request, the same for the carrier and for the mock. */
export interface RandomRequest {
  readonly operation: Operation;
  readonly signing: Signing;
  /** The names of its mistakes. */
  readonly mistakes: readonly string[];
  readonly token: TokenKind;
  /** The same token and a new msgid: calls before the judged one. */
  readonly before: readonly When[];
  /** Whether the judged request repeats the msgid of a good call with another token. */
  readonly repeatsMsgId: boolean;
  readonly when: When;
}

export type Random = () => number;

/** A deterministic generator (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

type Change = Partial<Pick<RandomRequest, 'token' | 'before' | 'repeatsMsgId' | 'when'>>;

interface Kind {
  readonly name: string;
  /** Two kinds with a common slot do not fit in one request. */
  readonly slot: string;
  readonly operation?: Operation;
  readonly signing?: Signing;
  readonly make: (context: Context) => Change;
}

interface Context {
  readonly random: Random;
  readonly operation: Operation;
  readonly signing: Signing;
}

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';

const pointersOf = (operation: Operation) => ({
  ...FACTS[operation].request,
  version: operation === LOGIN ? '/version' : '/header/version',
  flag: operation === LOGIN ? '/strictcheck' : '/body/requesterType',
  optional: operation === LOGIN ? '/expandparams' : '/body/expandParams',
  extra: operation === LOGIN ? '/channel' : '/body/channel',
});
type Pointers = ReturnType<typeof pointersOf>;

const replace = (path: string, value: unknown): Patch => ({ op: 'replace', path, value });
const add = (path: string, value: unknown): Patch => ({ op: 'add', path, value });
const remove = (path: string): Patch => ({ op: 'remove', path });
const fields = (...patches: Patch[]): Change => ({ when: { fields: patches } });
const signed = (...patches: Patch[]): Change => ({ when: { signed: patches } });
const at = (operation: Operation, name: keyof Pointers): string => pointersOf(operation)[name] ?? '';

/** A required field that is missing or empty. `sign` and `phoneNum` are computed, so they are removed after that. */
function missing(name: 'version' | 'msgId' | 'time' | 'flag' | 'appId' | 'sign' | 'token'): Kind {
  return {
    name: `${name} is missing`,
    slot: name,
    make: ({ random, operation }) => {
      const path = at(operation, name);
      const patch = random() < 0.5 ? remove(path) : replace(path, '');
      return name === 'sign' ? signed(patch) : fields(patch);
    },
  };
}

const WRONG_SIGN: When = { signed: [replace('{sign}', '0'.repeat(64))] };

const KINDS: readonly Kind[] = [
  ...(['version', 'msgId', 'time', 'flag', 'appId', 'sign', 'token'] as const).map(missing),
  { name: 'phoneNum is missing', slot: 'phoneNum', operation: VERIFY, make: () => signed(remove('/body/phoneNum')) },
  { name: 'openType is missing', slot: 'openType', operation: VERIFY, make: () => fields(remove('/body/openType')) },
  {
    name: 'openType is unknown',
    slot: 'openType',
    operation: VERIFY,
    make: ({ random }) => fields(replace('/body/openType', pick(random, ['4', '9', 'x']))),
  },
  {
    name: 'version is unknown',
    slot: 'version',
    make: ({ random, operation }) => fields(replace(at(operation, 'version'), pick(random, ['2', 'v2.0', '9.9.9']))),
  },
  {
    name: 'msgid is too long',
    slot: 'msgId',
    make: ({ random, operation }) =>
      fields(replace(at(operation, 'msgId'), `{msgId}${'a'.repeat(5 + Math.floor(random() * 20))}`)),
  },
  {
    name: 'msgid is not a UUID',
    slot: 'msgId',
    make: ({ operation }) => fields(replace(at(operation, 'msgId'), 'o-{msgId}')),
  },
  { name: 'msgid is repeated', slot: 'msgId', make: () => ({ repeatsMsgId: true }) },
  {
    name: 'the time has 14 to 16 digits',
    slot: 'time',
    make: ({ random, operation }) =>
      fields(replace(at(operation, 'time'), '20261129120000123'.slice(0, 14 + Math.floor(random() * 3)))),
  },
  {
    name: 'the time is no date',
    slot: 'time',
    make: ({ random, operation }) =>
      fields(
        replace(at(operation, 'time'), pick(random, ['20261329120000123', '20260230120000123', '99999999999999999'])),
      ),
  },
  {
    name: 'the time is off',
    slot: 'time',
    make: ({ random }) => ({ when: { timeOffset: `${random() < 0.5 ? '-' : '+'}${Math.floor(random() * 7200)}s` } }),
  },
  {
    name: 'a flag is unknown',
    slot: 'flag',
    make: ({ random, operation }) => fields(replace(at(operation, 'flag'), pick(random, ['2', '5', 'true']))),
  },
  {
    name: 'the app is unknown',
    slot: 'appId',
    make: ({ random, operation }) => fields(replace(at(operation, 'appId'), `30009${Math.floor(random() * 1e8)}`)),
  },
  { name: 'the signature is wrong', slot: 'sign', make: () => ({ when: WRONG_SIGN }) },
  {
    name: 'the signature has another secret',
    slot: 'sign',
    make: ({ operation, signing }) =>
      signing === 'rsa'
        ? { when: { derived: { [at(operation, 'sign')]: { key: '{otherSignKey}' } } } }
        : operation === LOGIN
          ? {
              when: {
                derived: { '/sign': { parts: ['/appid', '/version', '/msgid', '/systemtime', '/token', '{appKey}'] } },
              },
            }
          : { when: { derived: { '/body/sign': { key: '{appSecret}' } } } },
  },
  {
    name: 'the signature is in lower case',
    slot: 'sign',
    operation: LOGIN,
    make: () => ({ when: { derived: { '/sign': { case: 'lower' } } } }),
  },
  {
    name: 'the signature is in lower case',
    slot: 'sign',
    operation: VERIFY,
    signing: 'hmac',
    make: () => ({ when: { derived: { '/body/sign': { case: 'lower' } } } }),
  },
  {
    name: 'phoneNum is malformed',
    slot: 'phoneNum',
    operation: VERIFY,
    make: ({ random }) => ({
      when: {
        derived: { '/body/phoneNum': { algorithm: 'none', parts: [pick(random, ['13800138000', 'zz', '{token}'])] } },
      },
    }),
  },
  {
    name: 'phoneNum is in lower case',
    slot: 'phoneNum',
    operation: VERIFY,
    signing: 'hmac',
    make: () => ({ when: { derived: { '/body/phoneNum': { case: 'lower' } } } }),
  },
  ...(['unknown', 'malformed', 'used', 'expired', 'other operation', 'other app'] as const).map(
    (token): Kind => ({ name: `the token is ${token}`, slot: 'token', make: () => ({ token }) }),
  ),
  {
    name: 'the token had a call with a wrong signature',
    slot: 'token',
    make: () => ({ before: [WRONG_SIGN] }),
  },
  {
    name: 'the token had a call with a malformed phoneNum',
    slot: 'token',
    operation: VERIFY,
    make: () => ({ before: [{ derived: { '/body/phoneNum': { algorithm: 'none', parts: ['zz'] } } }] }),
  },
  {
    name: 'the body is not JSON',
    slot: 'body',
    make: ({ random }) => ({ when: { body: { text: pick(random, ['{', '[]', 'a=b', '{json},', '']) } } }),
  },
  {
    name: 'the path is wrong',
    slot: 'path',
    make: ({ random, operation }) => ({
      when: {
        path: pick(
          random,
          operation === LOGIN
            ? ['/unisdk/rsapi/loginTokenValidates', '/unisdk/rsapi/login', '/unisdk/rsapi/logintokenvalidate']
            : ['/openapi/rs/tokenValidates', '/openapi/rs/token', '/openapi/rs/tokenvalidate'],
        ),
      },
    }),
  },
  {
    name: 'the method is wrong',
    slot: 'method',
    make: ({ random }) => ({ when: { method: pick(random, ['PUT', 'PATCH']) } }),
  },
  {
    name: 'the content type is wrong',
    slot: 'type',
    make: ({ random }) => ({
      when: {
        headers: { 'content-type': pick(random, ['text/plain', 'application/x-www-form-urlencoded', 'text/json']) },
      },
    }),
  },
  {
    name: 'a value is a number',
    slot: 'flag',
    make: ({ operation }) => fields(replace(at(operation, 'flag'), 0)),
  },
  {
    name: 'keyType is a number',
    slot: 'keyType',
    operation: VERIFY,
    make: ({ signing }) => fields(replace('/body/keyType', signing === 'rsa' ? 1 : 0)),
  },
  {
    name: 'an optional value is null',
    slot: 'optional',
    make: ({ operation }) => fields(add(at(operation, 'optional'), null)),
  },
  { name: 'a field is unknown', slot: 'extra', make: ({ operation }) => fields(add(at(operation, 'extra'), 'x')) },
  {
    name: 'message is not URL-encoded',
    slot: 'message',
    operation: VERIFY,
    make: () => fields(add('/body/message', 'a b&c')),
  },
];

/** Variations that break no rule of the document. */
const VARIATIONS: readonly Kind[] = [
  { name: 'plain', slot: '', make: () => ({}) },
  { name: 'strictcheck 1', slot: '', operation: LOGIN, make: () => fields(replace('/strictcheck', '1')) },
  { name: 'another number', slot: '', operation: VERIFY, signing: 'hmac', make: () => otherNumber() },
  { name: 'another number', slot: '', operation: VERIFY, signing: 'rsa', make: () => otherNumber() },
  { name: 'with message', slot: '', operation: VERIFY, make: () => fields(add('/body/message', 'order%3D42')) },
  {
    name: 'another keyType',
    slot: '',
    operation: VERIFY,
    signing: 'hmac',
    make: ({ random }) => fields(replace('/body/keyType', pick(random, ['', '7']))),
  },
  {
    name: 'another algorithm',
    slot: '',
    operation: LOGIN,
    signing: 'md5',
    make: ({ random }) => fields(add('/encryptionalgorithm', pick(random, ['', 'rsa', 'SM']))),
  },
  {
    name: 'a WAP request without openType',
    slot: '',
    operation: VERIFY,
    make: () => fields(replace('/body/requesterType', '1'), remove('/body/openType')),
  },
];

function otherNumber(): Change {
  return {
    when: { derived: { '/body/phoneNum': { parts: ['{otherPhoneNumber}', '{appKey}', '/header/timestamp'] } } },
  };
}

const SIGNINGS = [
  { operation: LOGIN, signing: 'md5' },
  { operation: LOGIN, signing: 'rsa' },
  { operation: VERIFY, signing: 'hmac' },
  { operation: VERIFY, signing: 'rsa' },
] as const;

/** A third each is valid, has one mistake, and has two. */
export function randomRequest(random: Random): RandomRequest {
  const { operation, signing } = pick(random, SIGNINGS);
  const context = { random, operation, signing };
  const fits = (kind: Kind) => (kind.operation ?? operation) === operation && (kind.signing ?? signing) === signing;
  const count = Math.floor(random() * 3);
  if (count === 0) return requestOf(context, [pick(random, VARIATIONS.filter(fits))], []);
  const first = pick(random, KINDS.filter(fits));
  const others = KINDS.filter((kind) => fits(kind) && kind.slot !== first.slot);
  const kinds = count === 1 ? [first] : [first, pick(random, others)];
  return requestOf(
    context,
    kinds,
    kinds.map(({ name }) => name),
  );
}

function requestOf(context: Context, kinds: readonly Kind[], mistakes: readonly string[]): RandomRequest {
  const changes = kinds.map((kind) => kind.make(context));
  const { operation, signing } = context;
  return {
    operation,
    signing,
    mistakes,
    token: changes.find(({ token }) => token !== undefined)?.token ?? 'live',
    before: changes.flatMap(({ before = [] }) => before).map((when) => located(when, operation)),
    repeatsMsgId: changes.some(({ repeatsMsgId }) => repeatsMsgId === true),
    when: located(mergedWhen(changes.map(({ when = {} }) => ({ when }))), operation),
  };
}

/** The wrong signature is at another place in each operation. */
function located(when: When, operation: Operation): When {
  const patches = when.signed?.map((patch) => ({
    ...patch,
    path: patch.path.replace('{sign}', at(operation, 'sign')),
  }));
  return { ...when, ...(patches && { signed: patches }) };
}
