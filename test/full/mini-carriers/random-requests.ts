/** Seeded random requests with no, one or two mistakes, as data: what a client could send, whatever a calibration tries. */
import { mergedWhen } from '../../../contracts/calibrate/mistakes.js';
import type { Operation } from '../../../contracts/index.js';
import type { Patch, Recipe, Signing, When } from '../../../contracts/kit/case.js';
import { FACTS } from '../../../contracts/kit/operations.js';

export type TokenKind =
  | 'live'
  | 'unknown'
  | 'malformed'
  | 'short'
  | 'URL-encoded'
  | 'with a blank'
  | 'of another prefix'
  | 'used'
  | 'expired'
  | 'other operation'
  | 'other app';

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

interface Context {
  readonly random: Random;
  readonly operation: Operation;
  readonly signing: Signing;
}

type Make = (context: Context) => Change;

/** The requests in which a kind is possible. */
type Only = Partial<Pick<Context, 'operation' | 'signing'>>;

/** Two kinds with a common slot do not fit in one request. */
type Kind = readonly [name: string, slot: string, make: Make, only?: Only];

const LOGIN = 'loginTokenValidate';
const VERIFY = 'tokenValidate';
const AT_LOGIN: Only = { operation: LOGIN };
const AT_VERIFY: Only = { operation: VERIFY };
const WITH_HMAC: Only = { operation: VERIFY, signing: 'hmac' };

const pointersOf = (operation: Operation) => ({
  ...FACTS[operation].request,
  version: operation === LOGIN ? '/version' : '/header/version',
  flag: operation === LOGIN ? '/strictcheck' : '/body/requesterType',
  optional: operation === LOGIN ? '/expandparams' : '/body/expandParams',
  extra: operation === LOGIN ? '/channel' : '/body/channel',
});
type Name = keyof ReturnType<typeof pointersOf>;

const replace = (path: string, value: unknown): Patch => ({ op: 'replace', path, value });
const add = (path: string, value: unknown): Patch => ({ op: 'add', path, value });
const remove = (path: string): Patch => ({ op: 'remove', path });
const fields = (...patches: Patch[]): Change => ({ when: { fields: patches } });
const signed = (...patches: Patch[]): Change => ({ when: { signed: patches } });
const derived = (recipes: NonNullable<When['derived']>): Change => ({ when: { derived: recipes } });
const phoneNum = (recipe: Partial<Recipe>) => derived({ '/body/phoneNum': recipe });
const at = (operation: Operation, name: Name): string => pointersOf(operation)[name] ?? '';
/** A value of the field, or one of several. */
const value =
  (name: Name, ...values: readonly unknown[]): Make =>
  ({ random, operation }) =>
    fields(add(at(operation, name), values.length === 1 ? values[0] : pick(random, values)));

const WRONG_SIGN: When = { signed: [replace('{sign}', '0'.repeat(64))] };
const OTHER_SIGN_PARTS = ['/appid', '/version', '/msgid', '/systemtime', '/token', '{appKey}'];

const PATHS: Readonly<Partial<Record<Operation, readonly string[]>>> = {
  [LOGIN]: [
    '/unisdk/rsapi/loginTokenValidates',
    '/unisdk/rsapi/login',
    '/unisdk/rsapi/logintokenvalidate',
  ],
  [VERIFY]: ['/openapi/rs/tokenValidates', '/openapi/rs/token', '/openapi/rs/tokenvalidate'],
};
const TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'text/json'];
const NO_DATES = ['20261329120000123', '20260230120000123', '99999999999999999'];

const TOKENS = [
  ...(['unknown', 'malformed', 'used', 'expired', 'other operation', 'other app'] as const),
  ...(['short', 'URL-encoded', 'with a blank', 'of another prefix'] as const),
];

/** What JSON libraries write where a String belongs. */
const WRONG_VALUES = [
  ['null', null],
  ['a boolean', true],
  ['an object', { a: 'x' }],
  ['an array', ['x']],
  ['a number', 42],
] as const;
const FORMS_OF_VALUES: readonly Kind[] = WRONG_VALUES.flatMap(([name, wrong]): readonly Kind[] => [
  [
    `a required value is ${name}`,
    'wrong value',
    ({ random, operation }) =>
      fields(replace(at(operation, pick(random, ['version', 'time', 'flag', 'token'])), wrong)),
  ],
  [`an optional value is ${name}`, 'optional', value('optional', wrong)],
]);

const FORMS_OF_BODIES: readonly Kind[] = [
  [
    'the body begins with a byte order mark',
    'mark',
    () => ({ when: { body: { text: '\ufeff{json}' } } }),
  ],
  [
    'the body is no object',
    'body',
    ({ random }) => ({ when: { body: { text: pick(random, ['[]', '"text"', '', 'null']) } } }),
  ],
  ...(['/header', '/body'] as const).flatMap((path): readonly Kind[] => [
    [`${path} is missing`, 'envelope', () => signed(remove(path)), AT_VERIFY],
    [`${path} is a text`, 'envelope', () => signed(replace(path, 'x')), AT_VERIFY],
  ]),
  [
    'the fields are at the top',
    'envelope',
    () => ({ when: { body: { text: '{flat}' } } }),
    AT_VERIFY,
  ],
];

const KINDS: readonly Kind[] = [
  ...(['version', 'msgId', 'time', 'flag', 'appId', 'sign', 'token'] as const).map(
    (name): Kind => [
      `${name} is missing`,
      name,
      ({ random, operation }) => {
        const path = at(operation, name);
        const patch = random() < 0.5 ? remove(path) : replace(path, '');
        return name === 'sign' ? signed(patch) : fields(patch);
      },
    ],
  ),
  ['phoneNum is missing', 'phoneNum', () => signed(remove('/body/phoneNum')), AT_VERIFY],
  ['openType is missing', 'openType', () => fields(remove('/body/openType')), AT_VERIFY],
  [
    'openType is unknown',
    'openType',
    ({ random }) => fields(replace('/body/openType', pick(random, ['4', '9', 'x']))),
    AT_VERIFY,
  ],
  ['version is unknown', 'version', value('version', '2', 'v2.0', '9.9.9')],
  [
    'msgid is too long',
    'msgId',
    ({ random, operation }) =>
      fields(
        replace(at(operation, 'msgId'), `{msgId}${'a'.repeat(5 + Math.floor(random() * 20))}`),
      ),
  ],
  ['msgid is not a UUID', 'msgId', value('msgId', 'o-{msgId}')],
  ['msgid is repeated', 'msgId', () => ({ repeatsMsgId: true })],
  [
    'the time has 14 to 16 digits',
    'time',
    ({ random, operation }) =>
      fields(
        replace(at(operation, 'time'), '20261129120000123'.slice(0, 14 + Math.floor(random() * 3))),
      ),
  ],
  ['the time is no date', 'time', value('time', ...NO_DATES)],
  [
    'the time is off',
    'time',
    ({ random }) => ({
      when: { timeOffset: `${random() < 0.5 ? '-' : '+'}${Math.floor(random() * 7200)}s` },
    }),
  ],
  ['a flag is unknown', 'flag', value('flag', '2', '5', 'true')],
  [
    'the app is unknown',
    'appId',
    ({ random, operation }) =>
      fields(replace(at(operation, 'appId'), `30009${Math.floor(random() * 1e8)}`)),
  ],
  ['the signature is wrong', 'sign', () => ({ when: WRONG_SIGN })],
  [
    'the signature has another secret',
    'sign',
    ({ operation, signing }) => {
      if (signing === 'rsa') return derived({ [at(operation, 'sign')]: { key: '{otherSignKey}' } });
      if (operation === LOGIN) return derived({ '/sign': { parts: OTHER_SIGN_PARTS } });
      return derived({ '/body/sign': { key: '{appSecret}' } });
    },
  ],
  [
    'the signature is in lower case',
    'sign',
    () => derived({ '/sign': { case: 'lower' } }),
    AT_LOGIN,
  ],
  [
    'the signature is in lower case',
    'sign',
    () => derived({ '/body/sign': { case: 'lower' } }),
    WITH_HMAC,
  ],
  [
    'phoneNum is malformed',
    'phoneNum',
    ({ random }) =>
      phoneNum({ algorithm: 'none', parts: [pick(random, ['13800138000', 'zz', '{token}'])] }),
    AT_VERIFY,
  ],
  ['phoneNum is in lower case', 'phoneNum', () => phoneNum({ case: 'lower' }), WITH_HMAC],
  ...TOKENS.map((token): Kind => [`the token is ${token}`, 'token', () => ({ token })]),
  ...FORMS_OF_VALUES,
  ...FORMS_OF_BODIES,
  ['the token had a call with a wrong signature', 'token', () => ({ before: [WRONG_SIGN] })],
  [
    'the token had a call with a malformed phoneNum',
    'token',
    () => ({ before: [{ derived: { '/body/phoneNum': { algorithm: 'none', parts: ['zz'] } } }] }),
    AT_VERIFY,
  ],
  [
    'the body is not JSON',
    'body',
    ({ random }) => ({ when: { body: { text: pick(random, ['{', '[]', 'a=b', '{json},', '']) } } }),
  ],
  [
    'the path is wrong',
    'path',
    ({ random, operation }) => ({ when: { path: pick(random, PATHS[operation] ?? []) } }),
  ],
  [
    'the method is wrong',
    'method',
    ({ random }) => ({ when: { method: pick(random, ['PUT', 'PATCH']) } }),
  ],
  [
    'the content type is wrong',
    'type',
    ({ random }) => ({ when: { headers: { 'content-type': pick(random, TYPES) } } }),
  ],
  ['a value is a number', 'flag', value('flag', 0)],
  [
    'keyType is a number',
    'keyType',
    ({ signing }) => fields(replace('/body/keyType', signing === 'rsa' ? 1 : 0)),
    AT_VERIFY,
  ],
  ['an optional value is null', 'optional', value('optional', null)],
  ['a field is unknown', 'extra', value('extra', 'x')],
  ['message is not URL-encoded', 'message', () => fields(add('/body/message', 'a b&c')), AT_VERIFY],
];

const otherNumber = () =>
  phoneNum({ parts: ['{otherPhoneNumber}', '{appKey}', '/header/timestamp'] });
const withoutOpenType = () => fields(replace('/body/requesterType', '1'), remove('/body/openType'));

/** Variations that break no rule of the document. */
const VARIATIONS: readonly Kind[] = [
  ['plain', '', () => ({})],
  ['strictcheck 1', '', value('flag', '1'), AT_LOGIN],
  ['another number', '', otherNumber, WITH_HMAC],
  ['another number', '', otherNumber, { operation: VERIFY, signing: 'rsa' }],
  ['with message', '', () => fields(add('/body/message', 'order%3D42')), AT_VERIFY],
  [
    'another keyType',
    '',
    ({ random }) => fields(replace('/body/keyType', pick(random, ['', '7']))),
    WITH_HMAC,
  ],
  [
    'another algorithm',
    '',
    ({ random }) => fields(add('/encryptionalgorithm', pick(random, ['', 'rsa', 'SM']))),
    { operation: LOGIN, signing: 'md5' },
  ],
  ['a WAP request without openType', '', withoutOpenType, AT_VERIFY],
];

const SIGNINGS = [
  { operation: LOGIN, signing: 'md5' },
  { operation: LOGIN, signing: 'rsa' },
  { operation: VERIFY, signing: 'hmac' },
  { operation: VERIFY, signing: 'rsa' },
] as const;

/** Each number of mistakes, from none to the maximum, is equally frequent. */
export function randomRequest(random: Random, mistakesMax = 2): RandomRequest {
  const { operation, signing } = pick(random, SIGNINGS);
  const context = { random, operation, signing };
  const fits = ([, , , only = {}]: Kind) =>
    (only.operation ?? operation) === operation && (only.signing ?? signing) === signing;
  const count = Math.floor(random() * (mistakesMax + 1));
  if (count === 0) return requestOf(context, [pick(random, VARIATIONS.filter(fits))], []);
  const kinds: Kind[] = [];
  while (kinds.length < count) {
    const others = KINDS.filter((kind) => fits(kind) && kinds.every((one) => !overlaps(one, kind)));
    kinds.push(pick(random, others));
  }
  return requestOf(
    context,
    kinds,
    kinds.map(([name]) => name),
  );
}

/** Whether two kinds do not fit in one request. */
function overlaps([, slot]: Kind, [, other]: Kind): boolean {
  const isOfBody = (one: string) => ['body', 'mark', 'envelope'].includes(one);
  const ofField = ['version', 'time', 'flag', 'token'];
  return (
    slot === other ||
    (isOfBody(slot) && isOfBody(other)) ||
    (slot === 'wrong value' && ofField.includes(other)) ||
    (other === 'wrong value' && ofField.includes(slot))
  );
}

function requestOf(
  context: Context,
  kinds: readonly Kind[],
  mistakes: readonly string[],
): RandomRequest {
  const changes = kinds.map(([, , make]) => make(context));
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
